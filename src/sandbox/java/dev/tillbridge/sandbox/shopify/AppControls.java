package dev.tillbridge.sandbox.shopify;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sandbox.control.BadControlInput;
import dev.tillbridge.sandbox.control.ControlRequest;
import dev.tillbridge.sandbox.control.ControlRoutes;

/** What happens to the app of a shop: its secret, its webhooks, its end. */
final class AppControls {

    private static final List<String> COMPLIANCE = List.of("customers/data_request", "customers/redact", "shop/redact");

    private AppControls() {}

    static void add(ShopifyControls controls, ControlRoutes routes) {
        controls.add(routes, "POST", "/shopify/app",
                "Gives a shop's app other credentials; those not given stay. Webhooks are signed with the secret from now on. A"
                        + " token given replaces the static ones that were there.",
                "{\"shop\": \"tillbridge-demo.myshopify.com\", \"token\": \"shpat_x\", \"clientId\": \"app\","
                        + " \"clientSecret\": \"shpss_x\"}",
                AppControls::credentials);
        controls.add(routes, "POST", "/shopify/uninstall",
                "The merchant uninstalls the app: app/uninstalled is told, then tokens and subscriptions are gone.",
                "{\"shop\": \"tillbridge-demo.myshopify.com\"}", AppControls::uninstall);
        controls.add(routes, "POST", "/shopify/compliance",
                "Sends a compliance webhook (" + String.join(", ", COMPLIANCE) + ") to the address that the app's settings"
                        + " would have; no subscription is needed. \"customerId\", \"email\", \"orders\" (numbers) as wanted.",
                "{\"shop\": \"tillbridge-demo.myshopify.com\", \"topic\": \"customers/redact\", \"uri\":"
                        + " \"https://sync.example.com/webhooks/shopify\", \"customerId\": 191167, \"email\": \"john@example.com\","
                        + " \"orders\": [299938]}",
                AppControls::compliance);
        controls.add(routes, "GET", "/shopify/subscriptions", "The shop's webhook subscriptions of all apps.", "",
                (request, shop) -> shown(shop));
        controls.add(routes, "DELETE", "/shopify/subscriptions",
                "Deletes webhook subscriptions as Shopify does after failures: of one topic (such as orders/create), or all.",
                "topic=orders/create", AppControls::drop);
    }

    private static Object credentials(ControlRequest request, Shop shop) {
        request.only("shop", "token", "clientId", "clientSecret");
        shop.tokens().credentials(request.text("token", null), request.text("clientId", null),
                request.text("clientSecret", null));
        return shop.tokens().shown(shop.domain());
    }

    private static Object uninstall(ControlRequest request, Shop shop) {
        request.only("shop");
        shop.events().uninstalled();
        shop.subscriptions().all().forEach(shop.subscriptions()::remove);
        shop.tokens().revokeAll();
        return Map.of("uninstalled", shop.domain());
    }

    private static Object compliance(ControlRequest request, Shop shop) {
        request.only("shop", "topic", "uri", "customerId", "email", "orders");
        String topic = request.text("topic");
        if (!COMPLIANCE.contains(topic)) {
            throw new BadControlInput("\"topic\" is one of " + String.join(", ", COMPLIANCE) + ".");
        }
        URI uri = URI.create(request.text("uri"));
        if (!shop.webhookSettings().allows(uri)) {
            throw new BadControlInput(
                    "\"uri\" must be https://…, or http:// on this machine where webhooks/settings allow it.");
        }
        Map<String, Object> payload = ShopPayloads.object("shop_id", shop.number(), "shop_domain", shop.domain());
        if (!topic.equals("shop/redact")) {
            long customer = request.has("customerId") ? request.body().get("customerId").asLong() : 191_167L;
            payload.put("customer", ShopPayloads.object("id", customer, "email", request.text("email", null), "phone", null));
            List<Long> orders = new ArrayList<>();
            for (JsonNode each : request.body().path("orders")) {
                orders.add(each.asLong());
            }
            payload.put(topic.equals("customers/redact") ? "orders_to_redact" : "orders_requested", orders);
        }
        if (topic.equals("customers/data_request")) {
            payload.put("data_request", Map.of("id", 9_999));
        }
        shop.delivery().sendUnsubscribed(topic, uri.toString(), payload);
        return payload;
    }

    private static Object shown(Shop shop) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (SubscriptionRow row : shop.subscriptions().all()) {
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("id", row.gid());
            shown.put("app", row.app);
            shown.put("topic", row.topic);
            shown.put("uri", row.uri);
            shown.put("failuresInARow", row.failuresInARow);
            rows.add(shown);
        }
        return Map.of("subscriptions", rows);
    }

    private static Object drop(ControlRequest request, Shop shop) {
        String topic = request.query().get("topic");
        int dropped = 0;
        for (SubscriptionRow row : shop.subscriptions().all()) {
            boolean meant = topic == null || row.topic.equals(topic)
                    || WebhookTopic.named(row.topic).filter(each -> each.header().equals(topic)).isPresent();
            if (meant) {
                shop.subscriptions().remove(row);
                dropped++;
            }
        }
        return Map.of("deleted", dropped);
    }
}
