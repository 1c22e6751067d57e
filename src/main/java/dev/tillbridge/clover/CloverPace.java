package dev.tillbridge.clover;

import java.util.concurrent.TimeUnit;

/**
 * When the next request of a token may start, and how many may be under way: arithmetic only, in nanoseconds of a
 * monotonic clock.
 * <p>
 * Clover: 16 requests per second and 5 at once per token; the counting window is not documented, so none of one second,
 * wherever it begins, may hold more. Requests are therefore spaced evenly and time that was missed is never caught up,
 * but for {@link #TOLERANCE}, by which a late timer may be made good so that lateness does not add up. At 95.5 % of the
 * limit 17 requests span 16 gaps = 1047 ms, less the tolerance: 39 ms are left for the network's jitter. A process that
 * stands still for longer bunches requests by itself; see {@link #leftLate}.
 */
final class CloverPace {

    static final double SHARE = 0.955;

    private static final long TOLERANCE = TimeUnit.MILLISECONDS.toNanos(8);
    /** Connections fall asleep when idle; while they are opened anew requests arrive late and bunched, so they start at half pace. */
    private static final long COLD_AFTER = TimeUnit.SECONDS.toNanos(30);
    private static final int COLD_REQUESTS = 8;
    /** After a 429 nothing is raised for so long; then a twentieth of the full pace each second. */
    private static final long QUIET = TimeUnit.SECONDS.toNanos(5);
    private static final long STEP = TimeUnit.SECONDS.toNanos(1);
    private static final double STEPS_TO_FULL = 20;
    private static final double SLOWEST_PER_SECOND = 0.5;

    private double full;
    private int most;
    private double perSecond;
    private int concurrent;
    private long next;
    private long pausedUntil;
    private long lastTaken;
    private long lastCut;
    private long raisedTo;
    private int cold = COLD_REQUESTS;

    /** Starts with nothing in hand: a replica that takes over waits for its first turn like for every other. */
    CloverPace(double limitPerSecond, int concurrentLimit, long now) {
        this.full = limitPerSecond * SHARE;
        this.most = concurrentLimit;
        this.perSecond = full;
        this.concurrent = concurrentLimit;
        this.next = now + gap();
        this.lastTaken = now;
        this.lastCut = now;
        this.raisedTo = now;
    }

    /** Other limits from now on; what was told down by 429 stays so, and less is in force at once. */
    void limits(double limitPerSecond, int concurrentLimit) {
        double before = full;
        full = limitPerSecond * SHARE;
        perSecond = before > 0 ? Math.max(Math.min(full, SLOWEST_PER_SECOND), Math.min(full, perSecond * full / before)) : full;
        concurrent = Math.max(1, Math.min(concurrentLimit, concurrent + concurrentLimit - most));
        most = concurrentLimit;
    }

    /** The earliest time of the next request. */
    long next() {
        return Math.max(next, pausedUntil);
    }

    /** How many requests may be under way. */
    int concurrent() {
        return concurrent;
    }

    /** Between two requests at the present pace. */
    long gap() {
        return (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
    }

    double perSecond() {
        return perSecond;
    }

    /** A request starts now. */
    void taken(long now) {
        recover(now);
        if (now - lastTaken > COLD_AFTER) {
            cold = COLD_REQUESTS;
        }
        long gap = gap();
        if (cold > 0) {
            cold--;
            gap *= 2;
        }
        next = Math.max(next + gap, now + gap - TOLERANCE);
        lastTaken = now;
    }

    /**
     * What was taken last lay in this process until now, or may have: the next follows at its distance from now, for
     * together they would arrive at once.
     */
    void leftLate(long now) {
        next = Math.max(next, now + gap());
    }

    /**
     * Clover answered 429: half the pace, once for all requests that were under way together.
     *
     * @param sentAt when the refused request was sent
     * @param pause until when nothing is sent; Clover prolongs the wait of those who come earlier
     * @param concurrentLimit whether it was the limit of requests at once
     */
    void throttled(long now, long sentAt, long pause, boolean concurrentLimit) {
        pausedUntil = Math.max(pausedUntil, now + pause);
        if (sentAt < lastCut) {
            return;
        }
        lastCut = now;
        raisedTo = now + QUIET;
        perSecond = Math.max(Math.min(full, SLOWEST_PER_SECOND), perSecond / 2);
        if (concurrentLimit) {
            concurrent = Math.max(1, concurrent - 1);
        }
    }

    private void recover(long now) {
        long steps = (now - raisedTo) / STEP;
        if (steps <= 0) {
            return;
        }
        raisedTo += steps * STEP;
        perSecond = Math.min(full, perSecond + steps * full / STEPS_TO_FULL);
        if (perSecond >= full) {
            concurrent = most;
        }
    }
}
