package dev.tillbridge.webhook;

import dev.tillbridge.channel.WebhookHint;

/**
 * A hint to store, the store's or a till's.
 *
 * @param shopDomain whose delivery was verified; null where the till's merchant says whose it is
 * @param integration of the till; null where it is the store's
 * @param hint null where the delivery only shows that webhooks come
 * @param event by which the same delivery is recognised; null where the vendor has nothing of the kind
 */
record InboxEntry(String shopDomain, String integration, String merchantId, WebhookHint hint, String event) {

    static InboxEntry ofStore(String shopDomain, WebhookHint hint, String event) {
        return new InboxEntry(shopDomain, null, null, hint, event);
    }

    static InboxEntry ofTill(String integration, String merchantId, WebhookHint hint) {
        return new InboxEntry(null, integration, merchantId, hint, null);
    }
}
