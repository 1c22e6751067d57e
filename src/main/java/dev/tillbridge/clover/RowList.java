package dev.tillbridge.clover;

/**
 * One of Clover's lists.
 *
 * @param owner the collection of what it belongs to, such as {@code orders}
 * @param orderId of the order, or other object, it belongs to; null for a list of the merchant's
 * @param name Clover's, such as {@code line_items}
 * @param expand what its rows are to hold beside their own fields, separated by commas; may be null
 * @param row the rows' shape
 */
record RowList<R extends CloverRow>(CloverOperation operation, String owner, String orderId, String name, String expand,
        Class<R> row) {

    /** A list of an order's. */
    RowList(CloverOperation operation, String orderId, String name, String expand, Class<R> row) {
        this(operation, "orders", orderId, name, expand, row);
    }

    /** A list that belongs to an object of another collection. */
    static <R extends CloverRow> RowList<R> of(CloverOperation operation, String owner, String id, String name, Class<R> row) {
        return new RowList<>(operation, owner, id, name, null, row);
    }

    /** A list of the merchant's. */
    static <R extends CloverRow> RowList<R> of(CloverOperation operation, String name, String expand, Class<R> row) {
        return new RowList<>(operation, null, name, expand, row);
    }

    /** For messages: {@code line items}. */
    String words() {
        return name.replace('_', ' ');
    }
}
