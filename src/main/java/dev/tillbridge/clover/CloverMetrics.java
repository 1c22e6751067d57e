package dev.tillbridge.clover;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;

/** What is measured of Clover's calls, over all tills: no label names a merchant, so their number stays small. */
@Singleton
class CloverMetrics {

    private final MeterRegistry registry;
    private final String scope;
    private final AtomicInteger inFlight;
    private final AtomicInteger waiting;

    @Inject
    CloverMetrics(MeterRegistry registry) {
        this(registry, "tillbridge.clover");
    }

    private CloverMetrics(MeterRegistry registry, String scope) {
        this.registry = registry;
        this.scope = scope;
        this.inFlight = registry.gauge(scope + ".in.flight", new AtomicInteger());
        this.waiting = registry.gauge(scope + ".waiting", new AtomicInteger());
    }

    /** The same of calls that wait for their app's turn. */
    CloverMetrics ofApp() {
        return new CloverMetrics(registry, scope + ".app");
    }

    void queued() {
        waiting.incrementAndGet();
    }

    void unqueued() {
        waiting.decrementAndGet();
    }

    void started(Lane lane, long waitedNanos) {
        inFlight.incrementAndGet();
        registry.timer(scope + ".wait", "lane", lane.name().toLowerCase(Locale.ROOT))
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
