package dev.tillbridge.sandbox.clover;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One {@code filter} parameter: {@code field=value}, {@code != < <= > >=}, or {@code field in ('A','B')}. Clover:
 * docs.clover.com/docs/applying-filters.
 */
record Filter(String field, String operator, List<String> values) {

    private static final Pattern COMPARISON = Pattern.compile("\\s*([A-Za-z.]+)\\s*(!=|<=|>=|=|<|>)\\s*(.*?)\\s*");
    private static final Pattern MEMBERSHIP = Pattern.compile("\\s*([A-Za-z.]+)\\s+(?i:in)\\s*\\((.*)\\)\\s*");
    private static final String IN = "in";

    static Filter parse(String text) {
        Matcher membership = MEMBERSHIP.matcher(text);
        if (membership.matches()) {
            List<String> values = new ArrayList<>();
            for (String value : membership.group(2).split(",", -1)) {
                values.add(unquoted(value.trim()));
            }
            return new Filter(membership.group(1), IN, values);
        }
        Matcher comparison = COMPARISON.matcher(text);
        if (!comparison.matches()) {
            throw CloverError.badRequest("Invalid filter: " + text);
        }
        return new Filter(comparison.group(1), comparison.group(2), List.of(unquoted(comparison.group(3))));
    }

    /** Whether the filter picks single values: {@code =} or {@code in}. */
    boolean picks() {
        return operator.equals("=") || operator.equals(IN);
    }

    /** Whether a value of the field passes; absent values pass {@code !=} only. */
    boolean accepts(Object value) {
        if (value == null) {
            return operator.equals("!=");
        }
        if (operator.equals(IN)) {
            return values.stream().anyMatch(wanted -> compare(value, wanted) == 0);
        }
        String wanted = values.get(0);
        if (value instanceof String text && wanted.endsWith("*") && operator.equals("=")) {
            return text.toLowerCase(Locale.ROOT)
                    .startsWith(wanted.substring(0, wanted.length() - 1).toLowerCase(Locale.ROOT));
        }
        int order = compare(value, wanted);
        return switch (operator) {
            case "=" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private int compare(Object value, String wanted) {
        if (value instanceof Boolean flag) {
            return Boolean.compare(flag, wanted.equals("true") || wanted.equals("1"));
        }
        if (value instanceof String text) {
            return text.compareTo(wanted);
        }
        try {
            return new java.math.BigDecimal(value.toString()).compareTo(new java.math.BigDecimal(wanted));
        } catch (NumberFormatException e) {
            throw CloverError.badRequest("Invalid filter value for " + field + ": " + wanted);
        }
    }

    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("'") && value.endsWith("'")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
