package dev.tillbridge.event;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;

/**
 * What one reader is still to be told. Hints gather for half a second, the same ones become one, so that no subject is told of more
 * than twice a second. A reader that is slower than what happens gets a {@code resync} for all that no longer has room.
 */
final class EventFeed {

    static final Duration WINDOW = Duration.ofMillis(500);
    static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
    /** Who reads is looked at when a stream begins: a revoked key must not go on reading one for ever. */
    static final Duration LONGEST = Duration.ofMinutes(15);
    /** Of each: those that gather and those that are under way. */
    static final int ROOM = 200;

    private final Vertx vertx;
    private final Predicate<Hint> wanted;
    private final long endsAt;
    private final Set<Hint> gathering = new LinkedHashSet<>();
    private final Deque<Hint> underWay = new ArrayDeque<>();
    private UniEmitter<? super Hint> reader;
    private long gatheredAt = System.nanoTime() - WINDOW.toNanos();
    private long askedAt;
    private long timer = -1;
    private boolean closed;

    /** @param wanted what this reader may see and asked for; never asked about {@link Hint#RESYNC} */
    EventFeed(Vertx vertx, Predicate<Hint> wanted) {
        this(vertx, wanted, LONGEST);
    }

    EventFeed(Vertx vertx, Predicate<Hint> wanted, Duration longest) {
        this.vertx = vertx;
        this.wanted = wanted;
        this.endsAt = System.nanoTime() + longest.toNanos();
    }

    /** One after the other as the reader asks for them, until {@link Hint#END}. */
    Multi<Hint> hints() {
        return Multi.createBy().repeating().uni(this::next).whilst(hint -> hint.kind() != Hint.Kind.END);
    }

    void tell(Hint hint) {
        if (!wanted.test(hint)) {
            return;
        }
        synchronized (this) {
            if (gathering.contains(Hint.RESYNC)) {
                return;
            }
            if (gathering.size() >= ROOM) {
                readAgain();
            } else {
                gathering.add(hint);
            }
        }
        proceed();
    }

    /** Something may have been missed. */
    void resync() {
        synchronized (this) {
            readAgain();
        }
        proceed();
    }

    /** What is under way is not sent any more. */
    void close() {
        synchronized (this) {
            closed = true;
            gathering.clear();
            underWay.clear();
        }
        proceed();
    }

    /** The reader is gone. */
    synchronized void forget() {
        reader = null;
        cancelTimer();
    }

    private void readAgain() {
        gathering.clear();
        underWay.clear();
        gathering.add(Hint.RESYNC);
    }

    private Uni<Hint> next() {
        return Uni.createFrom().emitter(emitter -> {
            synchronized (this) {
                reader = emitter;
                askedAt = System.nanoTime();
            }
            proceed();
        });
    }

    /** Gives a waiting reader what is due, outside of the lock, because the reader asks for the next one at once. */
    private void proceed() {
        UniEmitter<? super Hint> waiting;
        Hint due;
        synchronized (this) {
            if (reader == null) {
                return;
            }
            cancelTimer();
            due = due();
            if (due == null) {
                timer = vertx.setTimer(untilDue(), fired -> proceed());
                return;
            }
            waiting = reader;
            reader = null;
        }
        waiting.complete(due);
    }

    private Hint due() {
        long now = System.nanoTime();
        if (closed || now - endsAt >= 0) {
            return Hint.END;
        }
        if (underWay.isEmpty() && !gathering.isEmpty() && now - gatheredAt >= WINDOW.toNanos()) {
            underWay.addAll(gathering);
            gathering.clear();
            gatheredAt = now;
        }
        Hint next = underWay.poll();
        return next == null && now - askedAt >= KEEP_ALIVE.toNanos() ? Hint.KEEP_ALIVE : next;
    }

    private long untilDue() {
        long end = gathering.isEmpty() ? askedAt + KEEP_ALIVE.toNanos() : gatheredAt + WINDOW.toNanos();
        return Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis() + 1);
    }

    private void cancelTimer() {
        if (timer >= 0) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
    }
}
