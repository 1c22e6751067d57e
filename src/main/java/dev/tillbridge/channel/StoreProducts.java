package dev.tillbridge.channel;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * The part of a store's port that tells of products themselves. A change of title or status moves the product's time and
 * leaves its variants' alone (Shopify), so that reading changed variants does not show it.
 */
public interface StoreProducts {

    /** How many products {@link #firstCollections} takes at once. */
    int PRODUCTS = 50;

    /** Streams the products changed since then, the store's time, inclusive. */
    Multi<ProductPage> productsSince(ShopConnection shop, Instant since);

    /**
     * The title of the first collection of each of these products, at most {@link #PRODUCTS}; a product that is in none, or
     * gone, is left out. Asked for only where a category is to be made of it: read with each variant it would multiply the
     * lines of a full read by the collections a product is in.
     */
    Uni<Map<String, String>> firstCollections(ShopConnection shop, Collection<String> productIds);

    /**
     * All variants of a product as they stand now, read by its id: such a read does not lag behind writes, and what it does not
     * hold is not there. Empty where the product is gone.
     *
     * @param metafields {@code namespace.key} of those to read with each variant
     */
    Uni<CatalogPage> product(ShopConnection shop, String productId, Set<String> metafields);
}
