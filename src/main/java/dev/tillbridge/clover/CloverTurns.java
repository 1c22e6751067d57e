package dev.tillbridge.clover;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

import io.smallrye.mutiny.Uni;

/**
 * Hands out the turns of one token, or of all tokens that share an app's limits. Who goes is chosen when a turn is there, among
 * all who wait: the most urgent lane first, within a lane the token whose last turn is longest ago. A lane passed over
 * {@link #PATIENCE} times, by the app's turns or by its token's, is next. All state is touched on one {@link Loop} only.
 */
final class CloverTurns {

    /** So every waiting lane has at least about 3 % of the pace, and urgent ones lose little. */
    static final int PATIENCE = 31;

    final Loop loop;
    /** Null where there is no app's limit. */
    private final CloverGate app;
    private final Set<CloverGovernor> waiting = new LinkedHashSet<>();
    private final Map<Lane, Integer> passedOver = new EnumMap<>(Lane.class);
    private final Map<Lane, Long> spacedUntil = new EnumMap<>(Lane.class);
    private volatile long turns;
    private volatile boolean crowded;
    private volatile int underWay;
    private long wakeAt = Long.MAX_VALUE;

    private CloverTurns(Loop loop, CloverGate app) {
        this.loop = loop;
        this.app = app;
    }

    /** Of one token alone. */
    static CloverTurns ofToken(Loop loop) {
        return new CloverTurns(loop, null);
    }

    /** Of all tokens of an app; nobody goes until its limits are told. */
    static CloverTurns ofApp(Loop loop) {
        return new CloverTurns(loop, CloverGate.closed(loop));
    }

    /** Other limits of the app; the answer comes when they are in force. See {@link CloverGate#limits}. */
    Uni<Void> limits(double perSecond, int concurrent, LongSupplier left) {
        return Uni.createFrom().emitter(emitter -> {
            var home = CloverGovernor.home();
            loop.execute(() -> {
                app.limits(perSecond, concurrent, left);
                turn();
                home.execute(() -> emitter.complete(null));
            });
        });
    }

    /** How many turns were given so far. */
    long count() {
        return turns;
    }

    /** How many calls the app has under way: more than its limit for a while after that was lowered. */
    int underWay() {
        return underWay;
    }

    /** Whether somebody waits. */
    boolean crowded() {
        return crowded;
    }

    void join(CloverGovernor token) {
        waiting.add(token);
        turn();
    }

    /** @param crossToken whether it was the app's limit: a token that goes slower would only leave its turns to the others */
    void throttled(CloverGate token, long sentAt, Duration pause, boolean concurrentLimit, boolean crossToken) {
        (crossToken && app != null ? app : token).throttled(sentAt, pause.toNanos(), concurrentLimit);
    }

    private void turn() {
        letGo();
        crowded = !waiting.isEmpty();
        underWay = app == null ? 0 : app.inFlight();
    }

    /** Lets go as many as may go now, and comes back when the next one may. */
    private void letGo() {
        while (!waiting.isEmpty()) {
            long now = loop.nanos();
            long opens = app == null ? now : app.opens();
            if (opens > now) {
                wake(opens, now);
                return;
            }
            Map<Lane, LaneQueue> ready = new EnumMap<>(Lane.class);
            long next = look(ready, now);
            if (ready.isEmpty()) {
                wake(next, now);
                return;
            }
            LaneQueue chosen = ofItsToken(ready.get(choose(ready)), now);
            if (chosen.first().late(now)) {
                // Its timer comes late.
                chosen.token.giveUp(chosen.first());
            } else {
                passOver(chosen, ready.keySet(), now);
                start(chosen, now);
            }
        }
    }

    /** Finds who may go now, one per lane; answers when the next one may, where that is nobody. */
    private long look(Map<Lane, LaneQueue> ready, long now) {
        long next = Long.MAX_VALUE;
        for (Iterator<CloverGovernor> tokens = waiting.iterator(); tokens.hasNext();) {
            CloverGovernor token = tokens.next();
            boolean waits = false;
            long opens = token.gate.opens();
            for (LaneQueue queue : token.queues()) {
                if (!queue.waits()) {
                    continue;
                }
                waits = true;
                long at = Math.max(opens, spaced(queue));
                next = Math.min(next, at);
                if (at <= now) {
                    ready.merge(queue.lane, queue, (one, other) -> one.lastTurn <= other.lastTurn ? one : other);
                }
            }
            if (!waits) {
                tokens.remove();
            }
        }
        return next;
    }

    private long spaced(LaneQueue queue) {
        return Math.max(queue.spacedUntil, spacedUntil.getOrDefault(queue.lane, 0L));
    }

    private Lane choose(Map<Lane, LaneQueue> ready) {
        Lane chosen = null;
        int longest = PATIENCE - 1;
        for (Lane lane : ready.keySet()) {
            int passed = passedOver.getOrDefault(lane, 0);
            if (chosen == null || passed > longest) {
                chosen = lane;
                longest = Math.max(longest, passed);
            }
        }
        return chosen;
    }

    /** The turn is the token's: a lane that it passed over too often goes instead. */
    private LaneQueue ofItsToken(LaneQueue chosen, long now) {
        LaneQueue most = chosen;
        for (LaneQueue queue : chosen.token.queues()) {
            if (queue.waits() && spaced(queue) <= now && queue.passedOver >= PATIENCE
                    && queue.passedOver > most.passedOver) {
                most = queue;
            }
        }
        return most;
    }

    private void passOver(LaneQueue chosen, Set<Lane> ready, long now) {
        ready.forEach(lane -> passedOver.merge(lane, 1, Integer::sum));
        passedOver.put(chosen.lane, 0);
        for (LaneQueue queue : chosen.token.queues()) {
            if (queue.waits() && spaced(queue) <= now) {
                queue.passedOver++;
            }
        }
        chosen.passedOver = 0;
    }

    private void start(LaneQueue chosen, long now) {
        CloverGovernor token = chosen.token;
        token.gate.entered(now);
        chosen.lastTurn = turns + 1;
        turns = chosen.lastTurn;
        if (chosen.lane.spacing() > 1) {
            chosen.spacedUntil = now + chosen.lane.spacing() * token.gate.gap();
        }
        if (app != null) {
            app.entered(now);
            if (chosen.lane.spacing() > 1) {
                spacedUntil.put(chosen.lane, now + chosen.lane.spacing() * app.gap());
            }
        }
        Waiter<?> waiter = token.take(chosen, now);
        waiter.home.execute(() -> {
            long left = loop.nanos();
            loop.execute(() -> left(token, now, left));
            waiter.call(loop, () -> loop.execute(() -> ended(token)));
        });
    }

    private void left(CloverGovernor token, long enteredAt, long left) {
        token.gate.left(enteredAt, left);
        if (app != null) {
            app.left(enteredAt, left);
        }
        turn();
    }

    private void ended(CloverGovernor token) {
        token.gate.ended();
        if (app != null) {
            app.ended();
        }
        token.ended();
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
}
