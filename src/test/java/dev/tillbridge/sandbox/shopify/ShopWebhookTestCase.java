package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sandbox.HookReceiver;

/** A shop with somebody who takes its webhooks. */
abstract class ShopWebhookTestCase extends ShopTestCase {

    static final String CREATE = "mutation($topic: WebhookSubscriptionTopic!, $in: WebhookSubscriptionInput!) { "
            + "webhookSubscriptionCreate(topic: $topic, webhookSubscription: $in) { webhookSubscription { id topic uri format "
            + "name includeFields filter createdAt apiVersion { handle } } userErrors { field message } } }";
    static HookReceiver receiver;

    @BeforeAll
    static void listen() {
        receiver = new HookReceiver();
    }

    @AfterAll
    static void close() {
        receiver.close();
    }

    @BeforeEach
    void allowLocalAddresses() {
        receiver.clear();
        shop.control("PUT", "/webhooks/settings", Map.of("local", true, "retrySpanMs", 500));
    }

    static JsonNode create(String topic, Map<String, ?> input) {
        return shop.data(CREATE, Map.of("topic", topic, "in", input)).get("webhookSubscriptionCreate");
    }

    /** Subscribes and gives the subscription's id. */
    static String subscribe(String topic) {
        JsonNode made = create(topic, Map.of("uri", receiver.url("/hooks")));
        if (!made.get("userErrors").isEmpty()) {
            throw new AssertionError(made.get("userErrors"));
        }
        return made.at("/webhookSubscription/id").asText();
    }

    static List<String> messages(JsonNode payload) {
        List<String> messages = new ArrayList<>();
        payload.get("userErrors").forEach(each -> messages.add(each.get("field") + " " + each.get("message").asText()));
        return messages;
    }

    /** Topics of the shop's subscriptions. */
    static List<String> topics() {
        List<String> topics = new ArrayList<>();
        shop.data("{ webhookSubscriptions(first: 50) { nodes { topic } } }").at("/webhookSubscriptions/nodes")
                .forEach(each -> topics.add(each.get("topic").asText()));
        return topics;
    }

    static void level(String sku, int available) {
        shop.control("POST", "/shopify/levels", Map.of("sku", sku, "available", available));
    }
}
