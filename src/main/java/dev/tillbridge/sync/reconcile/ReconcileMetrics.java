package dev.tillbridge.sync.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** What reconciliations tell Prometheus; no store is a label. */
@ApplicationScoped
class ReconcileMetrics {

    private final MeterRegistry registry;
    private final Map<UUID, Instant> finished = new ConcurrentHashMap<>();

    ReconcileMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("tillbridge.reconcile.age", finished, ReconcileMetrics::oldest)
                .description("How long ago the store held here that waits longest was last reconciled").baseUnit("seconds")
                .register(registry);
    }

    /** @param at when the store's last good reconciliation ended; where there was none, when it was connected */
    void held(UUID storeId, Instant at) {
        finished.put(storeId, at);
    }

    void released(UUID storeId) {
        finished.remove(storeId);
    }

    void ended(Duration took, boolean well) {
        Timer.builder("tillbridge.reconcile").description("Reconciliations of a store")
                .tag("outcome", well ? "success" : "failure")
                .register(registry).record(took);
    }

    void differences(String type, String kind, long count) {
        registry.counter("tillbridge.reconcile.differences", "class", type.toLowerCase(Locale.ROOT).replace('_', '-'), "kind",
                kind.toLowerCase(Locale.ROOT).replace('_', '-')).increment((double) count);
    }

    private static double oldest(Map<UUID, Instant> finished) {
        long now = System.currentTimeMillis();
        return finished.values().stream().mapToDouble(at -> (now - at.toEpochMilli()) / 1e3).max().orElse(0);
    }
}
