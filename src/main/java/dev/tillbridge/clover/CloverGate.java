package dev.tillbridge.clover;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One limit that requests pass: its pace, how many are under way, and that one has left before the next may. Touched on one
 * {@link Loop} only.
 */
final class CloverGate {

    /** By then a request has left this process, if that runs; and a timer this late shows that it stood still. */
    private static final long LEFT_BY = TimeUnit.MILLISECONDS.toNanos(15);

    private final Loop loop;
    private final CloverPace pace;
    private int inFlight;
    private boolean leaving;
    private long leftAt;
    private boolean surelyLeft = true;
    /** Nothing starts from then on, until other limits are told. */
    private long closedFrom = Long.MAX_VALUE;

    CloverGate(double perSecond, int concurrent, Loop loop) {
        this.loop = loop;
        this.pace = new CloverPace(perSecond, concurrent, loop.nanos());
    }

    /** Closed until its limits are told. */
    static CloverGate closed(Loop loop) {
        CloverGate gate = new CloverGate(1, 1, loop);
        gate.closedFrom = Long.MIN_VALUE;
        return gate;
    }

    /** When the next may go; {@link Long#MAX_VALUE} where something else must happen first. */
    long opens() {
        stoodStill();
        return leaving || inFlight >= pace.concurrent() || loop.nanos() >= closedFrom ? Long.MAX_VALUE : pace.next();
    }

    /** Between two requests at the present pace. */
    long gap() {
        return pace.gap();
    }

    /** One goes; it is under way until it {@link #ended}, and nobody follows before it {@link #left}. */
    void entered(long now) {
        pace.taken(now);
        inFlight++;
        leaving = true;
    }

    /** The next one may go; if whoever asked was busy until now, at its distance from now. */
    void left(long enteredAt, long left) {
        leaving = false;
        if (left - enteredAt > LEFT_BY) {
            pace.leftLate(left);
        }
        leftAt = left;
        surelyLeft = false;
        loop.schedule(this::stoodStill, LEFT_BY);
    }

    void ended() {
        inFlight--;
    }

    int inFlight() {
        return inFlight;
    }

    /** See {@link CloverPace#throttled}. */
    void throttled(long sentAt, long pause, boolean concurrentLimit) {
        pace.throttled(loop.nanos(), sentAt, pause, concurrentLimit);
    }

    /**
     * @param perSecond 0 lets nothing through
     * @param left nanoseconds for which the limits hold, asked now: the process may have stood still before
     */
    void limits(double perSecond, int concurrent, LongSupplier left) {
        if (perSecond > 0) {
            pace.limits(perSecond, concurrent);
        }
        closedFrom = perSecond > 0 ? loop.nanos() + left.getAsLong() : Long.MIN_VALUE;
    }

    /** Whatever runs first after a standstill finds it out. */
    private void stoodStill() {
        long since = loop.nanos() - leftAt;
        if (surelyLeft || since < LEFT_BY) {
            return;
        }
        surelyLeft = true;
        if (since > 2 * LEFT_BY) {
            pace.leftLate(loop.nanos());
        }
    }
}
