package dev.tillbridge.catalog;

/**
 * What storing a page did.
 *
 * @param changed rows that were added or differ from what was stored
 * @param unchanged the rest: equal, or older than what was stored
 * @param matchable those of the changed rows that matching looks at (variants, items; neither levels nor quantities):
 *        where a pass has none of them, {@link LinkMatcher} has nothing new to find
 */
public record StoredRows(int changed, int unchanged, int matchable) {

    public static final StoredRows NONE = new StoredRows(0, 0, 0);

    public StoredRows plus(StoredRows other) {
        return new StoredRows(changed + other.changed, unchanged + other.unchanged, matchable + other.matchable);
    }
}
