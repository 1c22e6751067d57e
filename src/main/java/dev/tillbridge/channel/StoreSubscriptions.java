package dev.tillbridge.channel;

import java.util.UUID;

import io.smallrye.mutiny.Uni;

/** Sees to it that a store's webhooks are subscribed to as long as it is connected, and no longer. */
public interface StoreSubscriptions {

    /**
     * Does nothing where the store has no client secret or nobody said how this service is reached. What the store refuses is
     * written down; polling goes on without. Twice the same changes nothing.
     *
     * @return whether all stand as they should, or none are wanted; otherwise it is worth trying again soon. Fails only as the
     *         database does
     */
    Uni<Boolean> keep(Storefront storefront, ShopConnection shop, UUID storeId);

    /** Ends those that lead here or bear Tillbridge's names; answers how many. Fails as the store does. */
    Uni<Integer> end(Storefront storefront, ShopConnection shop);
}
