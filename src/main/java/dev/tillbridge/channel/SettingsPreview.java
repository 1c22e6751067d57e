package dev.tillbridge.channel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.tillbridge.catalog.MatchCounts;

/**
 * What settings would do, computed from what is known at the time and writing nothing.
 *
 * @param sales that were made at the till since {@code orderSync.importFrom}; null where orders are not turned on by these
 *        settings, or the till did not tell in time
 * @param ordersFollowed orders made of sales before, whose shipments would be told to the till; null where shipments are not turned
 *        on by these settings
 * @param links what matching would do; null where the identifier stays the same, or is a metafield that is read only once these
 *        settings are stored
 * @param changes by kind
 * @param skips what would be left out, by kind and reason
 */
record SettingsPreview(Sales sales, Long ordersFollowed, Links links, List<Change> changes, List<Skip> skips) {

    /** @param more whether it was counted no further: there may be more */
    record Sales(long count, boolean more) {}

    SettingsPreview with(Sales counted) {
        return new SettingsPreview(counted, ordersFollowed, links, changes, skips);
    }

    /** How many rows of each change are shown. */
    static final int FIRST = 20;

    /**
     * @param made links that would be made
     * @param drifted links whose identifiers would no longer agree; they stay
     */
    record Links(int made, int drifted, int ambiguous, int unlinked, int blocked) {

        static Links of(MatchCounts counts) {
            return counts == null
                    ? null
                    : new Links(counts.made(), counts.drifted(), counts.ambiguous(), counts.unlinked(), counts.blocked());
        }
    }

    record Change(String kind, long count, List<Row> first) {}

    record Skip(String kind, String reason, long count, List<Row> first) {}

    record Row(String variantId, String itemId, String name, String from, String to, String reason) {

        static Row of(PreviewRow row) {
            return new Row(row.variantId(), row.itemId(), row.name(), row.from(), row.to(), row.reason());
        }
    }

    /** Counts rows as they come, and keeps the first of each sort. */
    static final class Tally {

        private final Map<String, Sort> changes = new TreeMap<>();
        private final Map<String, Sort> skips = new TreeMap<>();

        void add(PreviewRow row) {
            (row.skipped() == null ? changes : skips)
                    .computeIfAbsent(row.kind() + " " + row.skipped(), key -> new Sort(row.kind(), row.skipped())).add(row);
        }

        List<Change> changes() {
            return changes.values().stream().map(sort -> new Change(sort.kind, sort.count, List.copyOf(sort.first))).toList();
        }

        /** The most frequent first. */
        List<Skip> skips() {
            return skips.values().stream().sorted(Comparator.comparingLong((Sort sort) -> sort.count).reversed())
                    .map(sort -> new Skip(sort.kind, sort.skipped, sort.count, List.copyOf(sort.first))).toList();
        }

        private static final class Sort {

            private final String kind;
            private final String skipped;
            private final List<Row> first = new ArrayList<>();
            private long count;

            Sort(String kind, String skipped) {
                this.kind = kind;
                this.skipped = skipped;
            }

            void add(PreviewRow row) {
                count++;
                if (first.size() < FIRST) {
                    first.add(Row.of(row));
                }
            }
        }
    }
}
