package dev.tillbridge.sandbox.shopify;

import java.util.Arrays;
import java.util.Optional;

/** The topics the simulated shop tells of (facts section 6); the schema's other topics can be subscribed to and stay silent. */
enum WebhookTopic {
    PRODUCTS_CREATE("products/create", "read_products"),
    PRODUCTS_UPDATE("products/update", "read_products"),
    PRODUCTS_DELETE("products/delete", "read_products"),
    INVENTORY_ITEMS_CREATE("inventory_items/create", "read_inventory"),
    INVENTORY_ITEMS_UPDATE("inventory_items/update", "read_inventory"),
    INVENTORY_ITEMS_DELETE("inventory_items/delete", "read_inventory"),
    INVENTORY_LEVELS_CONNECT("inventory_levels/connect", "read_inventory"),
    INVENTORY_LEVELS_UPDATE("inventory_levels/update", "read_inventory"),
    INVENTORY_LEVELS_DISCONNECT("inventory_levels/disconnect", "read_inventory"),
    LOCATIONS_CREATE("locations/create", "read_locations"),
    LOCATIONS_UPDATE("locations/update", "read_locations"),
    LOCATIONS_ACTIVATE("locations/activate", "read_locations"),
    LOCATIONS_DEACTIVATE("locations/deactivate", "read_locations"),
    ORDERS_CREATE("orders/create", "read_orders"),
    ORDERS_UPDATED("orders/updated", "read_orders"),
    ORDERS_PAID("orders/paid", "read_orders"),
    ORDERS_CANCELLED("orders/cancelled", "read_orders"),
    ORDERS_FULFILLED("orders/fulfilled", "read_orders"),
    ORDERS_PARTIALLY_FULFILLED("orders/partially_fulfilled", "read_orders"),
    ORDERS_DELETE("orders/delete", "read_orders"),
    ORDER_TRANSACTIONS_CREATE("order_transactions/create", "read_orders"),
    REFUNDS_CREATE("refunds/create", "read_orders"),
    FULFILLMENTS_CREATE("fulfillments/create", "read_fulfillments"),
    FULFILLMENTS_UPDATE("fulfillments/update", "read_fulfillments"),
    BULK_OPERATIONS_FINISH("bulk_operations/finish", null),
    SHOP_UPDATE("shop/update", null),
    APP_SCOPES_UPDATE("app/scopes_update", null),
    APP_UNINSTALLED("app/uninstalled", null);

    private final String header;
    private final String scope;

    WebhookTopic(String header, String scope) {
        this.header = header;
        this.scope = scope;
    }

    /** As {@code X-Shopify-Topic} has it. */
    String header() {
        return header;
    }

    /** What an app must have been granted to subscribe to it; null for nothing. */
    String scope() {
        return scope;
    }

    /** Empty for a topic of the schema that is never told. */
    static Optional<WebhookTopic> named(String topic) {
        return Arrays.stream(values()).filter(each -> each.name().equals(topic)).findFirst();
    }
}
