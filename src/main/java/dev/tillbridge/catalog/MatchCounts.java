package dev.tillbridge.catalog;

/**
 * What one turn of matching did and found.
 *
 * @param made links made now
 * @param removed links removed now, because variant or item is gone
 * @param drifted links flagged now, because their identifiers no longer agree
 * @param ambiguous variants without link whose identifier is not unique
 * @param unlinked variants without link and without counterpart
 * @param blocked variants whose only counterpart a person has refused
 */
public record MatchCounts(int made, int removed, int drifted, int ambiguous, int unlinked, int blocked) {

    static final MatchCounts NONE = new MatchCounts(0, 0, 0, 0, 0, 0);

    MatchCounts plus(MatchCounts other) {
        return new MatchCounts(made + other.made, removed + other.removed, drifted + other.drifted,
                ambiguous + other.ambiguous, unlinked + other.unlinked, blocked + other.blocked);
    }
}
