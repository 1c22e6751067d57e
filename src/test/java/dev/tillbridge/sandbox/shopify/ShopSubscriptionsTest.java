package dev.tillbridge.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class ShopSubscriptionsTest extends ShopWebhookTestCase {

    private static final String UPDATE = "mutation($id: ID!, $in: WebhookSubscriptionInput!) { webhookSubscriptionUpdate(id: $id, "
            + "webhookSubscription: $in) { webhookSubscription { id topic uri includeFields } userErrors { field message } } }";
    private static final String DELETE = "mutation($id: ID!) { webhookSubscriptionDelete(id: $id) { "
            + "deletedWebhookSubscriptionId userErrors { field message } } }";
    private static final String HTTPS = "https://sync.example.com/webhooks/shopify";

    @Test
    void aSubscriptionIsMadeListedChangedAndDeleted() {
        JsonNode made = create("INVENTORY_LEVELS_UPDATE", Map.of("uri", HTTPS, "name", "stock")).get("webhookSubscription");
        create("ORDERS_CREATE", Map.of("uri", HTTPS));
        String id = made.get("id").asText();

        assertThat(made.get("format").asText()).isEqualTo("JSON");
        assertThat(made.get("filter").isNull()).isTrue();
        assertThat(made.at("/apiVersion/handle").asText()).isEqualTo("2026-10");
        assertThat(topics()).containsExactly("INVENTORY_LEVELS_UPDATE", "ORDERS_CREATE");
        assertThat(shop.data("{ webhookSubscriptions(first: 5, topics: [ORDERS_CREATE]) { nodes { topic } } }")
                .at("/webhookSubscriptions/nodes")).hasSize(1);
        JsonNode page = shop.data("{ webhookSubscriptions(first: 1) { nodes { id } pageInfo { hasNextPage endCursor } } }")
                .get("webhookSubscriptions");
        assertThat(page.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
        assertThat(shop.data("query($a: String) { webhookSubscriptions(first: 5, after: $a) { nodes { topic } } }",
                Map.of("a", page.at("/pageInfo/endCursor").asText())).at("/webhookSubscriptions/nodes/0/topic").asText())
                .isEqualTo("ORDERS_CREATE");

        JsonNode changed = shop.data(UPDATE, Map.of("id", id, "in", Map.of("uri", HTTPS + "/v2"))).at(
                "/webhookSubscriptionUpdate/webhookSubscription");
        assertThat(changed.get("uri").asText()).isEqualTo(HTTPS + "/v2");

        assertThat(shop.data(DELETE, Map.of("id", id)).at("/webhookSubscriptionDelete/deletedWebhookSubscriptionId").asText())
                .isEqualTo(id);
        assertThat(shop.data("query($id: ID!) { webhookSubscription(id: $id) { id } }", Map.of("id", id))
                .get("webhookSubscription").isNull()).isTrue();
    }

    @Test
    void refusalsAreThoseOfTheRecordings() {
        create("SHOP_UPDATE", Map.of("uri", HTTPS));
        String address = "[\"webhookSubscription\",\"callbackUrl\"] ";

        assertThat(messages(create("SHOP_UPDATE", Map.of("uri", HTTPS))))
                .containsExactly(address + "Address for this topic has already been taken");
        assertThat(messages(create("SHOP_UPDATE", Map.of()))).containsExactly(address + "Address can't be blank");
        assertThat(messages(create("SHOP_UPDATE", Map.of("uri", "http://example.com"))))
                .containsExactly(address + "Address protocol http:// is not supported");
        assertThat(messages(create("CUSTOMERS_UPDATE", Map.of("uri", HTTPS, "filter", "totally bogus syntax"))))
                .containsExactly("[\"webhookSubscription\"] The specified filter is invalid, please ensure you specify the "
                        + "field(s) you wish to filter on.");
        assertThat(messages(shop.data(UPDATE, Map.of("id", "gid://shopify/WebhookSubscription/999999999999", "in",
                Map.of("uri", HTTPS))).get("webhookSubscriptionUpdate")))
                .containsExactly("[\"id\"] Webhook subscription does not exist");
        assertThat(messages(shop.data(DELETE, Map.of("id", "gid://shopify/WebhookSubscription/999999999999"))
                .get("webhookSubscriptionDelete"))).containsExactly("[\"id\"] Webhook subscription does not exist");
        assertThat(shop.ask("mutation { webhookSubscriptionCreate(webhookSubscription: {}) { userErrors { field } } }")
                .get("errors")).isNotEmpty();
    }

    @Test
    void plainHttpIsTakenOnThisMachineOnlyWhereItIsAllowed() {
        assertThat(messages(create("SHOP_UPDATE", Map.of("uri", "http://localhost:1/hooks")))).isEmpty();

        shop.control("PUT", "/webhooks/settings", Map.of("local", false));
        assertThat(messages(create("SHOP_UPDATE", Map.of("uri", "http://localhost:2/hooks")))).hasSize(1);
    }

    @Test
    void anAppSeesItsOwnAndNeedsTheScope() {
        subscribe("ORDERS_CREATE");
        JsonNode granted = ShopClient.json(shop.post(sandbox.shopifyUrl() + "/admin/oauth/access_token",
                Map.of("client_id", ShopifySide.DEMO_CLIENT_ID, "client_secret", ShopifySide.DEMO_CLIENT_SECRET,
                        "grant_type", "client_credentials"),
                null).body());
        ShopClient other = shop.as(granted.get("access_token").asText());
        shop.control("POST", "/shopify/tokens", Map.of("token", "shpat_narrow", "scopes", List.of("read_products")));

        assertThat(other.data("{ webhookSubscriptions(first: 5) { nodes { id } } }").at("/webhookSubscriptions/nodes"))
                .isEmpty();
        assertThat(messages(shop.as("shpat_narrow").data(CREATE, Map.of("topic", "ORDERS_UPDATED", "in", Map.of("uri", HTTPS)))
                .get("webhookSubscriptionCreate")).get(0)).contains("orders/updated topic");
    }
}
