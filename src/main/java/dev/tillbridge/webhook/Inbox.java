package dev.tillbridge.webhook;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** Takes hints in. They are kept once {@link #put} completes, and not before. */
@ApplicationScoped
class Inbox {

    /** Shopify gives up after five seconds and sends again, which is safe: what was stored after all is known by its event. */
    static final Duration LONGEST = Duration.ofSeconds(3);
    private static final int MOST_AT_ONCE = 500;
    /** Some seconds' worth at the rate this is made for; whoever comes after that is asked to come again. */
    private static final int MOST_WAITING = 5_000;

    private final Batches<InboxEntry> batches;

    Inbox(InboxWriter writer, Vertx vertx) {
        this.batches = new Batches<>(writer::store, () -> {
            var context = vertx.getOrCreateContext();
            return task -> context.runOnContext(ignored -> task.run());
        }, MOST_AT_ONCE, MOST_WAITING, LONGEST);
    }

    /** @param what took too long */
    static TimeoutException late(String what) {
        return new TimeoutException("The database was not done within " + LONGEST.toSeconds() + " s: " + what);
    }

    Uni<Void> put(List<InboxEntry> entries) {
        return entries.isEmpty() ? Uni.createFrom().voidItem() : batches.add(entries);
    }
}
