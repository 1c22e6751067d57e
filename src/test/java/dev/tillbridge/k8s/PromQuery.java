package dev.tillbridge.k8s;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which series a PromQL expression asks for. It knows the words of the language that are used here, and refuses others.
 *
 * @param selectors each metric with its matchers
 * @param grouping labels that results are grouped by
 */
record PromQuery(List<Selector> selectors, Set<String> grouping) {

    private static final Set<String> FUNCTIONS = Set.of("rate", "increase", "sum", "max", "min", "avg", "count", "absent",
            "time",
            "clamp_max", "clamp_min", "histogram_quantile");
    private static final Set<String> GROUPING = Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");

    private static final Pattern TOKEN = Pattern.compile("\\s+|(?<word>[a-zA-Z_:][a-zA-Z0-9_:]*)|(?<range>\\[[0-9a-z$_]+])"
            + "|(?<open>[({])|(?<close>[)}])|[0-9.]+(?:[smhdw])?|[-+*/^%,]|[<>=!]=?");
    private static final Pattern MATCHER = Pattern
            .compile("\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"\\s*(?:,|$)");

    /**
     * @param metric its name
     * @param matchers by label: operator and value, such as {@code ="429"}
     */
    record Selector(String metric, Map<String, String> matchers) {}

    /** @throws IllegalArgumentException where it is no such expression */
    static PromQuery parse(String expression) {
        var query = new PromQuery(new ArrayList<>(), new TreeSet<>());
        Matcher token = TOKEN.matcher(expression);
        int at = 0;
        int depth = 0;
        while (at < expression.length()) {
            if (!token.find(at) || token.start() != at) {
                throw new IllegalArgumentException("Not understood at " + at + ": " + expression);
            }
            at = token.end();
            depth += token.group("open") != null ? 1 : 0;
            depth -= token.group("close") != null ? 1 : 0;
            if (token.group("word") != null) {
                at = query.word(expression, token.group("word"), at);
            }
        }
        if (depth != 0 || query.selectors.isEmpty()) {
            throw new IllegalArgumentException("Brackets do not match, or it asks for nothing: " + expression);
        }
        return query;
    }

    /** Takes what belongs to the word; answers where to go on. */
    private int word(String expression, String word, int at) {
        String rest = expression.substring(at).stripLeading();
        int start = expression.length() - rest.length();
        if (GROUPING.contains(word)) {
            int end = expression.indexOf(')', start);
            for (String label : expression.substring(start + 1, end).split(",", -1)) {
                grouping.add(label.strip());
            }
            return end + 1;
        }
        if (OPERATORS.contains(word)) {
            return at;
        }
        boolean called = rest.startsWith("(") || rest.startsWith("by") || rest.startsWith("without");
        if (called) {
            if (!FUNCTIONS.contains(word)) {
                throw new IllegalArgumentException("No known function: " + word);
            }
            return at;
        }
        int end = rest.startsWith("{") ? expression.indexOf('}', start) : -1;
        selectors.add(new Selector(word, end < 0 ? Map.of() : matchers(expression.substring(start + 1, end))));
        return end < 0 ? at : end + 1;
    }

    private static Map<String, String> matchers(String text) {
        Map<String, String> matchers = new LinkedHashMap<>();
        Matcher matcher = MATCHER.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new IllegalArgumentException("No label matchers: " + text);
            }
            matchers.put(matcher.group(1), matcher.group(2) + "\"" + matcher.group(3) + "\"");
            at = matcher.end();
        }
        return matchers;
    }
}
