package dev.tillbridge.sandbox.shopify;

import java.util.List;

/** Goods that left; SUCCESS until it is cancelled. */
final class FulfillmentRow {

    /** How the parcel is followed; each may be null. */
    record Tracking(String company, String number, String url) {}

    /** Units of a line in the parcel. */
    record Part(long id, LineRow line, int quantity) {}

    final long id;
    final OrderRow order;
    final String name;
    final LocationRow location;
    final List<Part> parts;
    final long createdAt;
    List<Tracking> tracking;
    boolean cancelled;
    long updatedAt;

    FulfillmentRow(long id, OrderRow order, LocationRow location, List<Part> parts, List<Tracking> tracking, long now) {
        this.id = id;
        this.order = order;
        this.name = order.name + "-F" + (order.fulfillments.size() + 1);
        this.location = location;
        this.parts = parts;
        this.tracking = tracking;
        this.createdAt = now;
        this.updatedAt = now;
    }

    String gid() {
        return Gid.of("Fulfillment", id);
    }
}
