package dev.tillbridge.sync;

import java.time.Duration;
import java.util.UUID;

import dev.tillbridge.platform.Fence;

/** A lease this replica holds. Its end is kept on the monotonic clock, from before the database was asked. */
final class HeldLease implements Fence {

    private final UUID storeId;
    private final long number;
    private volatile long endsAt;
    private boolean lost;

    HeldLease(UUID storeId, long number, long askedAt, Duration lease) {
        this.storeId = storeId;
        this.number = number;
        this.endsAt = askedAt + lease.toNanos();
    }

    @Override
    public UUID storeId() {
        return storeId;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, endsAt - System.nanoTime()));
    }

    /** One that was given up or lost stays so, whatever the answer to an earlier question says. */
    synchronized void renewed(long askedAt, Duration lease) {
        if (!lost) {
            endsAt = askedAt + lease.toNanos();
        }
    }

    synchronized void lost() {
        lost = true;
        endsAt = System.nanoTime();
    }

    @Override
    public String toString() {
        return storeId + "#" + number;
    }
}
