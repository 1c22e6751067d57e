package dev.tillbridge.testing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;

/**
 * Ends an application's meters with it. Applications that are started one after the other in a JVM share the registry, which
 * Quarkus empties between them in dev mode alone: a gauge would go on asking the application that has ended.
 */
@ApplicationScoped
class MetersOfOneApplication {

    private final MeterRegistry registry;

    MetersOfOneApplication(MeterRegistry registry) {
        this.registry = registry;
    }

    void stop(@Observes ShutdownEvent event) {
        registry.clear();
    }
}
