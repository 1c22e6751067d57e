package dev.tillbridge.catalog;

import dev.tillbridge.platform.FencedTransactions;

/** Makes what is the package's own, for tests of others. */
public final class Catalogs {

    private Catalogs() {}

    public static CatalogRepository over(FencedTransactions transactions) {
        return new CatalogRepository(transactions);
    }
}
