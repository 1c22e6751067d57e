package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A window of a connection, with Shopify's limits (doc: api/usage/limits): at most 250 rows a page, and no further than 25,000
 * rows deep. The texts of the refusals are not recorded; their codes are.
 */
record Page(List<Object> rows, List<Cursor> cursors, boolean hasNext, boolean hasPrevious) {

    static final int LARGEST = 250;
    private static final int DEEPEST = 25_000;

    static <T> Page of(Listing<T> listing, Arguments arguments, String field) {
        Integer first = arguments.integer("first");
        Integer last = arguments.integer("last");
        Integer wanted = first != null ? first : last;
        if (wanted == null || (first != null && last != null)) {
            throw new ShopifyError("BAD_REQUEST", "you must provide one of first or last");
        }
        if (wanted < 0 || wanted > LARGEST) {
            throw new ShopifyError("BAD_REQUEST", (first != null ? "first" : "last") + " must be between 0 and " + LARGEST
                    + " (" + field + ")");
        }
        boolean backwards = arguments.flag("reverse") ^ (first == null);
        String from = arguments.text(first != null ? "after" : "before");
        Cursor start = from == null ? null : Cursor.parse(from);
        return walk(listing, wanted, backwards, start, first == null);
    }

    private static <T> Page walk(Listing<T> listing, int wanted, boolean backwards, Cursor start, boolean turned) {
        int rank = start == null ? 0 : start.rank();
        if (rank + wanted > DEEPEST) {
            throw new ShopifyError("BAD_REQUEST", "Pagination reaches " + DEEPEST + " objects at most; filter or use a bulk"
                    + " operation.");
        }
        List<Object> rows = new ArrayList<>(Math.min(wanted, listing.size()));
        List<Cursor> cursors = new ArrayList<>(rows.size());
        boolean more = false;
        int place = startPlace(listing, backwards, start);
        int step = backwards ? -1 : 1;
        for (; place >= 0 && place < listing.size() && !more; place += step) {
            T row = listing.at(place);
            if (row != null && rows.size() == wanted) {
                more = true;
            } else if (row != null) {
                rows.add(row);
                cursors.add(listing.cursor(row, ++rank));
            }
        }
        if (turned) {
            Collections.reverse(rows);
            Collections.reverse(cursors);
            return new Page(rows, cursors, start != null, more);
        }
        return new Page(rows, cursors, more, start != null);
    }

    private static <T> int startPlace(Listing<T> listing, boolean backwards, Cursor start) {
        if (start == null) {
            return backwards ? listing.size() - 1 : 0;
        }
        return backwards ? listing.place(start, true) - 1 : listing.place(start, false);
    }

    /** One row with its cursor, as {@code edges} holds it. */
    record Edge(Object node, Cursor cursor) {}

    List<Edge> edges() {
        List<Edge> edges = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            edges.add(new Edge(rows.get(i), cursors.get(i)));
        }
        return edges;
    }

    String startCursor() {
        return cursors.isEmpty() ? null : cursors.get(0).text();
    }

    String endCursor() {
        return cursors.isEmpty() ? null : cursors.get(cursors.size() - 1).text();
    }
}
