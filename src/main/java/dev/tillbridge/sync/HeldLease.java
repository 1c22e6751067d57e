package dev.tillbridge.sync;

import java.time.Duration;
import java.util.UUID;

import dev.tillbridge.platform.Fence;

/** A lease this replica holds. Its end is kept on the monotonic clock, from before the database was asked. */
final class HeldLease implements Fence {

    private final UUID storeId;
    private final long number;
    private volatile long endsAt;

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

    void renewed(long askedAt, Duration lease) {
        endsAt = askedAt + lease.toNanos();
    }

    void lost() {
        endsAt = System.nanoTime();
    }

    @Override
    public String toString() {
        return storeId + "#" + number;
    }
}
