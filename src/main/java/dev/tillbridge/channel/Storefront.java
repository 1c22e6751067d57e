package dev.tillbridge.channel;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.Level;

/**
 * A store, as the stages see it. Every call waits for its turn at the vendor's rate limit instead of being refused, and
 * fails with a {@link ConnectorException}. Reads are retried within; a write is sent once.
 */
public interface Storefront extends StoreOrders, StoreProducts, StoreWebhooks {

    Integration integration();

    /** Whether this is a domain of this kind of store, by its form alone. */
    boolean isShopDomain(String domain);

    /** The shop, its active and inactive locations, and the scopes the credential has and lacks. */
    Uni<ShopProfile> profile(ShopConnection shop);

    /** The shipping methods that the shop offers, as its shipping settings name them; what is turned off is left out. */
    Uni<ShippingMethods> shippingMethods(ShopConnection shop);

    /** Makes what later identifies imported orders (Shopify: an {@code id} metafield definition); does nothing where it stands. */
    Uni<Void> prepare(ShopConnection shop);

    /**
     * Streams the whole catalogue with its levels (Shopify: a bulk operation). It completes only if the read was whole;
     * otherwise it fails.
     *
     * @param metafields {@code namespace.key} of those to read with each variant
     */
    Multi<CatalogPage> catalog(ShopConnection shop, Set<String> metafields);

    /** Streams the variants changed since then, the store's time, inclusive. */
    Multi<CatalogPage> variantsSince(ShopConnection shop, Instant since, Set<String> metafields);

    /** Streams the levels changed since then at one location, the store's time, inclusive. */
    Multi<CatalogPage> levelsSince(ShopConnection shop, String locationId, Instant since);

    /** Reads levels by id: what a write or a check must be sure of. At most 250 items. */
    Uni<List<Level>> levels(ShopConnection shop, List<String> inventoryItemIds, Collection<String> locationIds);

    /** Changes stock by differences and reads the touched levels afterwards. */
    Uni<AdjustedLevels> adjust(ShopConnection shop, StockAdjustment adjustment);

    /** Forgets what is held in memory for this shop: its governor, breaker and exchanged token. */
    void forget(ShopConnection shop);
}
