package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Fulfilment orders and fulfilments of an order. To be called inside a change of the order, or before it is in the book. */
final class Shipments {

    private final ShopifyBook book;
    private final OrderBook orders;

    Shipments(ShopifyBook book) {
        this.book = book;
        this.orders = book.orders();
    }

    /** A fulfilment order for everything that is not sent. */
    void open(OrderRow order, LocationRow location) {
        List<FulfillmentOrderRow.Part> parts = new ArrayList<>(order.lines.size());
        for (LineRow line : order.lines) {
            if (line.unfulfilled() > 0) {
                parts.add(new FulfillmentOrderRow.Part(orders.nextPart(), line, line.unfulfilled()));
            }
        }
        if (!parts.isEmpty()) {
            order.fulfillmentOrders
                    .add(new FulfillmentOrderRow(orders.nextPart(), order, location, parts, book.now()));
        }
    }

    /** One fulfilment of all that is open. */
    FulfillmentRow sendAll(OrderRow order, List<FulfillmentRow.Tracking> tracking) {
        Map<FulfillmentOrderRow.Part, Integer> all = new java.util.LinkedHashMap<>();
        LocationRow location = null;
        for (FulfillmentOrderRow each : order.fulfillmentOrders) {
            if (!each.status.equals("CLOSED")) {
                location = each.location;
                each.parts.forEach(part -> all.put(part, part.remaining));
            }
        }
        return send(order, location, all, tracking);
    }

    /** A fulfilment of these units. */
    FulfillmentRow send(OrderRow order, LocationRow location, Map<FulfillmentOrderRow.Part, Integer> units,
            List<FulfillmentRow.Tracking> tracking) {
        long now = book.now();
        List<FulfillmentRow.Part> parts = new ArrayList<>(units.size());
        units.forEach((part, number) -> {
            if (number > 0) {
                parts.add(new FulfillmentRow.Part(orders.nextPart(), part.line, number));
                part.remaining -= number;
                part.line.fulfilled += number;
                book.orderStock().release(part.line, number);
            }
        });
        settle(order, now);
        FulfillmentRow sent = new FulfillmentRow(orders.nextPart(), order, location, parts, tracking, now);
        order.fulfillments.add(sent);
        order.givenFulfillment = null;
        return sent;
    }

    /** Cancels a fulfilment: what was in it is to be sent again, by a new fulfilment order (rec: tracking-info-update). */
    void cancel(FulfillmentRow fulfillment) {
        fulfillment.cancelled = true;
        fulfillment.updatedAt = book.now();
        List<FulfillmentOrderRow.Part> parts = new ArrayList<>();
        for (FulfillmentRow.Part each : fulfillment.parts) {
            each.line().fulfilled -= each.quantity();
            int again = Math.min(each.quantity(), each.line().unfulfilled());
            if (again > 0) {
                parts.add(new FulfillmentOrderRow.Part(orders.nextPart(), each.line(), again));
            }
        }
        if (!parts.isEmpty() && !fulfillment.order.cancelled()) {
            fulfillment.order.fulfillmentOrders.add(new FulfillmentOrderRow(orders.nextPart(), fulfillment.order,
                    fulfillment.location, parts, book.now()));
        }
    }

    /** Units were taken off the order before they were sent. */
    void remove(OrderRow order, LineRow line) {
        int open = line.unfulfilled();
        for (FulfillmentOrderRow each : order.fulfillmentOrders) {
            for (FulfillmentOrderRow.Part part : each.parts) {
                if (part.line == line && !each.status.equals("CLOSED")) {
                    part.remaining = Math.min(part.remaining, open);
                    open -= part.remaining;
                }
            }
        }
        settle(order, book.now());
    }

    void close(OrderRow order) {
        for (FulfillmentOrderRow each : order.fulfillmentOrders) {
            if (!each.status.equals("CLOSED")) {
                each.status = "CLOSED";
                each.updatedAt = book.now();
            }
        }
    }

    private static void settle(OrderRow order, long now) {
        for (FulfillmentOrderRow each : order.fulfillmentOrders) {
            int left = each.parts.stream().mapToInt(part -> part.remaining).sum();
            int whole = each.parts.stream().mapToInt(part -> part.total).sum();
            String status = left == 0 ? "CLOSED" : left < whole ? "IN_PROGRESS" : "OPEN";
            if (!each.status.equals("CLOSED") && !each.status.equals(status)) {
                each.status = status;
                each.updatedAt = now;
            }
        }
    }
}
