package dev.tillbridge.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;

import dev.tillbridge.sandbox.HookReceiver.Hook;
import dev.tillbridge.sandbox.webhook.WebhookCounts;

class ShopDeliveryTest extends ShopWebhookTestCase {

    @Test
    void whatFailsIsSentAgainWithTheOriginalPayloadUntilItIsTaken() {
        variant("A", "2.00", 5);
        subscribe("INVENTORY_LEVELS_UPDATE");
        receiver.answers(number -> number < 4 ? 503 : 200);

        level("A", 3);
        receiver.await(1);
        level("A", 2);

        await().atMost(Duration.ofSeconds(10)).until(() -> sandbox.webhooks("shopify").pending() == 0);
        List<Hook> first = receiver.hooks().stream().filter(hook -> hook.json().get("available").asInt() == 3).toList();
        assertThat(first).hasSizeGreaterThan(1);
        assertThat(first).extracting(Hook::body).containsOnly(first.get(0).body());
        assertThat(first).extracting(hook -> hook.header("X-Shopify-Event-Id"))
                .containsOnly(first.get(0).header("X-Shopify-Event-Id"));
        WebhookCounts counts = sandbox.webhooks("shopify");
        assertThat(counts.told()).isEqualTo(2);
        assertThat(counts.delivered()).isEqualTo(2);
        assertThat(counts.failed()).isEqualTo(3);
        assertThat(topics()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({ "eightInARow, 8", "retriesSpent, 9"})
    void aSubscriptionThatKeepsFailingIsDeleted(String behaviour, int attempts) {
        shop.control("PUT", "/behaviour", Map.of("subscriptionDropped", behaviour));
        variant("A", "2.00", 5);
        subscribe("INVENTORY_LEVELS_UPDATE");
        receiver.answers(number -> 500);

        level("A", 3);

        await().atMost(Duration.ofSeconds(10)).until(() -> topics().isEmpty());
        assertThat(receiver.hooks()).hasSize(attempts);
        assertThat(sandbox.webhooks("shopify").givenUp()).isEqualTo(1);
        assertThat(sandbox.webhooks("shopify").pending()).isZero();
    }

    @Test
    void anotherSecretSignsFromThenOn() {
        variant("A", "2.00", 5);
        subscribe("INVENTORY_LEVELS_UPDATE");
        shop.control("POST", "/shopify/app", Map.of("clientSecret", "rotated"));

        level("A", 3);

        Hook hook = receiver.await(1).get(0);
        assertThat(hook.header("X-Shopify-Hmac-Sha256"))
                .isEqualTo(WebhookDelivery.signature(Buffer.buffer(hook.body()), "rotated"));
    }

    @Test
    void uninstallingIsToldLastAndComplianceTopicsNeedNoSubscription() {
        variant("A", "2.00", 5);
        subscribe("APP_UNINSTALLED");
        subscribe("INVENTORY_LEVELS_UPDATE");

        shop.control("POST", "/shopify/uninstall", Map.of());
        assertThat(receiver.await("app/uninstalled").json().get("myshopify_domain").asText()).isEqualTo(ShopifySide.DEMO_SHOP);
        assertThat(shop.send("{ shop { id } }", Map.of()).statusCode()).isEqualTo(401);
        level("A", 1);
        shop.control("POST", "/shopify/compliance",
                Map.of("topic", "customers/redact", "uri", receiver.url("/hooks"), "email", "john@example.com", "orders",
                        List.of(299938)));

        JsonNode redact = receiver.await("customers/redact").json();
        assertThat(redact.at("/customer/email").asText()).isEqualTo("john@example.com");
        assertThat(redact.at("/orders_to_redact/0").asLong()).isEqualTo(299938);
        assertThat(receiver.hooks("inventory_levels/update")).isEmpty();
    }

    @Test
    void anOlderWebhookHasNoEventId() {
        shop.control("PUT", "/behaviour", Map.of("eventId", "missing"));
        variant("A", "2.00", 5);
        subscribe("INVENTORY_LEVELS_UPDATE");

        level("A", 3);

        Hook hook = receiver.await(1).get(0);
        assertThat(hook.header("X-Shopify-Event-Id")).isNull();
        assertThat(hook.header("X-Shopify-Webhook-Id")).isNotNull();
    }
}
