package dev.tillbridge.shopify;

import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.channel.StoreDemand;
import dev.tillbridge.channel.StoreNews;
import dev.tillbridge.channel.WebhookRefused;

/**
 * The uninstalled app and the three compliance topics (shopify.dev/docs/apps/build/compliance/privacy-law-compliance). The latter
 * cannot be subscribed to by API: their address stands in the app's settings. Of a payload the ids are kept, never a contact.
 */
final class WebhookDemands {

    private WebhookDemands() {}

    static StoreNews uninstalled() {
        return demand(StoreDemand.Kind.UNINSTALLED, null, List.of());
    }

    /** Nothing where the topic is none of the three. */
    static StoreNews news(String topic, JsonNode payload) {
        return switch (topic) {
            case "customers/data_request" -> demand(StoreDemand.Kind.DATA_REQUEST, customer(payload),
                    ids(payload.path("orders_requested")));
            case "customers/redact" -> demand(StoreDemand.Kind.CUSTOMER_REDACT, customer(payload),
                    ids(payload.path("orders_to_redact")));
            case "shop/redact" -> demand(StoreDemand.Kind.SHOP_REDACT, null, List.of());
            default -> StoreNews.NOTHING;
        };
    }

    /**
     * The signature covers the body and no header, so whoever has one delivery of an app's could name another of its shops: what is
     * demanded must say itself whose it is. Compliance payloads have {@code shop_domain}, the uninstalled app's is the shop
     * (shopify.dev/docs/api/admin-rest/latest/resources/shop).
     *
     * @throws WebhookRefused where it is another's, or nobody's
     */
    static void requireShop(StoreDemand.Kind kind, JsonNode payload, String shopDomain) {
        var field = kind == StoreDemand.Kind.UNINSTALLED ? "myshopify_domain" : "shop_domain";
        var said = payload.path(field);
        if (kind == StoreDemand.Kind.UNINSTALLED && !said.isTextual()) {
            said = payload.path("domain");
        }
        if (!said.asText().strip().toLowerCase(Locale.ROOT).equals(shopDomain)) {
            throw new WebhookRefused(WebhookRefused.Reason.ANOTHER_SHOP,
                    "The body's '" + field + "' is not the shop of the header X-Shopify-Shop-Domain.");
        }
    }

    private static StoreNews demand(StoreDemand.Kind kind, String customerId, List<String> orderIds) {
        return new StoreNews(List.of(), new StoreDemand(kind, customerId, orderIds));
    }

    private static String customer(JsonNode payload) {
        var id = payload.path("customer").path("id");
        return id.isIntegralNumber() ? id.asText() : null;
    }

    private static List<String> ids(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).filter(JsonNode::isIntegralNumber).map(JsonNode::asText)
                .distinct().toList();
    }
}
