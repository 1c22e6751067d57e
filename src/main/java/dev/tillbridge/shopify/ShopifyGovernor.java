package dev.tillbridge.shopify;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * Lets calls to one shop wait until Shopify will take them. It follows the bucket that each answer reports, starts with
 * an empty one (an earlier holder of the lease may have drained it), leaves a twentieth for others and bounds how many
 * calls are under way. Interactive calls have a share of their own, a tenth of the standard plan's points.
 */
final class ShopifyGovernor {

    /** Standard plan (shopify.dev/docs/api/usage/limits); the first answer tells the shop's own. */
    private static final double STANDARD_MAXIMUM = 2000;
    private static final double STANDARD_RATE = 100;
    private static final double HEADROOM = 0.05;
    private static final double INTERACTIVE_MAXIMUM = 200;
    private static final double INTERACTIVE_RATE = 10;
    private static final int INTERACTIVE_CONCURRENCY = 2;

    /** Runs something later; what it answers takes it back. */
    interface Timer {
        Runnable after(Duration delay, Runnable action);
    }

    private final LongSupplier nanoTime;
    private final Timer timer;
    private final Lane main;
    private final Lane interactive;
    private double headroom;
    private long sequence;

    ShopifyGovernor(LongSupplier nanoTime, Timer timer, int concurrency) {
        this.nanoTime = nanoTime;
        this.timer = timer;
        var now = nanoTime.getAsLong();
        // Until the bucket is known there is nothing to leave for others.
        this.main = new Lane(new CostBucket(STANDARD_MAXIMUM, STANDARD_RATE, 0, now), concurrency,
                new PriorityQueue<>(Comparator.<Turn>comparingLong(turn -> turn.due).thenComparingLong(turn -> turn.order)));
        this.interactive = new Lane(new CostBucket(INTERACTIVE_MAXIMUM, INTERACTIVE_RATE, INTERACTIVE_MAXIMUM, now),
                INTERACTIVE_CONCURRENCY, new ArrayDeque<>());
    }

    /** Waits for its turn, then does the work; the turn ends with the work, also when it fails or is cancelled. */
    <T> Uni<T> inTurn(double cost, Priority priority, Function<Turn, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            var turn = new Turn(cost, priority);
            return Uni.createFrom().<Turn>emitter(emitter -> enqueue(turn, emitter)).chain(granted -> work.apply(granted))
                    .onTermination().invoke(() -> end(turn, null));
        });
    }

    /** Shopify has refused a call: nothing more is asked until it may be again. */
    void throttled(Duration pause) {
        synchronized (this) {
            main.pausedUntil = Math.max(main.pausedUntil, nanoTime.getAsLong() + pause.toNanos());
            interactive.pausedUntil = main.pausedUntil;
        }
    }

    private void enqueue(Turn turn, UniEmitter<? super Turn> emitter) {
        synchronized (this) {
            turn.emitter = emitter;
            turn.order = sequence++;
            turn.due = nanoTime.getAsLong() + turn.priority.patience().toNanos();
            turn.lane.waiting.add(turn);
            turn.state = State.WAITING;
        }
        drain();
    }

    /** Shopify takes what a query cost, not what it might have: no answer tells of this share, so it is kept here. */
    private void giveBack(double points) {
        synchronized (this) {
            interactive.bucket.take(-points, nanoTime.getAsLong());
        }
    }

    private void end(Turn turn, Wire.ThrottleStatus status) {
        synchronized (this) {
            var lane = turn.lane;
            if (turn.state == State.WAITING) {
                lane.waiting.remove(turn);
            } else if (turn.state == State.RUNNING) {
                lane.running--;
                lane.outstanding -= turn.cost;
            }
            turn.state = State.ENDED;
            if (status != null && status.restoreRate() > 0) {
                // Calls still under way may or may not be counted in what Shopify says: assume they are not.
                main.bucket.set(status.maximumAvailable(), status.restoreRate(),
                        status.currentlyAvailable() - main.outstanding - interactive.outstanding, nanoTime.getAsLong());
                headroom = HEADROOM;
            }
        }
        drain();
    }

    private void drain() {
        List<Turn> granted = new ArrayList<>();
        synchronized (this) {
            grant(main, headroom, granted);
            grant(interactive, 0, granted);
        }
        for (var turn : granted) {
            turn.emitter.complete(turn);
        }
    }

    private void grant(Lane lane, double leave, List<Turn> granted) {
        var now = nanoTime.getAsLong();
        for (var head = lane.waiting.peek(); head != null && lane.running < lane.concurrency; head = lane.waiting.peek()) {
            var needed = Math.min(head.cost + leave * lane.bucket.maximum(), lane.bucket.maximum());
            if (now < lane.pausedUntil) {
                wake(lane, lane.pausedUntil - now, now);
                return;
            }
            if (lane.bucket.available(now) < needed) {
                wake(lane, lane.bucket.until(needed, now), now);
                return;
            }
            lane.waiting.remove(head);
            lane.bucket.take(head.cost, now);
            lane.running++;
            lane.outstanding += head.cost;
            head.state = State.RUNNING;
            granted.add(head);
        }
    }

    private void wake(Lane lane, long nanos, long now) {
        if (lane.wakeAt > now && lane.wakeAt <= now + nanos) {
            return;
        }
        lane.alarm.run();
        lane.wakeAt = now + nanos;
        lane.alarm = timer.after(Duration.ofNanos(nanos), () -> rung(lane));
    }

    private void rung(Lane lane) {
        synchronized (this) {
            // The timer's clock may run ahead of ours; without this nobody would set it again.
            lane.wakeAt = Long.MIN_VALUE;
        }
        drain();
    }

    private enum State {
        NEW,
        WAITING,
        RUNNING,
        ENDED
    }

    private static final class Lane {
        private final CostBucket bucket;
        private final int concurrency;
        private final Queue<Turn> waiting;
        private int running;
        private double outstanding;
        private long pausedUntil = Long.MIN_VALUE;
        private long wakeAt = Long.MIN_VALUE;
        private Runnable alarm = () -> {
        };

        Lane(CostBucket bucket, int concurrency, Queue<Turn> waiting) {
            this.bucket = bucket;
            this.concurrency = concurrency;
            this.waiting = waiting;
        }
    }

    /** One call's turn. */
    final class Turn {
        private final double cost;
        private final Priority priority;
        private final Lane lane;
        private UniEmitter<? super Turn> emitter;
        private long due;
        private long order;
        private State state = State.NEW;

        private Turn(double cost, Priority priority) {
            this.cost = cost;
            this.priority = priority;
            this.lane = priority == Priority.INTERACTIVE ? interactive : main;
        }

        /** The answer is here, with what it cost and the bucket as Shopify sees it. */
        void settle(Wire.Cost told) {
            if (lane == interactive && told.actualQueryCost() != null) {
                giveBack(cost - told.actualQueryCost());
            }
            end(this, told.throttleStatus());
        }
    }
}
