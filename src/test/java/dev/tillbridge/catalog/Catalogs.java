package dev.tillbridge.catalog;

import dev.tillbridge.journal.Journal;
import dev.tillbridge.platform.FencedTransactions;

/** Makes what is the package's own, for tests of others. */
public final class Catalogs {

    private Catalogs() {}

    public static CatalogRepository over(FencedTransactions transactions) {
        return new CatalogRepository(transactions);
    }

    public static LinkMaker linkMaker(CatalogRepository catalog) {
        return new LinkMaker(catalog, new Journal());
    }
}
