package dev.tillbridge.sync;

import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.platform.Fence;

/** The products of one till: those of the shop that it lacks are made, and those that were made follow. */
final class ProductsWorker {

    static final String STREAM = "products";

    private final EngineParts parts;
    private final UUID channelId;
    private final Supplier<Uni<ConnectedChannel>> channel;
    private final Function<Function<ConnectedChannel, Uni<Boolean>>, Uni<Boolean>> ifKnown;
    private final Runnable made;
    private final Stream stream;
    private volatile boolean more;
    /** Whether the last turn found it turned off, and forgot what it knew. */
    private volatile boolean off;

    /**
     * @param channel the channel as it is now
     * @param ifKnown does the work where both sides were read whole once, and answers false where they were not
     * @param made called when items were made or changed: their stock is to be set, their links may agree again
     */
    ProductsWorker(EngineParts parts, Fence lease, Fence fence, UUID channelId, Stream.Owner owner,
            Supplier<Uni<ConnectedChannel>> channel,
            Function<Function<ConnectedChannel, Uni<Boolean>>, Uni<Boolean>> ifKnown, Runnable made) {
        this.parts = parts;
        this.channelId = channelId;
        this.channel = channel;
        this.ifKnown = ifKnown;
        this.made = made;
        this.stream = new Stream(parts, lease, fence, channelId, STREAM, parts.config().stockPoll(), owner, this::turn);
    }

    void start() {
        stream.start();
    }

    void stop() {
        stream.stop();
    }

    void wake() {
        stream.wake();
    }

    boolean idle() {
        return stream.idle();
    }

    /** Turn after turn until all products were looked at. */
    Uni<Void> publish(RunRecord run) {
        return stream.repeatedly(run, () -> more);
    }

    private Uni<Boolean> turn(RunRecord pass, boolean requested) {
        more = false;
        return channel.get().chain(now -> off && !now.settings().productSync().enabled()
                ? Uni.createFrom().item(false)
                : ifKnown.apply(known -> parts.products().pass(pass, channelId).map(outcome -> {
                    more = outcome.more();
                    off = !known.settings().productSync().enabled();
                    if (outcome.more() && !requested) {
                        stream.wake();
                    }
                    if (outcome.worked() > 0) {
                        made.run();
                    }
                    return outcome.worked() > 0;
                })));
    }
}
