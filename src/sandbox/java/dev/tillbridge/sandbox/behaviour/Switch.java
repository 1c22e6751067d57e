package dev.tillbridge.sandbox.behaviour;

import java.util.List;
import java.util.Optional;

/**
 * What the vendors' documents leave open. The first value of each is its default. Contract tests run every value that has an
 * effect on what they test.
 */
public enum Switch {
    /** Shopify: whether {@code updated_at} filters and searches lag behind writes by the search lag. */
    LEVEL_FILTER("levelFilter", "lagging", "current"),
    /** Shopify: whether an idempotency key is spent when its first attempt was refused with user errors (schema text), or not. */
    REFUSED_KEY("refusedKey", "spent", "reusable"),
    /** Clover: whether a missing permission is found before an unknown id (401) or after (404 whatever the token may do). */
    RIGHTS_CHECKED("rightsChecked", "beforeExistence", "afterExistence"),
    /** Clover: whether a stock write changes the item's modifiedTime. A documented sample shows an older item (facts 3). */
    STOCK_WRITE_TOUCHES_ITEM("stockWriteTouchesItem", "no", "yes"),
    /** Clover: whether {@code GET items} lists deleted items (with {@code deletedTime}) unless filtered. */
    DELETED_ITEMS("deletedItems", "hidden", "listed"),
    /** Clover: what a call without User-Agent gets; mandatory since April 2026, the effect is not stated. */
    MISSING_USER_AGENT("missingUserAgent", "refused", "accepted"),
    /** Clover: when a sale lowers the item's stock. */
    SALE_DECREMENTS("saleDecrements", "paid", "opened", "never"),
    /** Clover: whether refunds and voids raise the item's stock again. */
    REFUNDS_RESTOCK("refundsRestock", "no", "yes"),
    /** Clover: whether a PUT of bulk_items that is refused for one row changes the rows before it. */
    BULK_REFUSAL("bulkRefusal", "whole", "partial"),
    /** Clover: whether a PUT of bulk_items is answered with the items; its form is not documented. */
    BULK_ANSWER("bulkAnswer", "items", "none", "empty"),
    /** Clover: whether orders made through the API lower stock like those of a device. */
    API_ORDERS_DECREMENT("apiOrdersDecrement", "no", "yes"),
    /** Clover: how many fields a call may expand. Its documents say three; a third party saw four accepted (facts 2). */
    EXPAND_LIMIT("expandLimit", "three", "unlimited"),
    /** Clover: whether lists filtered by times other than createdTime are cut to the latest 90 days as well (facts 4). */
    MODIFIED_TIME_WINDOW("modifiedTimeWindow", "free", "cut"),
    /** Clover: whether a deleted order can still be read by its id. */
    DELETED_ORDERS("deletedOrders", "gone", "readable"),
    /** Clover: whether a refund or credit changes its order's modifiedTime. */
    REFUND_TOUCHES_ORDER("refundTouchesOrder", "no", "yes"),
    /** Clover: whether a late tip changes its order's modifiedTime; its payment's it changes in any case. */
    TIP_TOUCHES_ORDER("tipTouchesOrder", "no", "yes"),
    /** Clover: whether a till rounds each tax rate's sum, or the tax of each line. */
    TAX_ROUNDING("taxRounding", "perRate", "perLine"),
    /** Clover: whether the service charge is taken of the sum after or before the order's discounts. */
    SERVICE_CHARGE_BASE("serviceChargeBase", "afterDiscounts", "beforeDiscounts"),
    /** Shopify: whether a second order with the same value of an {@code id} metafield is refused. */
    DUPLICATE_ID_METAFIELD("duplicateIdMetafield", "refused", "accepted"),
    /**
     * Shopify: whether a change of stock also tells {@code products/update}, which is reported both ways (facts 3, 7); updatedAt stays
     * in any case.
     */
    STOCK_TELLS_PRODUCT("stockTellsProduct", "yes", "no"),
    /** Shopify: whether a product's webhook has all of its variants, or the first 100 and the ids of all (facts 6, 9). */
    PRODUCT_WEBHOOK_VARIANTS("productWebhookVariants", "whole", "cut"),
    /** Shopify: whether webhooks carry {@code X-Shopify-Event-Id}; an older capture has none (facts 6). */
    EVENT_ID("eventId", "sent", "missing"),
    /** Shopify: whether eight failed attempts in a row delete a subscription, or the last failed retry of one webhook. */
    SUBSCRIPTION_DROPPED("subscriptionDropped", "eightInARow", "retriesSpent"),
    /** Clover: whether {@code I} also tells of stock and availability, or {@code IS} and {@code IA} do (announced, no date). */
    ITEM_WEBHOOKS("itemWebhooks", "joined", "split"),
    /** Clover: whether webhooks that are not answered 2xx are sent again; its policy is not published. */
    CLOVER_WEBHOOK_RETRIES("cloverWebhookRetries", "no", "yes"),
    /** Clover: whether orders are hidden from lists until the device gives them a state. */
    HIDDEN_ORDERS("hiddenOrders", "no", "yes"),
    /** Clover: whether offline devices deliver orders late, with old times. */
    LATE_ORDERS("lateOrders", "no", "yes"),
    /** Clover: whether the device's clock is off. */
    DEVICE_CLOCK("deviceClock", "right", "off");

    private final String key;
    // List.of is immutable, which its type does not say.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> positions;

    Switch(String key, String... positions) {
        this.key = key;
        this.positions = List.of(positions);
    }

    public String key() {
        return key;
    }

    /** The legal values, the default first. */
    public List<String> positions() {
        return positions;
    }

    static Optional<Switch> named(String key) {
        for (Switch candidate : values()) {
            if (candidate.key.equals(key)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
