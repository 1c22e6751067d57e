package dev.tillbridge.sandbox.shopify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What of an order is told after a change: compares it with what it was before. */
final class OrderWatch {

    private static final List<WebhookTopic> TOPICS = List.of(WebhookTopic.ORDERS_UPDATED, WebhookTopic.ORDERS_PAID,
            WebhookTopic.ORDERS_CANCELLED, WebhookTopic.ORDERS_FULFILLED, WebhookTopic.ORDERS_PARTIALLY_FULFILLED,
            WebhookTopic.ORDER_TRANSACTIONS_CREATE, WebhookTopic.REFUNDS_CREATE, WebhookTopic.FULFILLMENTS_CREATE,
            WebhookTopic.FULFILLMENTS_UPDATE);

    private final OrderRow row;
    private final ShopEvents events;
    private final String financial;
    private final String fulfillment;
    private final boolean cancelled;
    private final int transactions;
    private final int refunds;
    private final Map<FulfillmentRow, Sent> sent = new HashMap<>();

    private record Sent(boolean cancelled, List<FulfillmentRow.Tracking> tracking) {
        static Sent of(FulfillmentRow row) {
            return new Sent(row.cancelled, row.tracking);
        }
    }

    private OrderWatch(OrderRow row, ShopEvents events, boolean fresh) {
        this.row = row;
        this.events = events;
        this.financial = fresh ? null : row.financialStatus();
        this.fulfillment = fresh ? "UNFULFILLED" : row.fulfillmentStatus();
        this.cancelled = !fresh && row.cancelled();
        this.transactions = fresh ? 0 : row.transactions.size();
        this.refunds = fresh ? 0 : row.refunds.size();
        if (!fresh) {
            row.fulfillments.forEach(each -> sent.put(each, Sent.of(each)));
        }
    }

    /** To be called before a change; null where nobody wants to know. */
    static OrderWatch before(OrderRow row, ShopEvents events) {
        return TOPICS.stream().anyMatch(events::wants) ? new OrderWatch(row, events, false) : null;
    }

    /** A new order, with all that it brings. */
    static void created(OrderRow row, ShopEvents events) {
        events.order(WebhookTopic.ORDERS_CREATE, row);
        if (TOPICS.stream().anyMatch(events::wants)) {
            new OrderWatch(row, events, true).differences();
        }
    }

    void changed() {
        events.order(WebhookTopic.ORDERS_UPDATED, row);
        differences();
    }

    private void differences() {
        if (!"PAID".equals(financial) && "PAID".equals(row.financialStatus())) {
            events.order(WebhookTopic.ORDERS_PAID, row);
        }
        if (!cancelled && row.cancelled()) {
            events.order(WebhookTopic.ORDERS_CANCELLED, row);
        }
        row.transactions.subList(Math.min(transactions, row.transactions.size()), row.transactions.size())
                .forEach(each -> events.transaction(row, each));
        row.refunds.subList(Math.min(refunds, row.refunds.size()), row.refunds.size()).forEach(events::refund);
        for (FulfillmentRow each : row.fulfillments) {
            Sent was = sent.get(each);
            if (was == null) {
                events.fulfillment(WebhookTopic.FULFILLMENTS_CREATE, each);
            } else if (!was.equals(Sent.of(each))) {
                events.fulfillment(WebhookTopic.FULFILLMENTS_UPDATE, each);
            }
        }
        String now = row.fulfillmentStatus();
        if (!fulfillment.equals(now) && now.equals("FULFILLED")) {
            events.order(WebhookTopic.ORDERS_FULFILLED, row);
        } else if (!fulfillment.equals(now) && now.equals("PARTIALLY_FULFILLED")) {
            events.order(WebhookTopic.ORDERS_PARTIALLY_FULFILLED, row);
        }
    }
}
