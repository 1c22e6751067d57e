package dev.tillbridge.shopify;

import java.util.Map;
import java.util.regex.Pattern;

import dev.tillbridge.channel.ConnectorException;

/**
 * What an order is found by later. It becomes text of a search, so nothing gets through that could end its quotes or mean
 * something there (shopify.dev/docs/api/usage/search-syntax).
 */
record OrderIdentity(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,254}");

    OrderIdentity {
        if (value == null || !FORM.matcher(value).matches()) {
            throw new ConnectorException.Rejected("identity-malformed", 0,
                    "An order's identity has letters, digits, dots, hyphens and underscores, 255 at most");
        }
    }

    Map<String, Object> metafield() {
        return Map.of("namespace", ShopifyProfiles.ORDER_ID.namespace(), "key", ShopifyProfiles.ORDER_ID.key(), "type",
                ShopifyProfiles.ORDER_ID_TYPE, "value", value);
    }

    /** As {@code OrderIdentifierInput}. */
    Map<String, Object> customId() {
        return Map.of("customId", Map.of("namespace", ShopifyProfiles.ORDER_ID.namespace(), "key",
                ShopifyProfiles.ORDER_ID.key(), "value", value));
    }

    String search() {
        return "source_identifier:'" + value + "'";
    }

    /** The search finds by words and ignores case, so what it finds is looked at again. */
    boolean isOf(OrderWire.ShopOrder order) {
        var metafield = order.metafield() == null ? null : order.metafield().value();
        return value.equals(order.sourceIdentifier()) || value.equals(metafield);
    }
}
