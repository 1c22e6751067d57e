package dev.tillbridge.webhook;

import java.util.UUID;

import dev.tillbridge.channel.WebhookHint;

/**
 * A hint to store, the store's or a till's.
 *
 * @param storeId whose delivery was verified; null where the till's merchant says whose it is
 * @param integration of the till; null where it is the store's
 * @param hint null where the delivery only shows that webhooks come
 * @param event by which the same delivery is recognised; null where the vendor has nothing of the kind
 */
record InboxEntry(UUID storeId, String integration, String merchantId, WebhookHint hint, String event) {

    static InboxEntry ofStore(UUID storeId, WebhookHint hint, String event) {
        return new InboxEntry(storeId, null, null, hint, event);
    }

    static InboxEntry ofTill(String integration, String merchantId, WebhookHint hint) {
        return new InboxEntry(null, integration, merchantId, hint, null);
    }
}
