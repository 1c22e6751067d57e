package dev.tillbridge.sync;

import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.platform.Fence;

/** The prices of one till: a stream of its own, so that a long write of stock does not keep them, nor they the stock. */
final class PricesWorker {

    static final String STREAM = "prices";

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final EngineParts parts;
    private final UUID channelId;
    private final BooleanSupplier storeIsRead;
    private final Function<Supplier<Uni<Boolean>>, Uni<Boolean>> ifKnown;
    private final Stream stream;
    private volatile boolean more;
    private volatile boolean putOff;
    private volatile long readSince = System.nanoTime();

    /**
     * @param storeIsRead whether a read of the store is under way
     * @param ifKnown does the work where both sides were read whole once, and answers false where they were not
     */
    PricesWorker(EngineParts parts, Fence lease, Fence fence, UUID channelId, Stream.Owner owner, BooleanSupplier storeIsRead,
            Function<Supplier<Uni<Boolean>>, Uni<Boolean>> ifKnown) {
        this.parts = parts;
        this.channelId = channelId;
        this.storeIsRead = storeIsRead;
        this.ifKnown = ifKnown;
        // What makes prices due wakes it; by the clock it only tries again what was not taken.
        this.stream = new Stream(parts, lease, fence, channelId, STREAM, parts.config().quietPoll(), owner, this::turn);
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

    /** A read of the store has ended: a turn that waited for it need not wait for the clock. */
    void readEnded() {
        if (putOff) {
            stream.wake();
        }
    }

    Uni<Void> write(RunRecord run) {
        return stream.repeatedly(run, () -> more);
    }

    /** A batch takes thousands: what a read of the store is about to tell is waited for, instead of sent page by page. */
    private Uni<Boolean> turn(RunRecord pass, boolean requested) {
        more = false;
        long now = System.nanoTime();
        if (!storeIsRead.getAsBoolean()) {
            readSince = now;
        }
        // A whole read may wait for hours until the shop has made it.
        putOff = !requested && storeIsRead.getAsBoolean() && now - readSince < LONGEST_WAIT.toNanos();
        return putOff
                ? Uni.createFrom().item(false)
                : ifKnown.apply(() -> parts.prices().pass(pass, channelId, requested).invoke(left -> {
                    more = left;
                    if (left && !requested) {
                        stream.wake();
                    }
                }));
    }
}
