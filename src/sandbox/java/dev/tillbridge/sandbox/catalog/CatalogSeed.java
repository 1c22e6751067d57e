package dev.tillbridge.sandbox.catalog;

/**
 * What catalogue is wanted. All counts are numbers of Shopify variants, disjoint unless said otherwise.
 *
 * @param seed the same seed makes the same catalogue
 * @param variants Shopify variants in all
 * @param duplicates variants that share their SKU with another one (pairs, one group of three if odd); so do their items
 * @param missingIdentifiers variants and items with neither SKU nor barcode
 * @param untracked variants whose stock Shopify does not track
 * @param perUnit variants whose item is PER_UNIT, with decimal quantities
 * @param caseMismatch variants whose item has the same SKU in another case: no match, a near miss
 * @param leadingZeros variants whose item's code lacks the barcode's leading zeros: a near miss by barcode
 * @param quantityAbsent variants whose item never had a quantity
 * @param tillOnly further items that Shopify does not have
 * @param locations of the shop, 1 or more
 */
public record CatalogSeed(long seed, int variants, int duplicates, int missingIdentifiers, int untracked, int perUnit,
        int caseMismatch, int leadingZeros, int quantityAbsent, int tillOnly, int locations) {

    public CatalogSeed {
        if (variants < 0 || tillOnly < 0 || locations < 1 || locations > 20) {
            throw new IllegalArgumentException("variants and tillOnly must be 0 or more, locations 1 to 20.");
        }
        if (duplicates == 1) {
            throw new IllegalArgumentException("duplicates counts the variants that share their SKU: 0, 2 or more.");
        }
        int special = duplicates + missingIdentifiers + untracked + perUnit + caseMismatch + leadingZeros + quantityAbsent;
        if (special > variants) {
            throw new IllegalArgumentException("The shares add up to " + special + ", more than the " + variants
                    + " variants; they do not overlap.");
        }
    }

    /** A catalogue where everything matches and every quantity is set. */
    public static CatalogSeed plain(long seed, int variants) {
        return new CatalogSeed(seed, variants, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    }
}
