package dev.tillbridge.sandbox.catalog;

/**
 * What was made; see {@link CatalogSeed}.
 *
 * @param items Clover items in all
 * @param withoutIdentifier variants with neither SKU nor barcode
 * @param expectedLinksBySku variants for which exactly one item has exactly their SKU, and the other way round
 * @param expectedLinksByBarcode the same of barcode and code
 */
public record SeedCounts(long seed, int variants, int items, int duplicates, int withoutIdentifier, int untracked, int perUnit,
        int caseMismatch, int leadingZeros, int quantityAbsent, int tillOnly, int locations, int expectedLinksBySku,
        int expectedLinksByBarcode) {

    static SeedCounts of(CatalogSeed seed) {
        int identified = seed.variants() - seed.missingIdentifiers();
        return new SeedCounts(seed.seed(), seed.variants(), seed.variants() + seed.tillOnly(), seed.duplicates(),
                seed.missingIdentifiers(), seed.untracked(), seed.perUnit(), seed.caseMismatch(), seed.leadingZeros(),
                seed.quantityAbsent(), seed.tillOnly(), seed.locations(),
                identified - seed.duplicates() - seed.caseMismatch(), identified - seed.leadingZeros());
    }
}
