package dev.tillbridge.sync;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

import org.jboss.logging.Logger;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * One stream as a loop: a turn, a rest, a turn. Turns never overlap, so that nothing a turn does needs to be safe against
 * itself; asked for by a run, one more is queued.
 */
final class StreamLoop {

    private static final Logger LOG = Logger.getLogger(StreamLoop.class);
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(10);
    /** A lease is given back only after it, so whoever waits for the store wants to know. */
    private static final Duration SLOW_TO_STOP = Duration.ofSeconds(1);

    private record Asked(RunRecord run, UniEmitter<? super Void> emitter) {}

    private final Vertx vertx;
    private final String name;
    private final Function<RunRecord, Uni<Duration>> turn;
    private final Deque<Asked> asked = new ArrayDeque<>();
    private boolean running;
    private boolean again;
    private boolean stopped;
    private long stoppedAt;
    private long timer = -1;

    /** @param turn takes the run it belongs to (null: the clock's) and answers how long to rest */
    StreamLoop(Vertx vertx, String name, Function<RunRecord, Uni<Duration>> turn) {
        this.vertx = vertx;
        this.name = name;
        this.turn = turn;
    }

    synchronized void start(Duration delay) {
        if (!stopped && !running) {
            schedule(delay);
        }
    }

    /** Takes a turn at once, or another one after that under way. */
    synchronized void wake() {
        if (running) {
            again = true;
        } else {
            start(Duration.ZERO);
        }
    }

    /** One turn for a run; completes when it was taken, fails as it failed. */
    Uni<Void> once(RunRecord run) {
        return Uni.createFrom().emitter(emitter -> {
            synchronized (this) {
                if (stopped) {
                    emitter.fail(new IllegalStateException("The loop " + name + " has stopped"));
                    return;
                }
                asked.add(new Asked(run, emitter));
                if (!running) {
                    schedule(Duration.ZERO);
                }
            }
        });
    }

    synchronized boolean idle() {
        return !running;
    }

    /** No turn begins any more; one under way ends at its next check of the lease. */
    synchronized void stop() {
        stopped = true;
        stoppedAt = System.nanoTime();
        if (timer >= 0) {
            vertx.cancelTimer(timer);
        }
        asked.forEach(waiting -> waiting.emitter().fail(new IllegalStateException("The loop " + name + " has stopped")));
        asked.clear();
    }

    private synchronized void schedule(Duration delay) {
        if (timer >= 0) {
            vertx.cancelTimer(timer);
        }
        timer = vertx.setTimer(Math.max(1, delay.toMillis()), fired -> begin());
    }

    private void begin() {
        Asked next;
        synchronized (this) {
            timer = -1;
            if (stopped || running) {
                return;
            }
            running = true;
            again = false;
            next = asked.poll();
        }
        // Each turn has a context of its own, marked safe as Quarkus does for requests: what a turn keeps there ends with it.
        Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(context, true);
        context.runOnContext(ignored -> Uni.createFrom().deferred(() -> turn.apply(next == null ? null : next.run()))
                .subscribe().with(rest -> end(next, rest, null), failure -> end(next, AFTER_A_FAILURE, failure)));
    }

    private void end(Asked taken, Duration rest, Throwable failure) {
        boolean more;
        synchronized (this) {
            running = false;
            more = again || !asked.isEmpty();
            if (!stopped) {
                schedule(more ? Duration.ZERO : rest);
            } else if (System.nanoTime() - stoppedAt > SLOW_TO_STOP.toNanos()) {
                LOG.infof("The last turn of %s ended %d ms after it was told to", name,
                        Duration.ofNanos(System.nanoTime() - stoppedAt).toMillis());
            }
        }
        if (taken != null && failure != null) {
            taken.emitter().fail(failure);
        } else if (taken != null) {
            taken.emitter().complete(null);
        } else if (failure != null) {
            LOG.errorf(failure, "The loop %s failed", name);
        }
    }
}
