package dev.tillbridge.testing;

import static io.restassured.RestAssured.given;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

/** Sends webhooks as Shopify and Clover do. */
public final class WebhookSender {

    private WebhookSender() {}

    public static ValidatableResponse shopify(String topic, String body, String secret) {
        return shopify(SandboxResource.SHOP, topic, body, secret, UUID.randomUUID().toString());
    }

    public static ValidatableResponse shopify(String shop, String topic, String body, String secret, String event) {
        return headers(shop, topic, event).header("X-Shopify-Hmac-Sha256", signature(body, secret)).body(bytes(body))
                .post("/webhooks/shopify").then();
    }

    /** All headers but the signature. */
    public static RequestSpecification headers(String shop, String topic, String event) {
        return given().header("Content-Type", "application/json").header("X-Shopify-Shop-Domain", shop)
                .header("X-Shopify-Topic", topic).header("X-Shopify-Event-Id", event)
                .header("X-Shopify-Webhook-Id", UUID.randomUUID().toString());
    }

    public static ValidatableResponse clover(String body, String code) {
        RequestSpecification request = given().header("Content-Type", "application/json");
        return (code == null ? request : request.header("X-Clover-Auth", code)).body(bytes(body)).post("/webhooks/clover")
                .then();
    }

    /** A post of one event of the demo merchant's. */
    public static ValidatableResponse cloverEvent(String objectId) {
        return clover("{\"appId\":\"A\",\"merchants\":{\"" + SandboxResource.MERCHANT + "\":[{\"objectId\":\"" + objectId
                + "\",\"type\":\"UPDATE\",\"ts\":1}],\"STRANGER00000\":[{\"objectId\":\"O:1\",\"type\":\"CREATE\",\"ts\":1}]}}",
                LongPolls.CLOVER_CODE);
    }

    public static String signature(String body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(bytes(body)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
