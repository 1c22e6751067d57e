package dev.tillbridge.sync;

import java.util.function.Consumer;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.StoredRows;

/** The streams of one store's webhooks: working off what they hint at, and seeing to it that they come. */
final class StoreInbox {

    private final EngineParts parts;
    private final HeldLease lease;
    private final Consumer<StoredRows> stored;
    private final Runnable readEnded;
    private final Runnable shipped;
    private final Stream hints;
    private final Stream watch;
    private final WakeTimer hintsDue;
    private final WakeTimer watchDue;

    /**
     * @param stored told of what was stored
     * @param readEnded called at the end of a read
     * @param shipped called where a sale's note is to be written
     */
    StoreInbox(EngineParts parts, HeldLease lease, Stream.Owner owner, Consumer<StoredRows> stored, Runnable readEnded,
            Runnable shipped) {
        this.parts = parts;
        this.lease = lease;
        this.stored = stored;
        this.readEnded = readEnded;
        this.shipped = shipped;
        this.hints = Stream.told(parts, lease, lease, null, "inbox", owner, this::hints);
        this.watch = new Stream(parts, lease, lease, null, "webhooks", parts.webhooks().every(), owner, this::watch);
        this.hintsDue = new WakeTimer(parts.vertx(), hints::wake);
        this.watchDue = new WakeTimer(parts.vertx(), watch::wake);
    }

    void start() {
        hints.start();
        watch.start();
    }

    void stop() {
        hintsDue.stop();
        watchDue.stop();
        hints.stop();
        watch.stop();
        parts.webhooks().left(lease.storeId());
    }

    boolean idle() {
        return hints.idle() && watch.idle();
    }

    void wake() {
        hints.wake();
    }

    private Uni<Boolean> hints(RunRecord pass, boolean requested) {
        return parts.inbox().pass(pass, lease.storeId(),
                (kind, ids) -> parts.storeHints().read(pass, kind, ids, stored, shipped).onTermination().invoke(readEnded))
                .map(outcome -> {
                    parts.metrics().rows("store-hints", outcome.worked());
                    hintsDue.after(outcome.next());
                    return outcome.worked() > 0;
                });
    }

    private Uni<Boolean> watch(RunRecord pass, boolean requested) {
        return parts.webhooks().watch(pass).invoke(watchDue::after).replaceWith(false);
    }
}
