package dev.tillbridge.shopify;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

import dev.tillbridge.channel.ConnectorException;

/**
 * Which metafield is meant. Its parts become text of a document, so nothing but the characters Shopify allows in them
 * gets through (shopify.dev/docs/apps/build/custom-data/metafields); older namespaces may have dots.
 */
record MetafieldKey(String namespace, String key) {

    private static final Pattern FORM = Pattern
            .compile("(\\$app(?::[A-Za-z0-9_-]{1,250})?|[A-Za-z0-9_.-]{1,255})\\.([A-Za-z0-9_-]{1,64})");

    static String alias(int index) {
        return "m" + index;
    }

    /** In a fixed order, which the aliases follow. */
    static List<MetafieldKey> of(Collection<String> names) {
        return names.stream().sorted().map(MetafieldKey::of).toList();
    }

    static MetafieldKey of(String name) {
        var matcher = FORM.matcher(name);
        if (!matcher.matches()) {
            throw new ConnectorException.Rejected("metafield-malformed", 0,
                    "A metafield is written namespace.key, with letters, digits, hyphens and underscores");
        }
        return new MetafieldKey(matcher.group(1), matcher.group(2));
    }

    String name() {
        return namespace + "." + key;
    }
}
