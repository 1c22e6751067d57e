package dev.tillbridge.shopify;

import java.util.regex.Pattern;

import dev.tillbridge.channel.ConnectorException;

/** Shopify's global ids, {@code gid://shopify/InventoryItem/30322695}; outside this package only the number is used. */
final class Gid {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,19}");

    private Gid() {}

    static String of(String type, String number) {
        if (!NUMBER.matcher(number).matches()) {
            throw new ConnectorException.Rejected("id-malformed", 0, "This is no id of Shopify's: it must be a number");
        }
        return "gid://shopify/" + type + "/" + number;
    }

    static boolean is(String type, String gid) {
        var prefix = "gid://shopify/" + type + "/";
        return gid != null && gid.startsWith(prefix) && NUMBER.matcher(gid.substring(prefix.length())).matches();
    }

    /** The number in a gid of this type; fails where an answer holds something else. */
    static String number(String type, String gid) {
        if (!is(type, gid)) {
            throw new ConnectorException.Transient("invalid-answer", "Shopify's answer lacks the id of a " + type, false, null);
        }
        return gid.substring(("gid://shopify/" + type + "/").length());
    }
}
