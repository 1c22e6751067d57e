package dev.tillbridge.sandbox.shopify;

import java.util.List;

/** A webhook subscription that an app made through the API. */
final class SubscriptionRow {

    static final String TYPE = "WebhookSubscription";

    final long id;
    final String app;
    final String topic;
    final long createdAt;
    long updatedAt;
    String uri;
    /** Null where none was given. */
    String filter;
    String format = "JSON";
    /** Empty for all. */
    List<String> includeFields = List.of();
    List<String> metafieldNamespaces = List.of();
    String name;
    int failuresInARow;
    /** Nothing is sent any more, nor tried again. */
    boolean gone;

    SubscriptionRow(long id, String app, String topic, long now) {
        this.id = id;
        this.app = app;
        this.topic = topic;
        this.createdAt = now;
        this.updatedAt = now;
    }

    String gid() {
        return Gid.of(TYPE, id);
    }
}
