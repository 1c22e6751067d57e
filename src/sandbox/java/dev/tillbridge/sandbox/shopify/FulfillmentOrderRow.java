package dev.tillbridge.sandbox.shopify;

import java.util.List;

/** What is to be sent from one location. */
final class FulfillmentOrderRow {

    /** A line's units; {@code remaining} are not sent yet. */
    static final class Part {
        final long id;
        final LineRow line;
        final int total;
        int remaining;

        Part(long id, LineRow line, int total) {
            this.id = id;
            this.line = line;
            this.total = total;
            this.remaining = total;
        }
    }

    final long id;
    final OrderRow order;
    final LocationRow location;
    final List<Part> parts;
    final long createdAt;
    /** OPEN, IN_PROGRESS (some is sent) or CLOSED. */
    String status = "OPEN";
    long updatedAt;

    FulfillmentOrderRow(long id, OrderRow order, LocationRow location, List<Part> parts, long now) {
        this.id = id;
        this.order = order;
        this.location = location;
        this.parts = parts;
        this.createdAt = now;
        this.updatedAt = now;
    }

    String gid() {
        return Gid.of("FulfillmentOrder", id);
    }
}
