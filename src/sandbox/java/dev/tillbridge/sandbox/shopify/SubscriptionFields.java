package dev.tillbridge.sandbox.shopify;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** Webhook subscriptions: listed, looked up, made, changed and deleted. */
final class SubscriptionFields {

    private SubscriptionFields() {}

    static void add(FieldTable table) {
        table.type("QueryRoot", FieldTable.Root.class)
                .with("webhookSubscription",
                        (root, arguments, call) -> call.shop().subscriptions().find(arguments.text("id"), call.grant().app())
                                .orElse(null))
                .with("webhookSubscriptions", (root, arguments, call) -> listed(arguments, call));
        table.type("WebhookSubscription", SubscriptionRow.class).plain("id", SubscriptionRow::gid)
                .plain("legacyResourceId", row -> Long.toString(row.id)).plain("topic", row -> row.topic)
                .plain("uri", row -> row.uri).plain("callbackUrl", row -> row.uri).plain("filter", row -> row.filter)
                .plain("format", row -> row.format).plain("includeFields", row -> row.includeFields)
                .plain("metafieldNamespaces", row -> row.metafieldNamespaces).plain("name", row -> row.name)
                .plain("apiVersion", row -> ApiVersions.newest())
                .plain("createdAt", row -> Timestamps.text(row.createdAt))
                .plain("updatedAt", row -> Timestamps.text(row.updatedAt));
        table.type("Mutation", FieldTable.Root.class)
                .with("webhookSubscriptionCreate",
                        (root, arguments, call) -> new SubscriptionWrite(arguments.object("webhookSubscription"), call)
                                .create(arguments.text("topic")))
                .with("webhookSubscriptionUpdate",
                        (root, arguments, call) -> new SubscriptionWrite(arguments.object("webhookSubscription"), call)
                                .update(arguments.text("id")))
                .with("webhookSubscriptionDelete", (root, arguments, call) -> delete(arguments.text("id"), call));
    }

    private static Listing<SubscriptionRow> listed(Arguments arguments, Call call) {
        if (arguments.text("query") != null) {
            throw new ShopifyError("SANDBOX_UNSUPPORTED", "The sandbox does not simulate searching subscriptions.");
        }
        String uri = arguments.text("uri") == null ? arguments.text("callbackUrl") : arguments.text("uri");
        List<?> topics = arguments.list("topics");
        Predicate<SubscriptionRow> wanted = row -> (topics.isEmpty() || topics.contains(row.topic))
                && (uri == null || uri.equals(row.uri))
                && (arguments.text("format") == null || Objects.equals(arguments.text("format"), row.format));
        return Listing.byId(call.shop().subscriptions().of(call.grant().app()).stream().filter(wanted).toList(), row -> row.id);
    }

    private static Map<String, Object> delete(String id, Call call) {
        UserErrors errors = new UserErrors();
        SubscriptionRow row = call.shop().subscriptions().find(id, call.grant().app()).orElse(null);
        if (row == null) {
            return errors.add(null, SubscriptionWrite.UNKNOWN, "id").payload("deletedWebhookSubscriptionId", null);
        }
        call.shop().subscriptions().remove(row);
        return errors.payload("deletedWebhookSubscriptionId", row.gid());
    }
}
