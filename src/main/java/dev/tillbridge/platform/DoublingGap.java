package dev.tillbridge.platform;

import java.time.Duration;

/** How long to wait before something is tried, or looked at, again: each time in vain twice as long. */
public final class DoublingGap {

    /** Doubled so often, any gap is longer than the longest. */
    private static final int MOST_DOUBLINGS = 30;

    private DoublingGap() {}

    /** @param times how often it was in vain before */
    public static Duration after(int times, Duration first, Duration longest) {
        Duration gap = first.multipliedBy(1L << Math.min(times, MOST_DOUBLINGS));
        return gap.compareTo(longest) > 0 ? longest : gap;
    }
}
