package dev.tillbridge.platform;

import java.util.regex.Pattern;

/** Forms of texts that people send, as regular expressions for constraints. */
public final class TextForms {

    /** What people read: PostgreSQL stores no U+0000, and the other control characters break logs and lists. */
    public static final String READABLE = "\\P{Cc}*";
    public static final String READABLE_MESSAGE = "must have no control characters";

    /**
     * What goes into a vendor's HTTP header, perhaps with blanks around it that pasting left. A line break within would
     * become an exception whose message holds the credential.
     */
    public static final String CREDENTIAL = "\\s*[\\x21-\\x7E]*\\s*";
    public static final String CREDENTIAL_MESSAGE = "must have visible ASCII characters only, without blanks or line breaks";

    private static final Pattern READABLE_PATTERN = Pattern.compile(READABLE);

    private TextForms() {}

    public static boolean isReadable(String text) {
        return READABLE_PATTERN.matcher(text).matches();
    }
}
