package dev.tillbridge.sandbox.shopify;

/** What the search index knows of a product: the row itself, or how it was until the index caught up. */
interface ProductFacts {

    String title();

    String status();

    long updatedAt();

    /** False while the index has not seen the product yet. */
    default boolean present() {
        return true;
    }

    /** How a product was. */
    record Was(boolean present, String title, String status, long updatedAt) implements ProductFacts {}
}
