package dev.tillbridge.sync;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** What the engine tells Prometheus. No store or channel is a label: a thousand of them would be too many series. */
@ApplicationScoped
class SyncMetrics {

    private final MeterRegistry registry;
    private final Map<String, Map<Object, Long>> lastSuccess = new ConcurrentHashMap<>();

    SyncMetrics(MeterRegistry registry) {
        this.registry = registry;
        // There from the start: Prometheus does not see the rise of a counter that begins with 1.
        List.of("claimed", "lost", "released").forEach(change -> leaseChange(change, 0));
    }

    void passed(String stream, Object loop, Duration took, boolean well) {
        Timer.builder("tillbridge.pass").description("Turns of the engine's streams").tag("stream", stream)
                .tag("outcome", well ? "success" : "failure").register(registry).record(took);
        if (well) {
            // A turn may end after its loop was stopped: a loop that is not there stays away.
            loops(stream).computeIfPresent(loop, (known, before) -> System.nanoTime());
        }
    }

    void began(String stream, Object loop) {
        loops(stream).putIfAbsent(loop, System.nanoTime());
    }

    void ended(String stream, Object loop) {
        loops(stream).remove(loop);
    }

    void rows(String what, long more) {
        registry.counter("tillbridge.rows", "what", what).increment((double) more);
    }

    void leases(Map<?, ?> held) {
        registry.gaugeMapSize("tillbridge.leases.held", List.of(), held);
    }

    void listening(Supplier<Number> listening) {
        Gauge.builder("tillbridge.due.listening", listening).description("Whether this replica hears of stores that have news")
                .register(registry);
    }

    void heard(String what) {
        registry.counter("tillbridge.due.heard", "what", what).increment();
    }

    void leaseChange(String change, int count) {
        registry.counter("tillbridge.lease.changes", "change", change).increment(count);
    }

    private Map<Object, Long> loops(String stream) {
        return lastSuccess.computeIfAbsent(stream, name -> {
            Map<Object, Long> loops = new ConcurrentHashMap<>();
            Gauge.builder("tillbridge.stream.lag", loops, SyncMetrics::oldest)
                    .description("How long the stream that is furthest behind has had no successful turn").baseUnit("seconds")
                    .tag("stream", name).register(registry);
            return loops;
        });
    }

    private static double oldest(Map<Object, Long> loops) {
        long now = System.nanoTime();
        return loops.values().stream().mapToDouble(at -> (double) (now - at)).max().orElse(0) / 1e9;
    }
}
