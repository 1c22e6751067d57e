package dev.tillbridge.clover;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Lets the calls of one token through at Clover's pace: everyone waits, nobody is refused. {@link CloverTurns} says who goes
 * next. All state is touched on its {@link Loop} only; the call itself runs on the context of whoever asked, because database
 * sessions and traces are bound to it.
 */
final class CloverGovernor {

    final CloverGate gate;
    private final Map<Lane, LaneQueue> byLane = new EnumMap<>(Lane.class);
    private final CloverTurns turns;
    private final Loop loop;
    private final CloverMetrics metrics;
    private final Supplier<Executor> homes;
    private volatile long lastUsed;

    CloverGovernor(CloverConfig.Rate rate, CloverTurns turns, CloverMetrics metrics) {
        this(rate, turns, metrics, CloverGovernor::home);
    }

    /** @param homes where the call of whoever asks now runs */
    CloverGovernor(CloverConfig.Rate rate, CloverTurns turns, CloverMetrics metrics, Supplier<Executor> homes) {
        this.turns = turns;
        this.loop = turns.loop;
        this.metrics = metrics;
        this.homes = homes;
        this.gate = new CloverGate(rate.perSecond(), rate.concurrent(), loop);
        for (Lane lane : Lane.values()) {
            byLane.put(lane, new LaneQueue(this, lane));
        }
        this.lastUsed = loop.nanos();
    }

    /**
     * Runs the call when its turn has come. Cancelling gives a waiting turn back; a call under way keeps its place until it
     * ends, because Clover counts it until then.
     *
     * @param longest how long to wait before giving up with {@code not-sent}, at once where it is not positive; null waits
     *        for ever
     */
    <T> Uni<T> run(Lane lane, Duration longest, Supplier<Uni<T>> call) {
        return Uni.createFrom().emitter(emitter -> {
            Waiter<T> waiter = new Waiter<>(lane, call, emitter, homes.get(), loop.nanos(), longest);
            emitter.onTermination(() -> {
                waiter.over = true;
                // The queue keeps it until it would be its turn: taking it out of the middle would cost a walk through all.
                loop.execute(() -> unqueue(waiter));
            });
            loop.execute(() -> join(waiter));
        });
    }

    /** Clover answered 429 to a request sent then; see {@link CloverPace#throttled}. */
    void throttled(long sentAt, Duration pause, boolean concurrentLimit, boolean crossToken) {
        loop.execute(() -> turns.throttled(gate, sentAt, pause, concurrentLimit, crossToken));
    }

    /** Monotonic nanoseconds when a call last joined or left. */
    long lastUsed() {
        return lastUsed;
    }

    /** One per lane, the most urgent first. */
    Collection<LaneQueue> queues() {
        return byLane.values();
    }

    /** The first of the queue goes. */
    Waiter<?> take(LaneQueue queue, long now) {
        Waiter<?> waiter = queue.take();
        boolean waited = unqueue(waiter);
        assert waited;
        lastUsed = now;
        metrics.started(waiter.lane, now - waiter.since);
        return waiter;
    }

    void ended() {
        metrics.ended();
    }

    /** Whoever waits no longer is told that nothing was sent. */
    void giveUp(Waiter<?> waiter) {
        if (unqueue(waiter)) {
            waiter.over = true;
            waiter.home.execute(() -> waiter.emitter.fail(Waiter.notSent()));
        }
    }

    private void join(Waiter<?> waiter) {
        lastUsed = loop.nanos();
        if (waiter.over) {
            return;
        }
        byLane.get(waiter.lane).add(waiter);
        waiter.queued = true;
        metrics.queued();
        if (waiter.longest != null) {
            if (waiter.late(loop.nanos())) {
                giveUp(waiter);
                return;
            }
            waiter.stopTimer = loop.schedule(() -> giveUp(waiter), waiter.deadline() - loop.nanos());
        }
        turns.join(this);
    }

    private boolean unqueue(Waiter<?> waiter) {
        if (!waiter.queued) {
            return false;
        }
        waiter.queued = false;
        waiter.stopTimer.run();
        metrics.unqueued();
        return true;
    }

    /** Leads back to the Vert.x context this is called on, if any. */
    static Executor home() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(ignored -> task.run());
    }
}
