package dev.tillbridge.sync;

import java.time.Duration;
import java.util.function.ToDoubleFunction;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.sync.StandingFigures.Figures;

/**
 * Tells Prometheus what stands in the database. Every replica tells the same, so that a query takes {@code max}; NaN where the
 * database did not answer.
 */
@ApplicationScoped
class StandingMetrics {

    private static final Logger LOG = Logger.getLogger(StandingMetrics.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final StandingFigures source;
    private volatile Figures last = Figures.UNKNOWN;

    StandingMetrics(StandingFigures source, MeterRegistry registry) {
        this.source = source;
        gauge(registry, "tillbridge.stores.waiting", "Stores that are due and worked on by no replica", Figures::storesWaiting);
        gauge(registry, "tillbridge.sales.held", "Sales that wait for a person", Figures::salesHeld);
        Gauge.builder("tillbridge.sales.held.longest", () -> last.heldSinceSeconds()).baseUnit("seconds")
                .description("How long the sale that waits longest for a person has waited").register(registry);
        gauge(registry, "tillbridge.stores.refused", "Stores whose credentials Shopify does not accept any more",
                Figures::storesRefused);
        gauge(registry, "tillbridge.channels.refused", "Channels whose token the till does not accept any more",
                Figures::channelsRefused);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<Figures> figure) {
        Gauge.builder(name, () -> figure.applyAsDouble(last)).description(description).register(registry);
    }

    @Scheduled(identity = "standing-figures", every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return source.read().ifNoItem().after(PATIENCE).fail()
                .onFailure().invoke(failure -> LOG.warnf("The figures were not read: %s", failure.getMessage()))
                .onFailure().recoverWithItem(Figures.UNKNOWN)
                .invoke(figures -> last = figures).replaceWithVoid();
    }
}
