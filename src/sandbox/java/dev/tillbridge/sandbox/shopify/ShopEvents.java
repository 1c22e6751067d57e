package dev.tillbridge.sandbox.shopify;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.vertx.core.Vertx;

/**
 * What happens in a shop, gathered within one turn of the event loop: a call that changes a product's 100 variants tells of the
 * product once, with its last state. What nobody subscribes to costs nothing.
 */
final class ShopEvents {

    private final Shop shop;
    private final Vertx vertx;
    private final WebhookDelivery delivery;
    private final Map<What, Event> gathered = new LinkedHashMap<>();

    ShopEvents(Shop shop, Vertx vertx, WebhookDelivery delivery) {
        this.shop = shop;
        this.vertx = vertx;
        this.delivery = delivery;
    }

    boolean wants(WebhookTopic topic) {
        return shop.subscriptions().wants(topic);
    }

    void level(WebhookTopic topic, VariantRow variant, LocationRow location) {
        long item = Catalogue.ITEMS.id(variant.slot);
        long place = Catalogue.LOCATIONS.id(location.slot);
        boolean gone = topic == WebhookTopic.INVENTORY_LEVELS_DISCONNECT;
        String levelId = Catalogue.gid(new LevelRow(location, variant));
        tell(topic, levelId, null, () -> gone
                ? ShopPayloads.object("inventory_item_id", item, "location_id", place)
                : ShopPayloads.level(variant, location, zone()));
        if (topic == WebhookTopic.INVENTORY_LEVELS_UPDATE && shop.stockTellsProduct()) {
            product(WebhookTopic.PRODUCTS_UPDATE, variant.product);
        }
    }

    void product(WebhookTopic topic, ProductRow product) {
        String id = Long.toString(Catalogue.PRODUCTS.id(product.slot));
        tell(topic, id, id, () -> topic == WebhookTopic.PRODUCTS_DELETE
                ? ShopPayloads.object("id", Catalogue.PRODUCTS.id(product.slot))
                : new ProductPayload(shop, zone()).of(product));
    }

    void item(WebhookTopic topic, VariantRow variant) {
        tell(topic, Catalogue.ITEMS.gid(variant.slot), null, () -> topic == WebhookTopic.INVENTORY_ITEMS_DELETE
                ? ShopPayloads.object("id", Catalogue.ITEMS.id(variant.slot), "admin_graphql_api_id",
                        Catalogue.ITEMS.gid(variant.slot))
                : ShopPayloads.item(variant, zone()));
    }

    void location(WebhookTopic topic, LocationRow location) {
        tell(topic, Catalogue.LOCATIONS.gid(location.slot), null, () -> ShopPayloads.location(location, zone()));
    }

    void order(WebhookTopic topic, OrderRow order) {
        tell(topic, order.gid(), null, () -> topic == WebhookTopic.ORDERS_DELETE
                ? ShopPayloads.object("id", OrderBook.ORDERS.id(order.slot))
                : new OrderPayload(zone()).of(order));
    }

    void fulfillment(WebhookTopic topic, FulfillmentRow row) {
        tell(topic, row.gid(), null, () -> new OrderPayload(zone()).fulfillment(row));
    }

    void refund(RefundRow row) {
        tell(WebhookTopic.REFUNDS_CREATE, Gid.of("Refund", row.id()), null, () -> new OrderPayload(zone()).refund(row));
    }

    void transaction(OrderRow order, TransactionRow row) {
        tell(WebhookTopic.ORDER_TRANSACTIONS_CREATE, row.gid(), null,
                () -> new OrderPayload(zone()).transaction(order, row));
    }

    void bulk(BulkOperationRow row) {
        tell(WebhookTopic.BULK_OPERATIONS_FINISH, row.id(), null, () -> ShopPayloads.bulk(row));
    }

    void shop() {
        tell(WebhookTopic.SHOP_UPDATE, shop.gid(), null, () -> ShopPayloads.shop(shop));
    }

    void scopes(Iterable<String> before, Iterable<String> after) {
        tell(WebhookTopic.APP_SCOPES_UPDATE, shop.gid(), null,
                () -> ShopPayloads.object("id", 690_933_842_226L, "previous", before, "current", after, "updated_at",
                        Timestamps.text(shop.now())));
    }

    /** The last that is told of a shop: afterwards the subscriptions are gone. */
    void uninstalled() {
        flush();
        delivery.send(WebhookTopic.APP_UNINSTALLED, null, Instant.now(), ShopPayloads.shop(shop));
    }

    private void tell(WebhookTopic topic, String what, String productId, Supplier<Map<String, Object>> payload) {
        if (!wants(topic)) {
            return;
        }
        if (gathered.isEmpty()) {
            vertx.runOnContext(unused -> flush());
        }
        gathered.putIfAbsent(new What(topic, what), new Event(productId, Instant.now(), payload));
    }

    private void flush() {
        Map<What, Event> events = new LinkedHashMap<>(gathered);
        gathered.clear();
        events.forEach(
                (what, event) -> delivery.send(what.topic, event.productId, event.triggeredAt, event.payload.get()));
    }

    private ZoneId zone() {
        return ZoneId.of(shop.profile().timezone());
    }

    private record What(WebhookTopic topic, String id) {}

    private record Event(String productId, Instant triggeredAt, Supplier<Map<String, Object>> payload) {}
}
