package dev.tillbridge.sync;

import java.time.Duration;
import java.util.UUID;

import dev.tillbridge.platform.Fence;

/** A part of a lease that can end before the lease does: a channel that is paused writes nothing more, however long its turn is. */
final class StoppableFence implements Fence {

    private final Fence lease;
    private volatile boolean stopped;

    StoppableFence(Fence lease) {
        this.lease = lease;
    }

    void stop() {
        stopped = true;
    }

    @Override
    public UUID storeId() {
        return lease.storeId();
    }

    @Override
    public long number() {
        return lease.number();
    }

    @Override
    public Duration remaining() {
        return stopped ? Duration.ZERO : lease.remaining();
    }
}
