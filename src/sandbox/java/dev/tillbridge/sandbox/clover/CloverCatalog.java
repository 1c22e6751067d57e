package dev.tillbridge.sandbox.clover;

import dev.tillbridge.sandbox.catalog.CatalogTarget;
import dev.tillbridge.sandbox.catalog.SeedRow;
import dev.tillbridge.sandbox.catalog.SeedRow.TillItem;

/** Takes a seeded catalogue into a merchant's items. */
final class CloverCatalog implements CatalogTarget {

    /** Items seeded per second of pretended time: pages must come with ties in modifiedTime, yet not be one single tie. */
    private static final int PER_SECOND = 50;

    private static final long MONTH = 30L * 24 * 3_600 * 1_000;

    private final ItemBook items;
    private final long now;

    CloverCatalog(Merchant merchant, long now) {
        this.items = merchant.items;
        this.now = now;
    }

    @Override
    public void clear(int locations) {
        items.clear();
    }

    @Override
    public void add(SeedRow row) {
        TillItem till = row.till();
        if (till == null) {
            return;
        }
        Item item = items.create(now - MONTH + row.number() * 1_000L);
        // Changed lately, so that a cursor that is up to date still sees a new catalogue.
        item.modifiedTime = now - row.number() / PER_SECOND * 1_000L;
        item.name = till.name();
        item.sku = till.sku();
        item.code = till.code();
        item.price = till.price();
        item.priceType = till.priceType();
        item.unitName = till.unitName();
        item.quantity = till.quantity();
        item.stockModifiedTime = item.modifiedTime;
    }
}
