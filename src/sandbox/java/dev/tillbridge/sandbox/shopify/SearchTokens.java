package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a search query into words: parentheses, connectives, and terms with their quoted values kept whole. */
final class SearchTokens {

    private static final Pattern TERM = Pattern.compile("(?:([A-Za-z_][\\w.]*):)?(>=|<=|>|<|=)?(.*)", Pattern.DOTALL);

    private SearchTokens() {}

    static List<String> of(String query) {
        List<String> tokens = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (quote != 0) {
                word.append(c);
                if (c == '\\' && i + 1 < query.length()) {
                    word.append(query.charAt(++i));
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                word.append(c);
            } else if (Character.isWhitespace(c) || c == '(' || c == ')') {
                flush(word, tokens);
                if (!Character.isWhitespace(c)) {
                    tokens.add(String.valueOf(c));
                }
            } else if (c == '-' && word.isEmpty()) {
                tokens.add("-");
            } else {
                word.append(c);
            }
        }
        flush(word, tokens);
        return tokens;
    }

    static Search.Term term(String token) {
        Matcher matcher = TERM.matcher(token);
        if (!matcher.matches()) {
            return new Search.Term("", "", token);
        }
        return new Search.Term(text(matcher.group(1)), text(matcher.group(2)), unquoted(text(matcher.group(3))));
    }

    private static String unquoted(String value) {
        if (value.length() >= 2 && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0)) {
            return value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1");
        }
        return value;
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static void flush(StringBuilder word, List<String> tokens) {
        if (!word.isEmpty()) {
            tokens.add(word.toString());
            word.setLength(0);
        }
    }
}
