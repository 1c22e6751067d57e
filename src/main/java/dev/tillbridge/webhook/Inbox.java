package dev.tillbridge.webhook;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** Takes hints in. They are kept once {@link #put} completes, and not before. */
@ApplicationScoped
class Inbox {

    private static final int MOST_AT_ONCE = 500;
    /** Some seconds' worth at the rate this is made for; whoever comes after that is asked to come again. */
    private static final int MOST_WAITING = 5_000;

    private final Batches<InboxEntry> batches;

    Inbox(InboxWriter writer, Vertx vertx) {
        this.batches = new Batches<>(writer::store, () -> {
            var context = vertx.getOrCreateContext();
            return task -> context.runOnContext(ignored -> task.run());
        }, MOST_AT_ONCE, MOST_WAITING);
    }

    Uni<Void> put(List<InboxEntry> entries) {
        return entries.isEmpty() ? Uni.createFrom().voidItem() : batches.add(entries);
    }
}
