package dev.tillbridge.clover;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Lets the calls of one token through at Clover's pace: everyone waits, nobody is refused. The most urgent lane goes
 * first, but a lane passed over {@link #PATIENCE} times is next. All state is touched on one {@link Loop} only; the call
 * itself runs on the context of whoever asked, because database sessions and traces are bound to it.
 */
final class CloverGovernor {

    /** So every waiting lane has at least about 3 % of the pace, and urgent ones lose little. */
    static final int PATIENCE = 31;
    /** By then a request has left this process, if that runs; and a timer this late shows that it stood still. */
    private static final long LEFT_BY = TimeUnit.MILLISECONDS.toNanos(15);

    private final Loop loop;
    private final CloverMetrics metrics;
    private final CloverPace pace;
    private final Map<Lane, Queue> queues = new EnumMap<>(Lane.class);
    private final Supplier<Executor> homes;
    private int inFlight;
    private boolean leaving;
    private long leftAt;
    private boolean surelyLeft = true;
    private long wakeAt = Long.MAX_VALUE;
    private volatile long lastUsed;
    /** Whose turn each call needs, too; null where there is none. */
    private final CloverGovernor above;
    /** Nothing starts from then on, until other limits are told. */
    private long closedFrom = Long.MAX_VALUE;

    CloverGovernor(CloverConfig.Rate rate, Loop loop, CloverMetrics metrics) {
        this(rate, loop, metrics, CloverGovernor::home);
    }

    /** @param above lets each call through after this one has, and this one's next only then; null where there is none */
    static CloverGovernor below(CloverGovernor above, CloverConfig.Rate rate, Loop loop, CloverMetrics metrics) {
        return new CloverGovernor(new CloverPace(rate.perSecond(), rate.concurrent(), loop.nanos()), loop, metrics,
                CloverGovernor::home, above);
    }

    /** Closed until its limits are told. */
    static CloverGovernor closed(Loop loop, CloverMetrics metrics) {
        CloverGovernor governor = new CloverGovernor(new CloverPace(1, 1, loop.nanos()), loop, metrics, CloverGovernor::home,
                null);
        governor.closedFrom = Long.MIN_VALUE;
        return governor;
    }

    /** @param homes where the call of whoever asks now runs */
    CloverGovernor(CloverConfig.Rate rate, Loop loop, CloverMetrics metrics, Supplier<Executor> homes) {
        this(new CloverPace(rate.perSecond(), rate.concurrent(), loop.nanos()), loop, metrics, homes, null);
    }

    private CloverGovernor(CloverPace pace, Loop loop, CloverMetrics metrics, Supplier<Executor> homes, CloverGovernor above) {
        this.homes = homes;
        this.loop = loop;
        this.metrics = metrics;
        this.pace = pace;
        this.above = above;
        this.lastUsed = loop.nanos();
        for (Lane lane : Lane.values()) {
            queues.put(lane, new Queue(lane));
        }
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
                loop.execute(() -> leave(waiter));
            });
            loop.execute(() -> join(waiter));
        });
    }

    /** Clover answered 429 to a request sent then; see {@link CloverPace#throttled}. */
    void throttled(long sentAt, Duration pause, boolean concurrentLimit, boolean crossToken) {
        if (crossToken && above != null) {
            // All tokens of the app are too fast together: one that goes slower would only leave its turns to the others.
            above.throttled(sentAt, pause, concurrentLimit, true);
            return;
        }
        loop.execute(() -> pace.throttled(loop.nanos(), sentAt, pause.toNanos(), concurrentLimit));
    }

    /**
     * Other limits; the answer comes when they are in force.
     *
     * @param perSecond 0 lets nothing through
     * @param left nanoseconds for which they hold, asked when they come into force: the process may have stood still before
     */
    Uni<Void> limits(double perSecond, int concurrent, LongSupplier left) {
        return Uni.createFrom().emitter(emitter -> {
            Executor home = homes.get();
            loop.execute(() -> {
                if (perSecond > 0) {
                    pace.limits(perSecond, concurrent);
                }
                closedFrom = perSecond > 0 ? loop.nanos() + left.getAsLong() : Long.MIN_VALUE;
                turn();
                home.execute(() -> emitter.complete(null));
            });
        });
    }

    /** Monotonic nanoseconds when a call last joined. */
    long lastUsed() {
        return lastUsed;
    }

    private void join(Waiter<?> waiter) {
        lastUsed = loop.nanos();
        if (waiter.over) {
            return;
        }
        queues.get(waiter.lane).waiters.add(waiter);
        waiter.queued = true;
        metrics.queued();
        if (waiter.longest != null) {
            if (waiter.late(loop.nanos())) {
                giveUp(waiter);
                return;
            }
            waiter.stopTimer = loop.schedule(() -> giveUp(waiter), waiter.deadline() - loop.nanos());
        }
        turn();
    }

    private void leave(Waiter<?> waiter) {
        // The deque keeps it until it would be its turn: taking it out of the middle would cost a walk through all.
        unqueue(waiter);
    }

    private void giveUp(Waiter<?> waiter) {
        if (unqueue(waiter)) {
            waiter.over = true;
            waiter.home.execute(() -> waiter.emitter.fail(Waiter.notSent()));
        }
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

    /** Lets go as many as may go now, and comes back when the next one may. */
    private void turn() {
        stoodStill();
        while (inFlight < pace.concurrent() && !leaving && loop.nanos() < closedFrom) {
            long now = loop.nanos();
            long next = earliest();
            if (next == Long.MAX_VALUE) {
                return;
            }
            if (next > now) {
                wake(next, now);
                return;
            }
            Queue chosen = choose(now);
            if (chosen.waiters.peek().late(now)) {
                // Its timer comes late.
                giveUp(chosen.waiters.peek());
                continue;
            }
            pace.taken(now);
            chosen.next = now + chosen.lane.spacing() * pace.gap();
            start(chosen.waiters.remove(), now);
        }
    }

    private long earliest() {
        long earliest = Long.MAX_VALUE;
        for (Queue queue : queues.values()) {
            if (queue.waits()) {
                earliest = Math.min(earliest, queue.ready());
            }
        }
        return earliest == Long.MAX_VALUE ? earliest : Math.max(earliest, pace.next());
    }

    private Queue choose(long now) {
        Queue chosen = null;
        int longest = PATIENCE - 1;
        for (Queue queue : queues.values()) {
            if (queue.waits() && queue.ready() <= now) {
                if (chosen == null || queue.passedOver > longest) {
                    chosen = queue;
                    longest = Math.max(longest, queue.passedOver);
                }
                queue.passedOver++;
            }
        }
        chosen.passedOver = 0;
        return chosen;
    }

    private void start(Waiter<?> waiter, long now) {
        boolean waited = unqueue(waiter);
        assert waited;
        inFlight++;
        metrics.started(waiter.lane, now - waiter.since);
        leaving = true;
        if (above == null) {
            waiter.home.execute(() -> go(waiter, now, () -> loop.execute(this::ended)));
        } else {
            goBelow(waiter, now);
        }
    }

    private void go(Waiter<?> waiter, long now, Runnable ended) {
        long left = loop.nanos();
        loop.execute(() -> left(now, left));
        waiter.call(loop, ended);
    }

    /** The turn above is held until the call ends. Whoever gets none there in time has not left. */
    private void goBelow(Waiter<?> waiter, long now) {
        Duration longest = waiter.longest == null ? null : Duration.ofNanos(Math.max(0, waiter.deadline() - now));
        above.run(waiter.lane, longest, () -> Uni.createFrom().<Void>emitter(done -> waiter.home.execute(() -> go(waiter, now,
                () -> loop.execute(() -> {
                    ended();
                    done.complete(null);
                })))))
                .subscribe().with(unused -> lastUsed = loop.nanos(), notSent -> loop.execute(() -> {
                    leaving = false;
                    waiter.home.execute(() -> waiter.emitter.fail(notSent));
                    ended();
                }));
    }

    /** The next one may go; if whoever asked was busy until now, at its distance from now. */
    private void left(long startedAt, long left) {
        leaving = false;
        if (left - startedAt > LEFT_BY) {
            pace.leftLate(left);
        }
        leftAt = left;
        surelyLeft = false;
        loop.schedule(this::stoodStill, LEFT_BY);
        turn();
    }

    /** Whatever runs first after a standstill finds it out. */
    private void stoodStill() {
        long since = loop.nanos() - leftAt;
        if (surelyLeft || since < LEFT_BY) {
            return;
        }
        surelyLeft = true;
        if (since > 2 * LEFT_BY) {
            pace.leftLate(loop.nanos());
        }
    }

    private void ended() {
        inFlight--;
        metrics.ended();
        turn();
    }

    private void wake(long at, long now) {
        if (wakeAt <= at) {
            return;
        }
        wakeAt = at;
        loop.schedule(() -> {
            if (wakeAt == at) {
                wakeAt = Long.MAX_VALUE;
            }
            turn();
        }, at - now);
    }

    /** Leads back to the Vert.x context this is called on, if any. */
    static Executor home() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(ignored -> task.run());
    }

    /** Those of one lane, in the order they came. */
    private static final class Queue {

        private final Lane lane;
        private final Deque<Waiter<?>> waiters = new ArrayDeque<>();
        private long next;
        private int passedOver;

        Queue(Lane lane) {
            this.lane = lane;
        }

        /** Whether somebody waits; those who left are dropped here, when they come to the front. */
        boolean waits() {
            while (!waiters.isEmpty() && !waiters.peek().queued) {
                waiters.remove();
            }
            return !waiters.isEmpty();
        }

        /** When the lane may go as far as its own spacing is concerned; the pace is asked apart. */
        long ready() {
            return lane.spacing() == 1 ? 0 : next;
        }
    }
}
