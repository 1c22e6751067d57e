package dev.tillbridge.clover;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

import dev.tillbridge.channel.ConnectorException;

/** Somebody who waits for a turn of {@link CloverGovernor}, which alone touches what is not final or volatile here. */
final class Waiter<T> {

    final Lane lane;
    private final Supplier<Uni<T>> call;
    final UniEmitter<? super T> emitter;
    final Executor home;
    final long since;
    volatile boolean over;
    boolean queued;
    final Duration longest;
    Runnable stopTimer = () -> {
    };

    Waiter(Lane lane, Supplier<Uni<T>> call, UniEmitter<? super T> emitter, Executor home, long since,
            Duration longest) {
        this.lane = lane;
        this.call = call;
        this.emitter = emitter;
        this.home = home;
        this.since = since;
        this.longest = longest;
    }

    long deadline() {
        return since + longest.toNanos();
    }

    boolean late(long now) {
        return longest != null && now - deadline() >= 0;
    }

    void call(Loop loop, Runnable ended) {
        if (over) {
            ended.run();
            return;
        }
        if (late(loop.nanos())) {
            // The caller's own thread was busy since the turn was granted.
            ended.run();
            emitter.fail(notSent());
            return;
        }
        Uni.createFrom().deferred(call::get).subscribe().with(item -> {
            ended.run();
            emitter.complete(item);
        }, failure -> {
            ended.run();
            emitter.fail(failure);
        });
    }

    static ConnectorException notSent() {
        return new ConnectorException.Transient("not-sent",
                "No turn within Clover's rate limit came in time; nothing was sent. It is tried again later.", false, null);
    }
}
