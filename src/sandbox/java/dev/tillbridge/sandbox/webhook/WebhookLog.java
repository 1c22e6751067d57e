package dev.tillbridge.sandbox.webhook;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last attempts. */
final class WebhookLog {

    static final int KEPT = 2_000;

    private final Deque<Entry> last = new ArrayDeque<>();

    void add(Entry entry) {
        last.addLast(entry);
        if (last.size() > KEPT) {
            last.removeFirst();
        }
    }

    List<Entry> last(int count) {
        List<Entry> all = new ArrayList<>(last);
        return all.subList(Math.max(0, all.size() - count), all.size());
    }

    void clear() {
        last.clear();
    }

    /**
     * One attempt.
     *
     * @param at when it began, epoch milliseconds
     * @param attempt 1 for the first
     * @param status of the answer; 0 for none
     * @param problem why there was none; null otherwise
     */
    public record Entry(String side, String topic, String owner, String uri, long at, int attempt, int status, long durationMs,
            String problem) {}
}
