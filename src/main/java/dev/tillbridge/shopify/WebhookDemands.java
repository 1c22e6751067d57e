package dev.tillbridge.shopify;

import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.channel.StoreDemand;
import dev.tillbridge.channel.StoreNews;

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
