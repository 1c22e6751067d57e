package dev.tillbridge.sandbox.shopify;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A shop's orders by slot, with their fulfilments found by id. Every change goes through {@link #change}. */
final class OrderBook {

    static final IdRange ORDERS = new IdRange("Order", 8_734_179_754_290L);
    /** How far back an app sees orders without read_all_orders (schema: access scopes). */
    static final long VISIBLE_MS = 60L * 24 * 60 * 60 * 1000;
    private static final long FIRST_PART = 19_495_196_164_402L;
    private static final long STEP = 32_768;
    private static final long MINUTE_MS = 60_000;

    private final Clock clock;
    private final ShopEvents events;
    private final IndexLag<OrderFacts> index;
    private final List<OrderRow> rows = new ArrayList<>();
    private final Map<Long, FulfillmentRow> fulfillments = new HashMap<>();
    private final Map<Long, FulfillmentOrderRow> fulfillmentOrders = new HashMap<>();
    private final Map<String, OrderRow.Customer> customers = new HashMap<>();
    private final Map<String, CancelJob> jobs = new HashMap<>();
    private final Deque<Long> lastMinute = new ArrayDeque<>();
    private long parts;

    OrderBook(Clock clock, LongSupplier lagMs, ShopEvents events) {
        this.clock = clock;
        this.events = events;
        this.index = new IndexLag<>(clock, lagMs);
    }

    /** By slot, with null where an order is gone. */
    List<OrderRow> rows() {
        return Collections.unmodifiableList(rows);
    }

    Optional<OrderRow> find(Object gid) {
        int slot = ORDERS.slot(Gid.number(ORDERS.type(), gid));
        return slot < 0 || slot >= rows.size() ? Optional.empty() : Optional.ofNullable(rows.get(slot));
    }

    /** Whether the app may see it: older orders need read_all_orders. */
    static boolean visible(OrderRow row, Call call) {
        return row.createdAt >= call.shop().now() - VISIBLE_MS || call.grant().allows("read_all_orders");
    }

    Optional<OrderRow> find(Object gid, Call call) {
        return find(gid).filter(row -> visible(row, call));
    }

    Optional<FulfillmentRow> fulfillment(Object gid) {
        return Optional.ofNullable(fulfillments.get(Gid.number("Fulfillment", gid)));
    }

    Optional<FulfillmentOrderRow> fulfillmentOrder(Object gid) {
        return Optional.ofNullable(fulfillmentOrders.get(Gid.number("FulfillmentOrder", gid)));
    }

    Optional<CancelJob> job(String gid) {
        return Optional.ofNullable(jobs.get(gid));
    }

    /** A new order, not yet in the book. */
    OrderRow begin(String name, String currency, boolean taxesIncluded) {
        return new OrderRow(rows.size(), name, currency, taxesIncluded, clock.millis());
    }

    void add(OrderRow row) {
        index.remember(row.slot, OrderFacts.Was.ABSENT);
        rows.add(row);
        lastMinute.addLast(clock.millis());
        register(row);
        OrderWatch.created(row, events);
    }

    /** Makes its fulfilments and fulfilment orders be found. */
    void register(OrderRow row) {
        row.fulfillments.forEach(each -> fulfillments.put(each.id, each));
        row.fulfillmentOrders.forEach(each -> fulfillmentOrders.put(each.id, each));
    }

    void add(CancelJob job) {
        jobs.put(job.gid(), job);
    }

    /** Runs a change and moves the order's updatedAt; searches see it late. */
    void change(OrderRow row, Runnable change) {
        index.remember(row.slot, OrderFacts.Was.of(row));
        OrderWatch watch = OrderWatch.before(row, events);
        change.run();
        row.updatedAt = clock.millis();
        register(row);
        if (watch != null) {
            watch.changed();
        }
    }

    void delete(OrderRow row) {
        rows.set(row.slot, null);
        events.order(WebhookTopic.ORDERS_DELETE, row);
        row.fulfillments.forEach(each -> fulfillments.remove(each.id));
        row.fulfillmentOrders.forEach(each -> fulfillmentOrders.remove(each.id));
    }

    /** What searches know of an order now. */
    OrderFacts indexed(OrderRow row) {
        return index.view(row.slot, row);
    }

    /** How many orders were added within the last minute. */
    int lastMinute() {
        while (!lastMinute.isEmpty() && lastMinute.peekFirst() <= clock.millis() - MINUTE_MS) {
            lastMinute.removeFirst();
        }
        return lastMinute.size();
    }

    /** The id of the next line, transaction, refund, fulfilment or whatever belongs to an order. */
    long nextPart() {
        return FIRST_PART + parts++ * STEP;
    }

    /** The customer known by this email or phone, or a new one. */
    OrderRow.Customer customer(String known, String firstName, String lastName) {
        long id = known == null || !customers.containsKey(known) ? nextPart() : customers.get(known).id();
        OrderRow.Customer customer = new OrderRow.Customer(id, firstName, lastName);
        if (known != null) {
            customers.put(known, customer);
        }
        return customer;
    }

    void clear() {
        rows.clear();
        index.clear();
        fulfillments.clear();
        fulfillmentOrders.clear();
        customers.clear();
        jobs.clear();
        lastMinute.clear();
    }
}
