package dev.tillbridge.shopify;

import java.time.Duration;
import java.util.Locale;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;

/** What is counted; shops are no tag, or a thousand of them would be a thousand series each. */
@Singleton
class ShopifyMetrics {

    private final MeterRegistry registry;

    ShopifyMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** {@code outcome}: {@code ok} or the failure's code. */
    void request(ShopifyOperation operation, String outcome, Duration took) {
        registry.timer("tillbridge.shopify.requests", "operation", operation.document(), "outcome", outcome).record(took);
        if (outcome.equals("throttled")) {
            registry.counter("tillbridge.shopify.throttles", "operation", operation.document()).increment();
        }
    }

    void waited(Priority priority, Duration took) {
        registry.timer("tillbridge.shopify.wait", "priority", priority.name().toLowerCase(Locale.ROOT)).record(took);
    }

    void cost(ShopifyOperation operation, double points) {
        registry.summary("tillbridge.shopify.cost", "operation", operation.document()).record(points);
    }
}
