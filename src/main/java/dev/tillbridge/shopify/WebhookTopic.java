package dev.tillbridge.shopify;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.channel.StoreNews;
import dev.tillbridge.channel.WebhookHint;
import dev.tillbridge.channel.WebhookRefused;

/**
 * The topics that the streams need (shopify.dev/docs/api/webhooks). Only the ids that say where to look are asked for: a payload
 * of 2,000 variants would be larger than any request may be, and one of an order would hold the buyer.
 */
enum WebhookTopic {
    PRODUCTS_CREATE("products/create", Tells.PRODUCT),
    PRODUCTS_UPDATE("products/update", Tells.PRODUCT),
    PRODUCTS_DELETE("products/delete", Tells.PRODUCT),
    INVENTORY_LEVELS_UPDATE("inventory_levels/update", Tells.LEVEL),
    INVENTORY_LEVELS_CONNECT("inventory_levels/connect", Tells.LEVEL),
    INVENTORY_LEVELS_DISCONNECT("inventory_levels/disconnect", Tells.LEVEL),
    INVENTORY_ITEMS_UPDATE("inventory_items/update", Tells.ITEM),
    INVENTORY_ITEMS_DELETE("inventory_items/delete", Tells.ITEM),
    FULFILLMENTS_CREATE("fulfillments/create", Tells.FULFILLMENT),
    FULFILLMENTS_UPDATE("fulfillments/update", Tells.FULFILLMENT),
    ORDERS_CANCELLED("orders/cancelled", Tells.ORDER),
    LOCATIONS_CREATE("locations/create", Tells.SHOP),
    LOCATIONS_UPDATE("locations/update", Tells.SHOP),
    LOCATIONS_DELETE("locations/delete", Tells.SHOP),
    LOCATIONS_ACTIVATE("locations/activate", Tells.SHOP),
    LOCATIONS_DEACTIVATE("locations/deactivate", Tells.SHOP),
    SHOP_UPDATE("shop/update", Tells.SHOP),
    APP_UNINSTALLED("app/uninstalled", Tells.UNINSTALLED);

    private static final Map<String, WebhookTopic> BY_HEADER = Arrays.stream(values())
            .collect(Collectors.toMap(topic -> topic.header, Function.identity()));

    /** What a topic's payload is about. */
    private enum Tells {
        PRODUCT,
        LEVEL,
        ITEM,
        FULFILLMENT,
        ORDER,
        SHOP,
        UNINSTALLED
    }

    private final String header;
    private final Tells tells;

    WebhookTopic(String header, Tells tells) {
        this.header = header;
        this.tells = tells;
    }

    /** Those of the payload that are asked for. */
    List<String> fields() {
        return switch (tells) {
            case LEVEL -> List.of("inventory_item_id", "location_id");
            case FULFILLMENT -> List.of("id", "order_id");
            case UNINSTALLED -> List.of("id", "myshopify_domain");
            case PRODUCT, ITEM, ORDER, SHOP -> List.of("id");
        };
    }

    /** What a subscription of Tillbridge's to this topic is called in the shop. */
    String subscriptionName() {
        return "tillbridge-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What a payload of the topic in this header means; nothing for topics that nobody here asked for. */
    static StoreNews of(String header, JsonNode payload) {
        var topic = BY_HEADER.get(header);
        return topic == null ? WebhookDemands.news(header, payload) : topic.news(payload);
    }

    /** A number as Shopify's REST payloads have it; ids need 64 bit. */
    private static String id(JsonNode payload, String field) {
        var value = payload.path(field);
        if (!value.isIntegralNumber() || value.asText().startsWith("-")) {
            throw new WebhookRefused(WebhookRefused.Reason.MALFORMED, "The body has no '" + field + "' that is an id.");
        }
        return value.asText();
    }

    private StoreNews news(JsonNode payload) {
        return switch (tells) {
            case PRODUCT -> StoreNews.of(new WebhookHint(WebhookHint.Kind.PRODUCT, id(payload, "id")));
            case LEVEL -> StoreNews.of(WebhookHint.level(id(payload, "inventory_item_id"), id(payload, "location_id")));
            case ITEM -> StoreNews.of(new WebhookHint(WebhookHint.Kind.INVENTORY_ITEM, id(payload, "id")));
            case FULFILLMENT -> StoreNews.of(new WebhookHint(WebhookHint.Kind.ORDER, id(payload, "order_id")));
            case ORDER -> StoreNews.of(new WebhookHint(WebhookHint.Kind.ORDER, id(payload, "id")));
            case SHOP -> StoreNews.of(new WebhookHint(WebhookHint.Kind.SHOP, WebhookHint.WHOLE));
            case UNINSTALLED -> WebhookDemands.uninstalled();
        };
    }
}
