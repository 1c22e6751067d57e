package dev.tillbridge.catalog;

/**
 * What identifiers are compared by: the text without blanks around it, byte for byte. PostgreSQL's functions
 * {@code identifier_key} and {@code identifier_fold} do the same for the set-based half of matching.
 */
public final class IdentifierKey {

    /** Spreadsheets, scanners and web forms leave more than spaces: tabs, no-break and zero-width spaces. */
    static final String BLANKS = " \t\n\u000B\f\r\u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
            + "\u2009\u200A\u200B\u2028\u2029\u202F\u205F\u3000\uFEFF";

    private IdentifierKey() {}

    /** The key of an identifier as it is written, or null where nothing is left of it. */
    public static String of(String written) {
        if (written == null) {
            return null;
        }
        int from = 0;
        int to = written.length();
        while (from < to && BLANKS.indexOf(written.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && BLANKS.indexOf(written.charAt(to - 1)) >= 0) {
            to--;
        }
        return from == to ? null : written.substring(from, to);
    }

    /** Equal for keys that differ only by the case of ASCII letters or by leading zeros: a near miss. */
    static String fold(String key) {
        var lower = new StringBuilder(key.length());
        for (int at = 0; at < key.length(); at++) {
            char letter = key.charAt(at);
            if (letter != '0' || lower.length() > 0) {
                lower.append(letter >= 'A' && letter <= 'Z' ? (char) (letter + 32) : letter);
            }
        }
        return lower.toString();
    }

    /** What keeps two keys of the same fold apart, in words. */
    static String difference(String one, String other) {
        // Of the same fold and the same length: as many zeros, so it must be the case.
        if (one.length() == other.length()) {
            return "case";
        }
        return withoutZeros(one).equals(withoutZeros(other)) ? "leading zeros" : "case and leading zeros";
    }

    private static String withoutZeros(String key) {
        int from = 0;
        while (from < key.length() && key.charAt(from) == '0') {
            from++;
        }
        return key.substring(from);
    }
}
