package dev.tillbridge.webhook;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;

import dev.tillbridge.channel.WebhookHint;

/** What webhooks tell Prometheus; no store is a label. */
// From the start: an alert on what is not told would never fire.
@Startup
@ApplicationScoped
public class WebhookMetrics {

    private final MeterRegistry registry;
    private final Set<UUID> silent = ConcurrentHashMap.newKeySet();
    private final AtomicLong waitingDemands = new AtomicLong();

    WebhookMetrics(MeterRegistry registry) {
        this.registry = registry;
        registry.gaugeCollectionSize("tillbridge.webhook.silent.stores", Set.of(), silent);
        registry.gauge("tillbridge.webhook.demands.waiting", waitingDemands);
    }

    void received(String source) {
        registry.counter("tillbridge.webhook.received", "source", source).increment();
    }

    /** @param reason a {@link Refusal}'s name */
    void refused(String source, String reason) {
        registry.counter("tillbridge.webhook.refused", "source", source, "reason", reason.toLowerCase(Locale.ROOT)).increment();
    }

    void duplicates(long count) {
        registry.counter("tillbridge.webhook.duplicates").increment((double) count);
    }

    /** Hints at what an open row stood for already. */
    void coalesced(long count) {
        registry.counter("tillbridge.webhook.coalesced").increment((double) count);
    }

    void unknownMerchants(long count) {
        registry.counter("tillbridge.webhook.unknown.merchants").increment((double) count);
    }

    void ignored(String source, String key, int count) {
        registry.counter("tillbridge.webhook.ignored", "source", source, "key", key).increment(count);
    }

    /** @param lag from the first delivery until what it hinted at was read and stored */
    void workedOff(WebhookHint.Kind kind, Duration lag) {
        Timer.builder("tillbridge.webhook.lag")
                .description("From a webhook's arrival until what it hints at was read and stored")
                .tag("kind", kind.name().toLowerCase(Locale.ROOT)).register(registry).record(lag);
    }

    /** Of the whole installation: each replica tells the same. */
    void waitingDemands(long count) {
        waitingDemands.set(count);
    }

    /** Whether a store this replica works on has fallen silent. */
    public void silent(UUID storeId, boolean now) {
        if (now) {
            silent.add(storeId);
        } else {
            silent.remove(storeId);
        }
    }
}
