package dev.tillbridge.sandbox.shopify;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A global id such as {@code gid://shopify/InventoryLevel/143273001266?inventory_item_id=53489632280882} (rec).
 *
 * @param item the value of {@code inventory_item_id}; 0 where there is none
 * @param name the value of {@code name} (InventoryQuantity); null where there is none
 */
record Gid(String type, long number, long item, String name) {

    private static final Pattern FORM = Pattern.compile(
            "gid://shopify/(\\w+)/(\\d{1,18})(?:\\?inventory_item_id=(\\d{1,18})(?:&name=(\\w+))?)?");

    static String of(String type, long number) {
        return "gid://shopify/" + type + "/" + number;
    }

    static Optional<Gid> parse(Object text) {
        Matcher matcher = FORM.matcher(String.valueOf(text));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Gid(matcher.group(1), Long.parseLong(matcher.group(2)),
                matcher.group(3) == null ? 0 : Long.parseLong(matcher.group(3)), matcher.group(4)));
    }

    /** The number of a global id of this type, or of a bare number as filters take it; -1 for anything else. */
    static long number(String type, Object text) {
        String value = String.valueOf(text);
        if (!value.isEmpty() && value.length() < 19 && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Long.parseLong(value);
        }
        return parse(value).filter(gid -> gid.type.equals(type)).map(Gid::number).orElse(-1L);
    }
}
