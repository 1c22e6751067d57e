package dev.tillbridge.sandbox.shopify;

import java.util.List;

/** What searches know of an order; they see changes late. */
interface OrderFacts {

    /** Whether searches know of it at all. */
    boolean present();

    long updatedAt();

    String name();

    List<String> tags();

    String financialStatus();

    String fulfillmentStatus();

    boolean cancelled();

    boolean closed();

    /** What they knew before a change. */
    record Was(boolean present, long updatedAt, String name, List<String> tags, String financialStatus,
            String fulfillmentStatus, boolean cancelled, boolean closed) implements OrderFacts {

        static final Was ABSENT = new Was(false, 0, "", List.of(), null, "UNFULFILLED", false, false);

        static Was of(OrderRow row) {
            return new Was(true, row.updatedAt, row.name, row.tags, row.financialStatus(), row.fulfillmentStatus(),
                    row.cancelled(), row.closed());
        }
    }
}
