package dev.tillbridge.sync;

import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.StoredRows;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.platform.Fence;

/** The stream that works off what one till's webhooks hint at. */
final class TillInbox {

    private final EngineParts parts;
    private final UUID channelId;
    private final Supplier<Uni<ConnectedChannel>> channel;
    private final Consumer<StoredRows> stored;
    private final Runnable readEnded;
    private final Runnable found;
    private final Stream hints;
    private final WakeTimer due;

    /**
     * @param channel the channel as it is now
     * @param stored told of what was stored
     * @param readEnded called at the end of a read
     * @param found called where sales are to be read
     */
    TillInbox(EngineParts parts, Fence lease, Fence fence, UUID channelId, Stream.Owner owner,
            Supplier<Uni<ConnectedChannel>> channel, Consumer<StoredRows> stored, Runnable readEnded, Runnable found) {
        this.parts = parts;
        this.channelId = channelId;
        this.channel = channel;
        this.stored = stored;
        this.readEnded = readEnded;
        this.found = found;
        this.hints = Stream.told(parts, lease, fence, channelId, "till-inbox", owner, this::hints);
        this.due = new WakeTimer(parts.vertx(), hints::wake);
    }

    void start() {
        hints.start();
    }

    void stop() {
        due.stop();
        hints.stop();
    }

    boolean idle() {
        return hints.idle();
    }

    void wake() {
        hints.wake();
    }

    private Uni<Boolean> hints(RunRecord pass, boolean requested) {
        return channel.get().chain(now -> parts.inbox().pass(pass, channelId,
                (kind, ids) -> parts.tillHints().read(pass, now, kind, ids, stored, found).onTermination().invoke(readEnded)))
                .map(outcome -> {
                    parts.metrics().rows("till-hints", outcome.worked());
                    due.after(outcome.next());
                    return outcome.worked() > 0;
                });
    }
}
