package dev.tillbridge.shopify;

/** The documents of {@code src/main/resources/graphql}, with what is known of each before the first answer. */
enum ShopifyOperation {

    SHOP_PROFILE("shop-profile", false, 15),
    SHOP_LOCATIONS("shop-locations", false, 30),
    SHIPPING_METHODS("shipping-methods", false, 240),
    ORDER_ID_DEFINITION(
            "order-id-definition", false,
            15),
    ORDER_ID_DEFINITION_CREATE("order-id-definition-create", true, 10),
    CATALOG_BULK("catalog-bulk", false,
            0),
    BULK_RUN("bulk-run", false, 10),
    BULK_STATUS("bulk-status", false, 1),
    BULK_CANCEL("bulk-cancel", false,
            10),
    VARIANTS_SINCE("variants-since", false, 50),
    PRODUCTS_SINCE("products-since", false, 15),
    /** Costs as much as ids are asked for: product, connection, collection. */
    PRODUCT_COLLECTIONS("product-collections", false, 6),
    LEVELS_SINCE("levels-since", false, 40),
    /** Costs as much as ids are asked for: item, level and quantity of each. */
    LEVELS_BY_ID("levels-by-id", false, 3),
    STOCK_ADJUST("stock-adjust", true, 15),
    /** A mutation costs 10, and what stands directly in its answer nothing more. */
    ORDER_CREATE("order-create", true, 10),
    ORDERS_BY_IDENTITY("orders-by-identity", false, 20),
    ORDERS_CREATED_SINCE("orders-created-since", false, 15),
    ORDER_TOTALS_SINCE("order-totals-since", false, 20),
    ORDER_BY_ID("order-by-id", false, 35),
    ORDERS_SHIPPED_SINCE("orders-shipped-since", false, 70),
    ORDER_SHIPMENTS("order-shipments", false, 10),
    ORDER_MARK_AS_PAID("order-mark-as-paid", true, 10),
    REFUND_CREATE("refund-create", true, 10),
    FULFILLMENT_CANCEL("fulfillment-cancel", true, 10),
    ORDER_CANCEL("order-cancel", true, 10),
    JOB_STATUS("job-status", false, 1),
    PRODUCT_VARIANTS("product-variants", false, 50),
    WEBHOOK_SUBSCRIPTIONS("webhook-subscriptions", false, 15),
    WEBHOOK_SUBSCRIPTION_CREATE("webhook-subscription-create", true, 10),
    WEBHOOK_SUBSCRIPTION_UPDATE("webhook-subscription-update", true, 10),
    WEBHOOK_SUBSCRIPTION_DELETE("webhook-subscription-delete", true, 10);

    private final String document;
    private final boolean changing;
    private final int estimate;

    ShopifyOperation(String document, boolean changing, int estimate) {
        this.document = document;
        this.changing = changing;
        this.estimate = estimate;
    }

    /** The file's name without its ending; also the operation's name in metrics and messages. */
    String document() {
        return document;
    }

    /**
     * Whether it changes something in the shop, and is therefore sent once. Starting or cancelling a bulk query changes
     * nothing of the merchant's.
     */
    boolean changing() {
        return changing;
    }

    /** Points per row asked for, until Shopify has told its own price. */
    int estimate() {
        return estimate;
    }
}
