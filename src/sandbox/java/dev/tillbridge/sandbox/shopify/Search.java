package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Shopify's search syntax (doc: api/usage/search-syntax): {@code field:value}, comparators {@code :> :>= :< :<=}, quoted
 * values, a {@code *} at the end, {@code AND} (also by juxtaposition) before {@code OR}, {@code NOT} or {@code -}, parentheses.
 * A field the list does not know is ignored with a warning and matches everything.
 *
 * @param <T> the rows searched
 */
final class Search<T> {

    /** {@code field} is empty for a term without one. */
    record Term(String field, String comparator, String value) {}

    /** A field that was ignored. */
    record Warning(String field, String value) {}

    /** Decides one term; returns null for a value the field cannot have. */
    interface Filter<T> extends Function<Term, Predicate<T>> {}

    private final Function<String, Filter<T>> filters;
    private final Set<String> notSimulated;
    private final List<Warning> warnings = new ArrayList<>();
    private List<String> tokens = List.of();
    private int next;

    /**
     * @param filters by field name; null for an unknown field
     * @param notSimulated fields the real list has and the sandbox has not: refused rather than silently wrong
     */
    Search(Function<String, Filter<T>> filters, Set<String> notSimulated) {
        this.filters = filters;
        this.notSimulated = notSimulated;
    }

    List<Warning> warnings() {
        return warnings;
    }

    /** What the query asks; everything for null or a blank one. */
    Predicate<T> parse(String query) {
        if (query == null || query.isBlank()) {
            return row -> true;
        }
        tokens = SearchTokens.of(query);
        next = 0;
        return or();
    }

    private Predicate<T> or() {
        Predicate<T> left = and();
        while (next < tokens.size() && tokens.get(next).equals("OR")) {
            next++;
            left = left.or(and());
        }
        return left;
    }

    private Predicate<T> and() {
        Predicate<T> left = unary();
        while (next < tokens.size() && !tokens.get(next).equals("OR") && !tokens.get(next).equals(")")) {
            if (tokens.get(next).equals("AND")) {
                next++;
            }
            left = left.and(unary());
        }
        return left;
    }

    private Predicate<T> unary() {
        if (next >= tokens.size()) {
            return row -> true;
        }
        String token = tokens.get(next++);
        if (token.equals("NOT") || token.equals("-")) {
            return unary().negate();
        }
        if (token.equals("(")) {
            Predicate<T> inner = or();
            next = Math.min(next + 1, tokens.size());
            return inner;
        }
        return term(SearchTokens.term(token));
    }

    private Predicate<T> term(Term term) {
        if (notSimulated.contains(term.field)) {
            throw new ShopifyError("SANDBOX_UNSUPPORTED", "The sandbox does not simulate the filter \"" + term.field + "\".");
        }
        Filter<T> filter = filters.apply(term.field);
        Predicate<T> matches = filter == null ? null : filter.apply(term);
        if (matches == null) {
            warnings.add(new Warning(term.field, term.value));
            return row -> true;
        }
        return matches;
    }

    /** A filter on a time; both sides in whole seconds, as they are shown. */
    static <T> Filter<T> time(Function<T, Long> millis) {
        return term -> {
            long wanted;
            try {
                wanted = Math.floorDiv(Timestamps.millis(term.value), 1000L);
            } catch (java.time.DateTimeException e) {
                return null;
            }
            BiPredicate<Long, Long> compare = comparison(term.comparator);
            return row -> compare.test(Math.floorDiv(millis.apply(row), 1000L), wanted);
        };
    }

    /** A filter on an id, given as a number or a global id. */
    static <T> Filter<T> id(String type, Function<T, Long> id) {
        return term -> {
            long wanted = Gid.number(type, term.value);
            BiPredicate<Long, Long> compare = comparison(term.comparator);
            return row -> compare.test(id.apply(row), wanted);
        };
    }

    /** A filter on a text: equal without regard to case, or the beginning if the value ends with a star. */
    static <T> Filter<T> text(BiPredicate<T, Predicate<String>> matches) {
        return term -> {
            String wanted = term.value.toLowerCase(Locale.ROOT);
            Predicate<String> test = wanted.endsWith("*")
                    ? text -> text != null
                            && text.toLowerCase(Locale.ROOT).startsWith(wanted.substring(0, wanted.length() - 1))
                    : text -> text != null && text.equalsIgnoreCase(wanted);
            return row -> matches.test(row, test);
        };
    }

    private static BiPredicate<Long, Long> comparison(String comparator) {
        return switch (comparator) {
            case ">=" -> (left, right) -> left >= right;
            case ">" -> (left, right) -> left > right;
            case "<=" -> (left, right) -> left <= right;
            case "<" -> (left, right) -> left < right;
            default -> Long::equals;
        };
    }
}
