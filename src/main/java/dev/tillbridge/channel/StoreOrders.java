package dev.tillbridge.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.order.CreatedOrder;
import dev.tillbridge.order.FoundOrder;
import dev.tillbridge.order.OrderDraft;
import dev.tillbridge.order.OrderMapping;
import dev.tillbridge.order.RefundDraft;
import dev.tillbridge.order.StoreOrder;
import dev.tillbridge.order.StoreOrderTotals;
import dev.tillbridge.shipment.ShippedOrder;
import dev.tillbridge.shipment.ShippedPage;

/**
 * The part of a store's port that makes and changes orders. What changes something is sent once; where its outcome is
 * unknown ({@link ConnectorException#outcomeUnknown}) the caller looks before it asks again.
 */
public interface StoreOrders {

    /** How many lines a new order takes. */
    int MOST_LINES = OrderMapping.MOST_LINES;

    /**
     * Makes an order; it leaves the stock alone and sends nothing to anybody.
     *
     * @param mayStart asked last of all, once the call has had its turn: where it says no nothing is sent, and the call fails
     *        with {@link ConnectorException.Transient} {@code not-sent}
     */
    Uni<CreatedOrder> createOrder(ShopConnection shop, OrderDraft draft, BooleanSupplier mayStart);

    /**
     * The orders that carry this identity, by both ways they can be found, the oldest first. One way lags behind writes: an
     * empty answer soon after a creation means nothing.
     *
     * @return fails with {@link ConnectorException.Rejected} {@code definition-missing} where the shop no longer knows the
     *         identity's definition, which is no absence
     */
    Uni<List<FoundOrder>> findOrders(ShopConnection shop, String identity);

    /** Streams the orders made since then that carry an identity, ours or another app's. */
    Multi<List<FoundOrder>> ordersCreatedSince(ShopConnection shop, Instant since);

    /**
     * Streams, in figures, the orders made since then that carry an identity; the oldest first. It completes only if the read was
     * whole. It goes behind all other calls.
     */
    Multi<List<StoreOrderTotals>> orderTotalsSince(ShopConnection shop, Instant since);

    /** How long ago the orders that the store shows to this app may have been made; null: as long as they like. */
    Uni<Duration> ordersShownFor(ShopConnection shop);

    /** The order as it stands now; null where it is gone, or too old for this app to see. */
    Uni<StoreOrder> order(ShopConnection shop, String orderId);

    Uni<Void> markPaid(ShopConnection shop, String orderId);

    /** Writes a refund; answers its id. A repetition under the same key answers the same refund. */
    Uni<String> refund(ShopConnection shop, RefundDraft draft);

    Uni<Void> cancelFulfillment(ShopConnection shop, String fulfillmentId);

    /**
     * Cancels an order without restocking and without giving money back; its fulfilments must be cancelled before. It is
     * done some time after the answer, which holds the job to follow, or null where nothing is left to do.
     */
    Uni<String> cancelOrder(ShopConnection shop, String orderId, String staffNote);

    Uni<Boolean> jobDone(ShopConnection shop, String jobId);

    /**
     * Streams the orders changed since then, imported or not, with what was sent of them; oldest change first. It completes only
     * if the read was whole; otherwise it fails.
     *
     * @param since the store's time, inclusive
     */
    Multi<ShippedPage> ordersShippedSince(ShopConnection shop, Instant since);

    /** What was sent of an order as it stands now, whole; null where it is gone, or too old for this app to see. */
    Uni<ShippedOrder> shippedOrder(ShopConnection shop, String orderId);
}
