package dev.tillbridge.sync;

import java.util.UUID;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.platform.Fence;

/** The stream that writes into one till's notes what the store sent. Reading what that is is the store's. */
final class ShipmentWorker {

    private final EngineParts parts;
    private final Supplier<Uni<ConnectedChannel>> channel;
    private final Stream shipments;
    private volatile boolean more;

    /** @param channel the channel as it is now */
    ShipmentWorker(EngineParts parts, Fence lease, Fence fence, UUID channelId, Stream.Owner owner,
            Supplier<Uni<ConnectedChannel>> channel) {
        this.parts = parts;
        this.channel = channel;
        this.shipments = new Stream(parts, lease, fence, channelId, "shipments", parts.config().orderPoll(), owner,
                this::shipments);
    }

    void start() {
        shipments.start();
    }

    void stop() {
        shipments.stop();
    }

    void wake() {
        shipments.wake();
    }

    boolean idle() {
        return shipments.idle();
    }

    /** Turn after turn until nothing is due. */
    Uni<Void> run(RunRecord run) {
        return shipments.repeatedly(run, () -> more);
    }

    private Uni<Boolean> shipments(RunRecord pass, boolean requested) {
        more = false;
        return channel.get().chain(now -> {
            if (requested) {
                pass.phase("writing-notes");
            }
            return parts.shipments().pass(pass, now).map(outcome -> {
                parts.metrics().rows("notes", outcome.worked());
                more = outcome.more();
                if (outcome.more() && !requested) {
                    shipments.wake();
                }
                return outcome.worked() > 0;
            });
        });
    }
}
