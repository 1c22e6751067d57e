package dev.tillbridge.catalog;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/**
 * A product variant of the storefront, with its inventory item.
 *
 * @param id the storefront's id as text, without decoration (Shopify: the number in the gid)
 * @param title product and variant title as a person knows it; the variant's part is left out where a product has one
 * @param productStatus the storefront's word, an open set (Shopify: ACTIVE, ARCHIVED, DRAFT, UNLISTED)
 * @param sku as written there, null where there is none
 * @param price in the store's currency, null where unknown
 * @param tracked whether the storefront counts its stock
 * @param metafields by {@code namespace.key}: those that a channel matches by
 */
public record Variant(String id, String productId, String inventoryItemId, String title, String productStatus, String sku,
        String barcode, BigDecimal price, boolean tracked, Map<String, String> metafields, Instant updatedAt,
        Listing listing) {

    public Variant {
        metafields = Map.copyOf(metafields);
    }

    /** One whose listing was not read. */
    public Variant(String id, String productId, String inventoryItemId, String title, String productStatus, String sku,
            String barcode, BigDecimal price, boolean tracked, Map<String, String> metafields, Instant updatedAt) {
        this(id, productId, inventoryItemId, title, productStatus, sku, barcode, price, tracked, metafields, updatedAt,
                Listing.UNKNOWN);
    }
}
