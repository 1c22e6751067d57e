package dev.tillbridge.sandbox.shopify;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;

/**
 * webhookSubscriptionCreate and …Update, refused as recorded (rec: webhook-subscription-conformance) where a comment does not say
 * otherwise.
 */
final class SubscriptionWrite {

    static final String UNKNOWN = "Webhook subscription does not exist";
    private static final String[] ADDRESS = { "webhookSubscription", "callbackUrl"};

    private final Arguments input;
    private final Call call;
    private final Subscriptions subscriptions;
    private final UserErrors errors = new UserErrors();

    SubscriptionWrite(Arguments input, Call call) {
        this.input = input;
        this.call = call;
        this.subscriptions = call.shop().subscriptions();
    }

    Map<String, Object> create(String topic) {
        String uri = given() == null ? "" : given();
        checkAddress(uri);
        checkRest();
        checkScope(topic);
        checkFree(topic, uri, null);
        if (!errors.none()) {
            return errors.payload("webhookSubscription", null);
        }
        SubscriptionRow row = subscriptions.create(call.grant().app(), topic, call.shop().now());
        apply(row, uri);
        return errors.payload("webhookSubscription", row);
    }

    Map<String, Object> update(String id) {
        SubscriptionRow row = subscriptions.find(id, call.grant().app()).orElse(null);
        if (row == null) {
            return errors.add(null, UNKNOWN, "id").payload("webhookSubscription", null);
        }
        String uri = given() == null ? row.uri : given();
        checkAddress(uri);
        checkRest();
        checkFree(row.topic, uri, row);
        if (!errors.none()) {
            return errors.payload("webhookSubscription", null);
        }
        apply(row, uri);
        row.updatedAt = call.shop().now();
        return errors.payload("webhookSubscription", row);
    }

    private String given() {
        return input.given("uri") ? input.text("uri") : input.text("callbackUrl");
    }

    private void apply(SubscriptionRow row, String uri) {
        row.uri = uri;
        row.filter = input.given("filter") ? input.text("filter") : row.filter;
        row.format = input.text("format") == null ? row.format : input.text("format");
        row.includeFields = input.given("includeFields") ? texts("includeFields") : row.includeFields;
        row.metafieldNamespaces = input.given("metafieldNamespaces") ? texts("metafieldNamespaces") : row.metafieldNamespaces;
        row.name = input.given("name") ? input.text("name") : row.name;
    }

    private List<String> texts(String field) {
        return input.list(field).stream().map(Object::toString).toList();
    }

    private void checkAddress(String uri) {
        if (uri.isBlank()) {
            errors.add(null, "Address can't be blank", (Object[]) ADDRESS);
            return;
        }
        if (uri.startsWith("pubsub://") || uri.startsWith("arn:")) {
            throw new ShopifyError("SANDBOX_UNSUPPORTED", "The sandbox delivers webhooks by HTTP alone.");
        }
        try {
            URI parsed = new URI(uri);
            if (parsed.getScheme() == null || parsed.getHost() == null) {
                // The text is not recorded.
                errors.add(null, "Address is invalid", (Object[]) ADDRESS);
            } else if (!call.shop().webhookSettings().allows(parsed)) {
                errors.add(null, "Address protocol " + parsed.getScheme() + ":// is not supported", (Object[]) ADDRESS);
            }
        } catch (URISyntaxException e) {
            // The text is not recorded.
            errors.add(null, "Address is invalid", (Object[]) ADDRESS);
        }
    }

    private void checkRest() {
        String filter = input.text("filter");
        if ("XML".equals(input.text("format"))) {
            throw new ShopifyError("SANDBOX_UNSUPPORTED", "The sandbox writes webhooks in JSON alone.");
        }
        if (filter != null && !filter.isBlank() && !filter.contains(":")) {
            errors.add(null, "The specified filter is invalid, please ensure you specify the field(s) you wish to filter on.",
                    "webhookSubscription");
        } else if (filter != null && !filter.isBlank()) {
            throw new ShopifyError("SANDBOX_UNSUPPORTED", "The sandbox does not simulate filters of webhooks.");
        }
    }

    private void checkScope(String topic) {
        String scope = WebhookTopic.named(topic).map(WebhookTopic::scope).orElse(null);
        boolean allowed = scope == null || call.grant().allows(scope)
                || (scope.equals("read_fulfillments") && call.grant().allows("read_orders"));
        if (!allowed) {
            // As reported by many; the field is not recorded.
            errors.add(null, "You do not have permission to create or update webhooks with "
                    + WebhookTopic.named(topic).orElseThrow().header() + " topic", "topic");
        }
    }

    private void checkFree(String topic, String uri, SubscriptionRow self) {
        boolean taken = subscriptions.of(call.grant().app()).stream()
                .anyMatch(row -> row != self && row.topic.equals(topic) && row.uri.equals(uri));
        if (taken) {
            // The text is Shopify's, as in many reports; the field is that of the other refusals of an address.
            errors.add(null, "Address for this topic has already been taken", (Object[]) ADDRESS);
        }
    }
}
