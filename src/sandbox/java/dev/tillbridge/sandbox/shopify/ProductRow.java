package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A product; {@code slot} is its place in the catalogue and gives its id. */
final class ProductRow implements ProductFacts {

    final int slot;
    final List<VariantRow> variants = new ArrayList<>(1);
    final long createdAt;
    String title;
    String status = "ACTIVE";
    String productType = "";
    /** Of a product with options, in order; empty for one without. */
    List<String> optionNames = List.of();
    /** Titles of the collections it is in. */
    List<String> collections = List.of();
    long updatedAt;

    ProductRow(int slot, String title, long now) {
        this.slot = slot;
        this.title = title;
        this.createdAt = now;
        this.updatedAt = now;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String status() {
        return status;
    }

    @Override
    public long updatedAt() {
        return updatedAt;
    }

    String handle() {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
