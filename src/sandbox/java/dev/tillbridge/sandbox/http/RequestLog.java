package dev.tillbridge.sandbox.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was asked of the simulated vendors. Counts every request, refused and spoiled ones too; keeps the last ones. Of headers it
 * holds {@code traceparent} alone, hence no credentials.
 */
public final class RequestLog {

    private static final int KEPT = 2_000;
    private static final long SECOND = 1_000_000_000L;

    private final Map<String, Side> sides = new LinkedHashMap<>();
    private final Deque<Entry> last = new ArrayDeque<>();

    void started(String side, long nanos) {
        of(side).started(nanos);
    }

    void finished(Entry entry) {
        of(entry.side()).finished(entry);
        last.addLast(entry);
        if (last.size() > KEPT) {
            last.removeFirst();
        }
    }

    /** Starts anew; requests under way are still counted as being at once. */
    public void clear() {
        last.clear();
        sides.values().forEach(Side::clear);
    }

    /** Counts of a side; of one that was not called, zeros. */
    public Summary summary(String side) {
        return of(side).summary();
    }

    /** The last requests, the oldest first. */
    public List<Entry> last(int count) {
        List<Entry> all = new ArrayList<>(last);
        return all.subList(Math.max(0, all.size() - count), all.size());
    }

    private Side of(String side) {
        return sides.computeIfAbsent(side, unused -> new Side());
    }

    /**
     * One request.
     *
     * @param at when it came, epoch milliseconds
     * @param status 0 if the connection was reset instead
     * @param fault the fault it met; null for none
     * @param traceparent the trace it belongs to (W3C Trace Context); null for none
     */
    public record Entry(String side, String operation, long at, String method, String path, int status, FaultKind fault,
            long durationMs, String traceparent) {}

    /**
     * @param total of all requests
     * @param operations requests per operation
     * @param statuses answers per HTTP status; 0 stands for reset connections
     * @param tooManyRequests answers 429
     * @param largestConcurrency most requests at once
     * @param peakPerSecond most requests within any second
     */
    public record Summary(long total, Map<String, Long> operations, Map<Integer, Long> statuses, long tooManyRequests,
            int largestConcurrency, int peakPerSecond) {}

    private static final class Side {

        private final Map<String, Long> operations = new TreeMap<>();
        private final Map<Integer, Long> statuses = new TreeMap<>();
        private final Deque<Long> lastSecond = new ArrayDeque<>();
        private int atOnce;
        private int largest;
        private int peak;

        void started(long nanos) {
            atOnce++;
            largest = Math.max(largest, atOnce);
            lastSecond.addLast(nanos);
            while (nanos - lastSecond.peekFirst() >= SECOND) {
                lastSecond.removeFirst();
            }
            peak = Math.max(peak, lastSecond.size());
        }

        void finished(Entry entry) {
            atOnce--;
            operations.merge(entry.operation(), 1L, Long::sum);
            statuses.merge(entry.status(), 1L, Long::sum);
        }

        void clear() {
            operations.clear();
            statuses.clear();
            lastSecond.clear();
            largest = atOnce;
            peak = 0;
        }

        Summary summary() {
            long total = operations.values().stream().mapToLong(Long::longValue).sum();
            return new Summary(total, new TreeMap<>(operations), new TreeMap<>(statuses), statuses.getOrDefault(429, 0L),
                    largest, peak);
        }
    }
}
