package dev.tillbridge.product;

import java.time.Duration;

import dev.tillbridge.platform.DoublingGap;

/** Growing gaps between tries. */
final class Gaps {

    private static final Duration LONGEST = Duration.ofHours(1);

    private Gaps() {}

    /** After so many failures in a row, the first among them. */
    static Duration after(int failures, Duration first) {
        return DoublingGap.after(Math.max(0, failures - 1), first, LONGEST);
    }
}
