package dev.tillbridge.sandbox.shopify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.buffer.Buffer;

import dev.tillbridge.sandbox.SandboxContext;
import dev.tillbridge.sandbox.behaviour.Switch;
import dev.tillbridge.sandbox.webhook.WebhookPost;

/**
 * Webhooks of one shop as they go out: signed with the app's client secret over the raw body, eight retries with growing gaps,
 * always the original payload; a subscription that fails eight times in a row is deleted (doc: apps/build/webhooks; facts section
 * 6).
 */
final class WebhookDelivery {

    static final int RETRIES = 8;
    /** Seconds, 4 hours in all; how the four hours are divided is not documented. */
    private static final List<Integer> GAPS = List.of(10, 60, 300, 630, 1_200, 2_400, 3_600, 6_200);
    private static final List<Double> PARTS = GAPS.stream().map(gap -> gap / 14_400.0).toList();

    private static final DateTimeFormatter NANOSECONDS = DateTimeFormatter
            .ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Shop shop;
    private final SandboxContext context;
    private final Random random;

    WebhookDelivery(Shop shop, SandboxContext context) {
        this.shop = shop;
        this.context = context;
        this.random = new Random(context.options().seed() ^ shop.domain().hashCode());
    }

    /** One event to everybody who subscribes to it: same event id, each with a webhook id of its own. */
    void send(WebhookTopic topic, String productId, Instant triggeredAt, Map<String, Object> payload) {
        String event = newId();
        for (SubscriptionRow row : shop.subscriptions().to(topic)) {
            Map<String, Object> told = payload;
            if (!row.includeFields.isEmpty()) {
                told = new LinkedHashMap<>(payload);
                told.keySet().retainAll(row.includeFields);
            }
            Map<String, String> headers = headers(topic.header(), event, triggeredAt);
            if (productId != null) {
                headers.put("X-Shopify-Product-Id", productId);
            }
            if (row.name != null) {
                headers.put("X-Shopify-Name", row.name);
            }
            post(topic.header(), row.uri, row.app, headers, body(told), receipt(row, topic));
        }
    }

    /** A topic that is subscribed to in the app's settings and not through the API: the compliance topics. */
    void sendUnsubscribed(String topic, String uri, Map<String, Object> payload) {
        post(topic, uri, AccessTokens.STATIC, headers(topic, newId(), Instant.now()), body(payload),
                new WebhookPost.Receipt() {
                });
    }

    private Map<String, String> headers(String topic, String event, Instant triggeredAt) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "Shopify-Captain-Hook");
        headers.put("X-Shopify-Topic", topic);
        headers.put("X-Shopify-Shop-Domain", shop.domain());
        headers.put("X-Shopify-API-Version", ApiVersions.NEWEST);
        headers.put("X-Shopify-Webhook-Id", newId());
        headers.put("X-Shopify-Triggered-At", NANOSECONDS.format(triggeredAt));
        if (context.behaviour().is(Switch.EVENT_ID, "sent")) {
            headers.put("X-Shopify-Event-Id", event);
        }
        return headers;
    }

    private void post(String topic, String uri, String app, Map<String, String> headers, Buffer body,
            WebhookPost.Receipt receipt) {
        headers.put("X-Shopify-Hmac-Sha256", signature(body, shop.tokens().secret(app)));
        context.webhooks().post(new WebhookPost("shopify", topic, shop.domain(), uri, headers, body, PARTS, receipt));
    }

    private WebhookPost.Receipt receipt(SubscriptionRow row, WebhookTopic topic) {
        boolean farewell = topic == WebhookTopic.APP_UNINSTALLED;
        return new WebhookPost.Receipt() {
            @Override
            public boolean wanted() {
                return farewell || !row.gone;
            }

            @Override
            public void attempted(boolean delivered, boolean last) {
                row.failuresInARow = delivered ? 0 : row.failuresInARow + 1;
                boolean spent = context.behaviour().is(Switch.SUBSCRIPTION_DROPPED, "retriesSpent")
                        ? !delivered && last
                        : row.failuresInARow >= RETRIES;
                if (spent) {
                    shop.subscriptions().remove(row);
                }
            }
        };
    }

    /** Slashes are escaped as Shopify does (captured payloads): a signature over anything but the raw body is wrong. */
    private Buffer body(Map<String, Object> payload) {
        try {
            return Buffer.buffer(context.json().writeValueAsString(payload).replace("/", "\\/"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** HMAC-SHA256 in base64. */
    static String signature(Buffer body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String newId() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
