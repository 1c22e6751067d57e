package dev.tillbridge.sandbox.shopify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What orders do to stock. Untracked variants and lines of no variant have none. */
final class OrderStock {

    private final ShopifyBook book;

    OrderStock(ShopifyBook book) {
        this.book = book;
    }

    /** Where all units can be taken from; null if nowhere. */
    LocationRow enough(VariantRow variant, int units, LocationRow only) {
        for (LocationRow each : book.catalogue().locations()) {
            if ((only == null || each == only) && each.active && each.stocked(variant.slot)
                    && each.available(variant.slot) >= units) {
                return each;
            }
        }
        return null;
    }

    /** Whether every line can be served from one location each, together. */
    boolean enough(List<LineRow> lines, boolean obeyingPolicy) {
        Map<VariantRow, Integer> wanted = new HashMap<>();
        lines.stream().filter(line -> tracked(line.variant))
                .forEach(line -> wanted.merge(line.variant, line.quantity, Integer::sum));
        return wanted.entrySet().stream().allMatch(each -> (obeyingPolicy && each.getKey().continueSelling)
                || enough(each.getKey(), each.getValue(), null) != null);
    }

    /**
     * Takes a line's units off available, from a stocked location of Shopify's choice (rec: orderCreate lowers only available).
     *
     * @param only the location to take from; null for any
     */
    void take(LineRow line, LocationRow only) {
        if (!tracked(line.variant)) {
            return;
        }
        LocationRow from = enough(line.variant, line.quantity, only);
        if (from == null) {
            from = only != null ? only : stocked(line.variant);
        }
        line.takenFrom = from;
        move(line.variant, from, "available", -line.quantity);
    }

    /** Takes a line's units as checkout does: they stand under committed until they are sent. */
    void commit(LineRow line, LocationRow only) {
        take(line, only);
        if (line.takenFrom != null) {
            line.committed = line.quantity;
            move(line.variant, line.takenFrom, "committed", line.quantity);
        }
    }

    /** Units were sent or taken off the order: they are no longer committed. */
    void release(LineRow line, int units) {
        int fewer = Math.min(units, line.committed);
        if (fewer > 0 && line.liveVariant() != null) {
            line.committed -= fewer;
            move(line.variant, line.takenFrom, "committed", -fewer);
        }
    }

    /** A fulfilment was cancelled: its units are committed again, if they were taken by checkout. */
    void commitAgain(LineRow line, int units) {
        if (line.takenFrom != null && line.liveVariant() != null) {
            line.committed += units;
            move(line.variant, line.takenFrom, "committed", units);
        }
    }

    /**
     * Puts units back.
     *
     * @param to null for where they were taken from, or the first location that stocks the item
     * @return where they went; null if there is no stock to raise
     */
    LocationRow restock(LineRow line, int units, LocationRow to) {
        if (line.liveVariant() == null || !tracked(line.variant) || units == 0) {
            return null;
        }
        LocationRow place = to != null ? to : line.takenFrom != null ? line.takenFrom : stocked(line.variant);
        move(line.variant, place, "available", units);
        return place;
    }

    private LocationRow stocked(VariantRow variant) {
        return book.catalogue().locations().stream().filter(each -> each.active && each.stocked(variant.slot)).findFirst()
                .orElseGet(() -> book.location(null));
    }

    private void move(VariantRow variant, LocationRow location, String quantity, int delta) {
        book.setQuantity(variant, location, quantity, (int) (location.quantity(variant.slot, quantity) + delta));
    }

    static boolean tracked(VariantRow variant) {
        return variant != null && variant.tracked && !variant.deleted;
    }
}
