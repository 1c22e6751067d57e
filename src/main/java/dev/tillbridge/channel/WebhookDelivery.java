package dev.tillbridge.channel;

import java.time.Instant;

/**
 * What the headers of a store's webhook say; nothing of it is certain before the signature was checked.
 *
 * @param eventId the same each time the same event is delivered
 * @param signature empty where the header is missing: nobody's
 * @param triggeredAt when it happened, by the store's clock; null where the header is missing or unreadable
 */
public record WebhookDelivery(String shopDomain, String topic, String eventId, String signature, Instant triggeredAt) {

    @Override
    public String toString() {
        return "WebhookDelivery[" + shopDomain + " " + topic + " " + eventId + "]";
    }
}
