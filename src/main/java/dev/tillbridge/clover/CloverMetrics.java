package dev.tillbridge.clover;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;

/** What is measured of Clover's calls, over all tills: no label names a merchant, so their number stays small. */
@Singleton
class CloverMetrics {

    private final MeterRegistry registry;
    private final AtomicInteger inFlight;
    private final AtomicInteger waiting;

    CloverMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.inFlight = registry.gauge("tillbridge.clover.in.flight", new AtomicInteger());
        this.waiting = registry.gauge("tillbridge.clover.waiting", new AtomicInteger());
    }

    void queued() {
        waiting.incrementAndGet();
    }

    void unqueued() {
        waiting.decrementAndGet();
    }

    void started(Lane lane, long waitedNanos) {
        inFlight.incrementAndGet();
        registry.timer("tillbridge.clover.wait", "lane", lane.name().toLowerCase(Locale.ROOT))
                .record(waitedNanos, TimeUnit.NANOSECONDS);
    }

    void ended() {
        inFlight.decrementAndGet();
    }

    /** @param outcome HTTP status, or what cut the call short, such as {@code timeout} */
    void answered(CloverOperation operation, String outcome) {
        registry.counter("tillbridge.clover.requests", "operation", operation.key(), "status", outcome).increment();
    }

    /** @param limit Clover's name of it, such as {@code tokenLimit} */
    void throttled(String limit) {
        registry.counter("tillbridge.clover.throttled", "limit", limit).increment();
    }

    void retried(CloverOperation operation) {
        registry.counter("tillbridge.clover.retries", "operation", operation.key()).increment();
    }
}
