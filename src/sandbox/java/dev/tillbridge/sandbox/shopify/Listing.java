package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * The rows of a connection in ascending order, read place by place: a page or a bulk operation looks only at the rows it needs.
 *
 * @param <T> the rows
 */
interface Listing<T> {

    /** How many places there are now; grows while rows are added to a live list. */
    int size();

    /** The row at a place; null if it is gone or filtered out. */
    T at(int place);

    /** The place of the first row after the cursor's, or of the cursor's own row for {@code including}. */
    int place(Cursor cursor, boolean including);

    Cursor cursor(T row, int rank);

    /**
     * A list of the book in the order of ids: place and slot are the same, nothing is copied.
     *
     * @param rows by slot, with null where a row is gone
     */
    static <R, T> Listing<T> live(List<R> rows, IdRange ids, Function<R, T> as, ToIntFunction<T> slot, Predicate<T> filter) {
        return new Listing<>() {
            @Override
            public int size() {
                return rows.size();
            }

            @Override
            public T at(int place) {
                R row = rows.get(place);
                T seen = row == null ? null : as.apply(row);
                return seen != null && filter.test(seen) ? seen : null;
            }

            @Override
            public int place(Cursor cursor, boolean including) {
                int found = ids.slot(cursor.id());
                if (found < 0 || cursor.value() != null) {
                    throw new ShopifyError("BAD_REQUEST", "Invalid cursor for current pagination sort.");
                }
                return Math.min(including ? found : found + 1, size());
            }

            @Override
            public Cursor cursor(T row, int rank) {
                return new Cursor(ids.id(slot.applyAsInt(row)), null, rank);
            }
        };
    }

    /**
     * A list by a sort value and, where it is the same, by id.
     *
     * @param value a Long or String; null sorts first
     */
    static <T> Listing<T> sorted(List<T> rows, ToLongFunction<T> id, Function<T, Comparable<?>> value) {
        Comparator<Cursor> order = Comparator.comparing(Cursor::value, Comparator.nullsFirst(Listing::compare))
                .thenComparingLong(Cursor::id);
        record Placed<R>(R row, Cursor at) {}
        List<Placed<T>> ordered = new ArrayList<>(rows.size());
        rows.forEach(row -> ordered.add(new Placed<>(row, new Cursor(id.applyAsLong(row), value.apply(row), 0))));
        ordered.sort(Comparator.comparing(Placed::at, order));
        return new Listing<>() {
            @Override
            public int size() {
                return ordered.size();
            }

            @Override
            public T at(int place) {
                return ordered.get(place).row();
            }

            @Override
            public int place(Cursor cursor, boolean including) {
                int low = 0;
                int high = ordered.size();
                while (low < high) {
                    int middle = (low + high) >>> 1;
                    int difference = order.compare(ordered.get(middle).at(), cursor);
                    if (difference > 0 || (including && difference == 0)) {
                        high = middle;
                    } else {
                        low = middle + 1;
                    }
                }
                return low;
            }

            @Override
            public Cursor cursor(T row, int rank) {
                return new Cursor(id.applyAsLong(row), value.apply(row), rank);
            }
        };
    }

    /** A short list in the order of ids. */
    static <T> Listing<T> byId(List<T> rows, ToLongFunction<T> id) {
        return sorted(rows, id, row -> null);
    }

    private static int compare(Comparable<?> left, Comparable<?> right) {
        if (left instanceof Long first && right instanceof Long second) {
            return first.compareTo(second);
        }
        return left.toString().compareToIgnoreCase(right.toString());
    }
}
