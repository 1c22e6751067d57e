package dev.tillbridge.bench;

import java.util.List;
import java.util.Locale;

/** How long something took, many times. */
final class Latencies {

    private final long[] sorted;

    Latencies(List<Long> milliseconds) {
        this.sorted = milliseconds.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    /** The nearest rank, in milliseconds. */
    long percentile(double percent) {
        if (sorted.length == 0) {
            throw new IllegalStateException("Nothing was measured");
        }
        return sorted[(int) Math.max(0, Math.ceil(percent / 100 * sorted.length) - 1)];
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d measured: median %d ms, 95 %% within %d ms, 99 %% within %d ms, longest %d ms",
                sorted.length, percentile(50), percentile(95), percentile(99), percentile(100));
    }
}
