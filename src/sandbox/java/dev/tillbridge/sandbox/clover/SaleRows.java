package dev.tillbridge.sandbox.clover;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A merchant's orders, payments, refunds or credits.
 *
 * @param <T> which of them
 */
final class SaleRows<T extends SaleRow> {

    private static final int REMEMBERED = 8;

    private final Map<String, T> byId = new HashMap<>();
    private final List<T> byArrival = new ArrayList<>();
    /** Results of the last queries: who reads page after page must not make the sandbox sort for each page. */
    private final Map<String, List<T>> results = new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<T>> eldest) {
            return size() > REMEMBERED;
        }
    };

    void add(T row) {
        row.number = byArrival.size();
        byId.put(row.id, row);
        byArrival.add(row);
        results.clear();
    }

    /** A row was changed: what was found before may not be true any more. */
    void changed() {
        results.clear();
    }

    /** Null if there is none. */
    T find(String id) {
        return byId.get(id);
    }

    /** All, in the order of arrival. */
    List<T> all() {
        return Collections.unmodifiableList(byArrival);
    }

    /**
     * Rows that pass the filters.
     *
     * @param orderBy null for the default, by creation, the newest first
     * @param implicit must hold, too
     * @param implicitKey differs where {@code implicit} differs
     */
    List<T> query(Fields<T> fields, List<Filter> filters, String orderBy, Predicate<T> implicit, String implicitKey) {
        String key = filters + "|" + orderBy + "|" + implicitKey;
        List<T> known = results.get(key);
        if (known != null) {
            return known;
        }
        Comparator<T> newestFirst = Comparator.<T>comparingLong(row -> row.createdTime).thenComparingLong(row -> row.number)
                .reversed();
        List<T> found = byArrival.stream().filter(implicit).filter(fields.predicate(filters))
                .sorted(orderBy == null ? newestFirst : fields.order(orderBy).thenComparing(newestFirst)).toList();
        results.put(key, found);
        return found;
    }
}
