package dev.tillbridge.product;

import java.time.Duration;

/** Growing gaps between tries. */
final class Gaps {

    private static final Duration LONGEST = Duration.ofHours(1);

    private Gaps() {}

    /** After so many failures in a row, the first among them. */
    static Duration after(int failures, Duration first) {
        Duration gap = first.multipliedBy(1L << Math.min(12, Math.max(0, failures - 1)));
        return gap.compareTo(LONGEST) > 0 ? LONGEST : gap;
    }
}
