package dev.tillbridge.sandbox.clover;

import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;

import dev.tillbridge.sandbox.clover.SaleRow.Moment;

/**
 * The sales of one merchant, and what is still on its way into the book. Nothing runs in the background: whoever looks has to
 * call {@link #settle} first.
 */
final class SaleBook {

    private static final long CLOCKS_APART_MS = 5;

    final SaleRows<Order> orders = new SaleRows<>();
    final SaleRows<Payment> payments = new SaleRows<>();
    final SaleRows<Refund> refunds = new SaleRows<>();
    final SaleRows<Credit> credits = new SaleRows<>();
    /** Two devices, used in turn. */
    final List<String> devices;
    /** Of what happens at random: who comes late. */
    final Random chance;
    private final CloverIds ids;
    private final Clock clock;
    private final Map<String, Order> underWay = new HashMap<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private long eventNumber;
    private BiConsumer<String, String> told = (objectId, type) -> {
    };
    private ObjLongConsumer<Runnable> waker = (work, inMs) -> {
    };

    SaleBook(CloverIds ids, Clock clock, long seed) {
        this.ids = ids;
        this.clock = clock;
        this.chance = new Random(seed);
        this.devices = List.of(uuid(chance), uuid(chance));
    }

    /**
     * @param listener takes an object's id such as {@code O:…} and CREATE, UPDATE or DELETE
     * @param atATime runs something after so many milliseconds, so that it need not wait for somebody who looks
     */
    void tells(BiConsumer<String, String> listener, ObjLongConsumer<Runnable> atATime) {
        told = listener;
        waker = atATime;
    }

    void tell(Payment payment, String type) {
        told.accept("P:" + payment.id, type);
    }

    void tell(Order order, String type) {
        told.accept("O:" + order.id, type);
    }

    private static String uuid(Random random) {
        byte[] seed = new byte[16];
        random.nextBytes(seed);
        return UUID.nameUUIDFromBytes(seed).toString();
    }

    String newId() {
        return ids.next();
    }

    /** Epoch milliseconds. */
    long now() {
        return clock.millis();
    }

    /** What the server writes: whole seconds. */
    long serverNow() {
        return wholeSeconds(now());
    }

    static long wholeSeconds(long millis) {
        return Math.floorDiv(millis, 1_000L) * 1_000L;
    }

    /**
     * A moment as server and device write it.
     *
     * @param clockError what the device's clock is off, in milliseconds
     */
    static Moment moment(long millis, long clockError) {
        return new Moment(wholeSeconds(millis), millis + clockError);
    }

    /** An order that reaches the book at that time. */
    void arrives(Order order, long at) {
        underWay.put(order.id, order);
        at(at, () -> {
            underWay.remove(order.id);
            orders.add(order);
            tell(order, "CREATE");
        });
    }

    /** An order that is in the book or on its way; null if there is none. */
    Order made(String id) {
        Order order = orders.find(id);
        return order == null ? underWay.get(id) : order;
    }

    boolean isUnderWay(Order order) {
        return underWay.containsKey(order.id);
    }

    /** Does something at that time, or now if that is past. */
    void at(long at, Runnable work) {
        events.add(new Event(at, eventNumber++, work));
        settle();
        if (at > now()) {
            // A timer and this clock are not the same: better a little late than just too early.
            waker.accept(this::settle, at - now() + CLOCKS_APART_MS);
        }
    }

    /** Lets everything happen whose time has come. */
    void settle() {
        while (!events.isEmpty() && events.peek().at() <= now()) {
            events.poll().work().run();
        }
    }

    /** The order was written now. */
    void touched(Order order) {
        touched(order, now());
    }

    /** The order was written at that time; its modifiedTime never goes back. */
    void touched(Order order, long at) {
        stamp(order, at);
        if (orders.find(order.id) == order) {
            tell(order, "UPDATE");
        }
    }

    /** As {@link #touched(Order, long)}, but nothing is told: it was long ago. */
    void stamp(Order order, long at) {
        order.modifiedTime = Math.max(order.modifiedTime, wholeSeconds(at));
        orders.changed();
    }

    private record Event(long at, long number, Runnable work) {}
}
