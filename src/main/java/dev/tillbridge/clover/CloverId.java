package dev.tillbridge.clover;

import java.util.regex.Pattern;

/** Ids go into paths, and into filters between quotes. Clover's have 13 characters; no more is assumed than that they need no quoting. */
final class CloverId {

    private static final Pattern FORM = Pattern.compile("[0-9A-Za-z]{1,64}");

    private CloverId() {}

    static boolean fits(String id) {
        return FORM.matcher(id).matches();
    }

    /** @param what such as "an item", for the message */
    static String checked(String what, String id) {
        if (!fits(id)) {
            throw new IllegalArgumentException("This is no id of " + what + " of Clover's: " + id);
        }
        return id;
    }
}
