package dev.tillbridge.notification;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Texts as mail can hold them. Names come from tills and shops and may hold anything: line breaks would end a header, other
 * control characters are refused by PostgreSQL or by mail programs, and marks that turn the writing direction around make one
 * text look like another.
 */
final class PlainText {

    private static final Pattern UNREADABLE = Pattern
            .compile("[\\p{Cc}\\p{Cs}\\u2028\\u2029\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]+");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    /** What stands in an address as it is (RFC 3986), percent signs of earlier encoding included. */
    private static final Pattern NOT_IN_ADDRESS = Pattern.compile("[^A-Za-z0-9\\-._~/:?&=+,;@!*%]");

    private PlainText() {}

    /** One line of at most so many characters; never null. */
    static String line(String text, int most) {
        if (text == null) {
            return "";
        }
        String line = BLANKS.matcher(UNREADABLE.matcher(text).replaceAll(" ")).replaceAll(" ").strip();
        if (line.codePointCount(0, line.length()) <= most) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, most - 1)) + "…";
    }

    /** A path, and perhaps a query, that begins with a slash and is safe to put behind a URL; null stays null. */
    static String path(String path) {
        if (path == null || path.isBlank()) {
            return null;
        }
        String encoded = NOT_IN_ADDRESS.matcher(path.strip())
                .replaceAll(found -> URLEncoder.encode(found.group(), StandardCharsets.UTF_8));
        return encoded.startsWith("/") ? encoded : "/" + encoded;
    }
}
