package dev.tillbridge.webhook;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * Gathers what arrives while a batch is being written into the next one: a single delivery waits for nobody, hundreds a second
 * share a commit. Each is answered when its batch is done.
 */
final class Batches<T> {

    private final Function<List<T>, Uni<Void>> write;
    private final Supplier<Executor> caller;
    private final int mostAtOnce;
    private final int mostWaiting;
    private final Duration longest;
    private final Deque<Waiting<T>> waiting = new ArrayDeque<>();
    private boolean writing;

    private record Waiting<T>(List<T> items, UniEmitter<? super Void> emitter, Executor caller) {}

    /**
     * @param caller where whoever asks is to be answered
     * @param mostWaiting of deliveries; one more is refused with a {@link RejectedExecutionException}
     * @param longest that a write may take: one that does not end fails its own batch and holds up no other
     */
    Batches(Function<List<T>, Uni<Void>> write, Supplier<Executor> caller, int mostAtOnce, int mostWaiting, Duration longest) {
        this.write = write;
        this.caller = caller;
        this.mostAtOnce = mostAtOnce;
        this.mostWaiting = mostWaiting;
        this.longest = longest;
    }

    Uni<Void> add(List<T> items) {
        return Uni.createFrom().emitter(emitter -> {
            boolean refused;
            synchronized (this) {
                refused = waiting.size() >= mostWaiting;
                if (!refused) {
                    waiting.add(new Waiting<>(items, emitter, caller.get()));
                }
            }
            if (refused) {
                emitter.fail(new RejectedExecutionException("More than " + mostWaiting + " deliveries wait to be stored"));
            } else {
                next();
            }
        });
    }

    private void next() {
        List<Waiting<T>> batch = new ArrayList<>();
        synchronized (this) {
            if (writing || waiting.isEmpty()) {
                return;
            }
            writing = true;
            while (batch.size() < mostAtOnce && !waiting.isEmpty()) {
                batch.add(waiting.poll());
            }
        }
        Uni.createFrom().deferred(() -> write.apply(batch.stream().flatMap(each -> each.items().stream()).toList()))
                .ifNoItem().after(longest)
                .failWith(() -> new TimeoutException("The database did not store a batch within " + longest.toMillis() + " ms"))
                .subscribe().with(done -> end(batch, null), failure -> end(batch, failure));
    }

    private void end(List<Waiting<T>> batch, Throwable failure) {
        synchronized (this) {
            writing = false;
        }
        next();
        batch.forEach(each -> each.caller().execute(() -> {
            if (failure == null) {
                each.emitter().complete(null);
            } else {
                each.emitter().fail(failure);
            }
        }));
    }
}
