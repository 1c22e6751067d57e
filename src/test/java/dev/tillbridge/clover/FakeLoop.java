package dev.tillbridge.clover;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/** Time that passes when told to; timers may be late. */
final class FakeLoop implements Loop {

    private final PriorityQueue<Timer> timers = new PriorityQueue<>(
            Comparator.comparingLong(Timer::at).thenComparingLong(Timer::number));
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private long now;
    private long number;
    private boolean running;
    private java.util.function.LongSupplier lateness = () -> 0;

    /** Each timer fires so many nanoseconds after it should. */
    void late(java.util.function.LongSupplier nanos) {
        lateness = nanos;
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (running) {
            return;
        }
        running = true;
        try {
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
        } finally {
            running = false;
        }
    }

    @Override
    public Runnable schedule(Runnable task, long delayNanos) {
        Timer timer = new Timer(now + delayNanos + lateness.getAsLong(), number++, task);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    void advance(long nanos) {
        long until = now + nanos;
        while (!timers.isEmpty() && timers.peek().at() <= until) {
            Timer timer = timers.remove();
            now = Math.max(now, timer.at());
            execute(timer.task());
        }
        now = until;
    }

    /** Time passes and nothing runs, as in a collection of garbage: timers of that time are late. */
    void standStill(long nanos) {
        now += nanos;
    }

    private record Timer(long at, long number, Runnable task) {}
}
