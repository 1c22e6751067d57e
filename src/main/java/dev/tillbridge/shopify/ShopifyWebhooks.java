package dev.tillbridge.shopify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.function.UnaryOperator;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.channel.StoreNews;
import dev.tillbridge.channel.WebhookDelivery;
import dev.tillbridge.channel.WebhookRefused;
import dev.tillbridge.platform.Secret;

/** Recognises and reads Shopify's deliveries (shopify.dev/docs/apps/build/webhooks/subscribe/https). */
final class ShopifyWebhooks {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int LONGEST_HEADER = 255;

    private ShopifyWebhooks() {}

    /** The event's id is the same over retries and subscriptions; captures of old versions have the delivery's alone. */
    static WebhookDelivery delivery(UnaryOperator<String> header) {
        var event = header.apply("X-Shopify-Event-Id");
        return new WebhookDelivery(required(header, "X-Shopify-Shop-Domain").toLowerCase(Locale.ROOT),
                required(header, "X-Shopify-Topic"),
                event == null || event.isBlank()
                        ? required(header, "X-Shopify-Webhook-Id")
                        : checked("X-Shopify-Event-Id", event),
                signature(header.apply("X-Shopify-Hmac-Sha256")), time(header.apply("X-Shopify-Triggered-At")));
    }

    static boolean signed(WebhookDelivery delivery, byte[] body, Secret secret) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            var expected = Base64.getEncoder().encode(mac.doFinal(body));
            return MessageDigest.isEqual(expected, delivery.signature().getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    static StoreNews news(WebhookDelivery delivery, byte[] body) {
        JsonNode payload;
        try {
            payload = Wire.JSON.readTree(body);
        } catch (IOException e) {
            // The parser's message quotes the body.
            throw malformed();
        }
        if (payload == null || !payload.isObject()) {
            throw malformed();
        }
        var news = WebhookTopic.of(delivery.topic(), payload);
        if (news.demand() != null) {
            WebhookDemands.requireShop(news.demand().kind(), payload, delivery.shopDomain());
        }
        return news;
    }

    /** Without one a delivery is like one whose signature is wrong: Shopify tries apps with either, and wants the same answer. */
    private static String signature(String header) {
        return header == null ? "" : header.strip();
    }

    private static WebhookRefused malformed() {
        return new WebhookRefused(WebhookRefused.Reason.MALFORMED, "The body is no JSON object.");
    }

    private static String required(UnaryOperator<String> header, String name) {
        var value = header.apply(name);
        if (value == null || value.isBlank()) {
            throw new WebhookRefused(WebhookRefused.Reason.HEADER_MISSING, "The header " + name + " is missing.");
        }
        return checked(name, value);
    }

    private static String checked(String name, String value) {
        var text = value.strip();
        if (text.length() > LONGEST_HEADER || text.chars().anyMatch(Character::isISOControl)) {
            throw new WebhookRefused(WebhookRefused.Reason.HEADER_MISSING,
                    "The header " + name + " is none of Shopify's form.");
        }
        return text;
    }

    private static Instant time(String text) {
        try {
            return text == null ? null : Instant.parse(text.strip());
        } catch (DateTimeException e) {
            return null;
        }
    }
}
