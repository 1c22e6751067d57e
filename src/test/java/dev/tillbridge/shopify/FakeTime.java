package dev.tillbridge.shopify;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/** A clock and its timer that stand still until they are moved. */
final class FakeTime implements LongSupplier, ShopifyGovernor.Timer {

    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(
            Comparator.<Alarm>comparingLong(Alarm::at).thenComparingLong(Alarm::order));
    private long now = 1_000_000_000L;
    private long order;

    @Override
    public long getAsLong() {
        return now;
    }

    @Override
    public Runnable after(Duration delay, Runnable action) {
        var alarm = new Alarm(now + delay.toNanos(), order++, action);
        alarms.add(alarm);
        return () -> alarms.remove(alarm);
    }

    /** Moves on, stopping at each alarm on the way. */
    void advance(Duration by) {
        var until = now + by.toNanos();
        while (!alarms.isEmpty() && alarms.peek().at() <= until) {
            var alarm = alarms.poll();
            now = Math.max(now, alarm.at());
            alarm.action().run();
        }
        now = until;
    }

    Duration since(long start) {
        return Duration.ofNanos(now - start);
    }

    private record Alarm(long at, long order, Runnable action) {}
}
