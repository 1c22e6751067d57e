package dev.tillbridge.clover;

import java.util.Locale;

/** What is asked of Clover: a metric's label, a message's words, and the permission it needs. */
enum CloverOperation {
    READ_MERCHANT("reading the merchant", CloverPermission.MERCHANT_R, false),
    READ_PROPERTIES(
            "reading the merchant's properties", CloverPermission.MERCHANT_R,
            false),
    READ_ITEMS("reading items", CloverPermission.INVENTORY_R, false),
    READ_STOCK("reading stock",
            CloverPermission.INVENTORY_R, false),
    WRITE_STOCK("setting stock", CloverPermission.INVENTORY_W, true),
    WRITE_PRICES("setting prices", CloverPermission.INVENTORY_W, true),
    READ_PARTS("reading categories, item groups and options", CloverPermission.INVENTORY_R, false),
    MAKE_PART("making a category, item group or option", CloverPermission.INVENTORY_W, true),
    MAKE_ITEM("making an item", CloverPermission.INVENTORY_W, true),
    /** Absolute: the same again changes nothing more. */
    CHANGE_CATALOGUE("changing items, item groups and options", CloverPermission.INVENTORY_W, true),
    JOIN_ITEMS("joining items with options or a category", CloverPermission.INVENTORY_W, true),
    READ_ORDERS("reading orders", CloverPermission.ORDERS_R, false),
    READ_ORDER("reading an order", CloverPermission.ORDERS_R, false),
    READ_NOTE("reading an order's note", CloverPermission.ORDERS_R, false),
    WRITE_NOTE("writing an order's note", CloverPermission.ORDERS_W, true),
    READ_ORDER_LINES("reading an order's lines", CloverPermission.ORDERS_R, false),
    READ_PAYMENTS("reading payments", CloverPermission.PAYMENTS_R, false),
    READ_PAYMENT("reading a payment", CloverPermission.PAYMENTS_R, false),
    READ_REFUNDS("reading refunds", CloverPermission.PAYMENTS_R, false),
    READ_CREDITS("reading credits", CloverPermission.PAYMENTS_R, false),
    READ_TENDERS("reading tenders", CloverPermission.MERCHANT_R, false),
    READ_ORDER_TYPES("reading order types", CloverPermission.MERCHANT_R, false),
    READ_EMPLOYEES("reading employees", CloverPermission.EMPLOYEES_R, false),
    READ_CUSTOMER("reading a customer", CloverPermission.CUSTOMERS_R, false),
    /** Changes nothing whatever its method: it goes to an id that is not there. */
    TRY_PERMISSION("trying a permission", null, false),
    /** Whether the merchant lives elsewhere; sent once, because a person waits and nothing depends on it. */
    TRY_REGION("asking another region", CloverPermission.MERCHANT_R, false);

    private final String words;
    private final CloverPermission permission;
    private final boolean write;

    CloverOperation(String words, CloverPermission permission, boolean write) {
        this.words = words;
        this.permission = permission;
        this.write = write;
    }

    /** For metrics: {@code read_items}. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String words() {
        return words;
    }

    /** For messages: the permission's words, or a general one. */
    String permissionWords() {
        return permission == null ? "the permission" : "the permission \"" + permission.label() + "\"";
    }

    /** Whether it changes something, so that a failure may leave its outcome unknown. */
    boolean write() {
        return write;
    }
}
