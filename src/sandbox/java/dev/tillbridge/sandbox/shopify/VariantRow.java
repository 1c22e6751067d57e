package dev.tillbridge.sandbox.shopify;

import java.math.BigDecimal;
import java.util.List;

/**
 * A variant with its inventory item. Small on purpose: 200,000 of them must fit beside everything else. Its levels live in the
 * locations, at {@code slot}.
 */
final class VariantRow implements VariantFacts {

    final int slot;
    final ProductRow product;
    final long createdAt;
    String title;
    /** One value for each of the product's options; empty where it has none. */
    List<String> options = List.of();
    String sku;
    String barcode;
    BigDecimal price = BigDecimal.ZERO;
    /** -1 where there is none. */
    long compareAtCents = -1;
    boolean tracked;
    boolean taxable = true;
    boolean continueSelling;
    boolean requiresShipping = true;
    boolean deleted;
    long updatedAt;
    long itemUpdatedAt;

    VariantRow(int slot, ProductRow product, String title, long now) {
        this.slot = slot;
        this.product = product;
        this.title = title;
        this.createdAt = now;
        this.updatedAt = now;
        this.itemUpdatedAt = now;
    }

    @Override
    public String sku() {
        return sku;
    }

    @Override
    public String barcode() {
        return barcode;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public long updatedAt() {
        return updatedAt;
    }

    @Override
    public long itemUpdatedAt() {
        return itemUpdatedAt;
    }
}
