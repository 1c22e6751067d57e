package dev.tillbridge.sandbox.shopify;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What a search index still shows of things written a moment ago. Reads by id are immediate; searches see a write only after
 * the lag (rec: {@code products(query: "sku:…")} is stale right after a mutation).
 *
 * @param <V> what the index knows of a thing
 */
final class IndexLag<V> {

    private record Past<T>(long until, T value) {}

    private record Due(long until, long key) {}

    private final Clock clock;
    private final LongSupplier lagMs;
    private final Map<Long, Deque<Past<V>>> pasts = new HashMap<>();
    private final Deque<Due> due = new ArrayDeque<>();

    IndexLag(Clock clock, LongSupplier lagMs) {
        this.clock = clock;
        this.lagMs = lagMs;
    }

    /** To be called before a write: what the index goes on showing for the length of the lag. */
    void remember(long key, V before) {
        forgetExpired();
        long lag = lagMs.getAsLong();
        if (lag <= 0) {
            return;
        }
        long until = clock.millis() + lag;
        pasts.computeIfAbsent(key, any -> new ArrayDeque<>(2)).addLast(new Past<>(until, before));
        due.addLast(new Due(until, key));
    }

    /** What the index shows: the past for the length of the lag, then {@code current}. */
    V view(long key, V current) {
        if (pasts.isEmpty()) {
            return current;
        }
        Deque<Past<V>> past = pasts.get(key);
        if (past == null) {
            return current;
        }
        long now = clock.millis();
        for (Past<V> each : past) {
            if (each.until > now) {
                return each.value;
            }
        }
        return current;
    }

    void clear() {
        pasts.clear();
        due.clear();
    }

    private void forgetExpired() {
        long now = clock.millis();
        while (!due.isEmpty() && due.peekFirst().until <= now) {
            long key = due.removeFirst().key;
            pasts.computeIfPresent(key, (any, past) -> {
                past.removeIf(each -> each.until <= now);
                return past.isEmpty() ? null : past;
            });
        }
    }
}
