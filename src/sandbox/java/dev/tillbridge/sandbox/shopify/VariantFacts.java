package dev.tillbridge.sandbox.shopify;

/** What the search index knows of a variant: the row itself, or how it was until the index caught up. */
interface VariantFacts {

    String sku();

    String barcode();

    String title();

    long updatedAt();

    /** When the inventory item (SKU, tracking) last changed. */
    long itemUpdatedAt();

    /** False while the index has not seen the variant yet. */
    default boolean present() {
        return true;
    }

    /** How a variant was. */
    record Was(boolean present, String sku, String barcode, String title, long updatedAt,
            long itemUpdatedAt) implements VariantFacts {}
}
