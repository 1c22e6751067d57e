package dev.tillbridge.sandbox.clover;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The fields of a collection by which it may be filtered and ordered; any other is answered 400. The legal ones are sent in
 * {@code X-Clover-Allowed-Filter-Fields}. Clover: docs.clover.com/docs/sorting-collections, …/applying-filters.
 *
 * @param <T> the element
 */
final class Fields<T> {

    private static final Comparator<Comparable<Object>> NULLS_FIRST = Comparator.nullsFirst(Comparable::compareTo);

    private final Map<String, Function<T, Object>> readers = new LinkedHashMap<>();

    Fields<T> with(String name, Function<T, Object> reader) {
        readers.put(name, reader);
        return this;
    }

    String allowed() {
        return String.join(", ", readers.keySet());
    }

    List<Filter> parse(List<String> filters) {
        List<Filter> parsed = new ArrayList<>();
        for (String text : filters) {
            Filter filter = Filter.parse(text);
            if (!readers.containsKey(filter.field())) {
                throw CloverError.badRequest("Invalid filter field: " + filter.field());
            }
            parsed.add(filter);
        }
        return parsed;
    }

    /** All of them must pass. */
    Predicate<T> predicate(List<Filter> filters) {
        Predicate<T> all = unused -> true;
        for (Filter filter : filters) {
            Function<T, Object> reader = readers.get(filter.field());
            all = all.and(element -> filter.accepts(reader.apply(element)));
        }
        return all;
    }

    /** The order asked for by {@code orderBy=a ASC,b DESC}; a direction at the end counts for fields without their own. */
    Comparator<T> order(String orderBy) {
        String[] parts = orderBy.split(",", -1);
        boolean lastDescends = descends(parts[parts.length - 1].trim().split("\\s+", -1), false);
        Comparator<T> order = null;
        for (String part : parts) {
            String[] words = part.trim().split("\\s+", -1);
            Function<T, Object> reader = readers.get(words[0]);
            if (reader == null || words.length > 2) {
                throw CloverError.badRequest("Invalid orderBy field: " + part.trim());
            }
            Comparator<T> one = Comparator.comparing(element -> comparable(reader.apply(element)), NULLS_FIRST);
            one = descends(words, lastDescends) ? one.reversed() : one;
            order = order == null ? one : order.thenComparing(one);
        }
        return order;
    }

    private static boolean descends(String[] words, boolean fallback) {
        if (words.length < 2) {
            return fallback;
        }
        return switch (words[1].toUpperCase(Locale.ROOT)) {
            case "DESC" -> true;
            case "ASC" -> false;
            default -> throw CloverError.badRequest("Invalid orderBy direction: " + words[1]);
        };
    }

    @SuppressWarnings("unchecked")
    private static Comparable<Object> comparable(Object value) {
        return (Comparable<Object>) value;
    }
}
