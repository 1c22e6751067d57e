package dev.tillbridge.clover;

import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

import jakarta.enterprise.util.TypeLiteral;

import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;

/** Leaves a till alone whose calls fail in transport. What Clover answers below 500 is an answer and counts as success. */
interface CloverBreaker {

    /** Runs the call, or fails with {@code circuit-open} at once. */
    Uni<CloverAnswer> guard(Supplier<Uni<CloverAnswer>> call);

    /** Of SmallRye Fault Tolerance; one per merchant. */
    static CloverBreaker of(CloverConfig.Breaker config, String merchantId) {
        TypedGuard<Uni<CloverAnswer>> guard = TypedGuard.create(new TypeLiteral<Uni<CloverAnswer>>() {
        })
                // The same for all tills: it becomes a metric's label.
                .withDescription("clover")
                .withCircuitBreaker()
                .requestVolumeThreshold(config.window())
                .failureRatio(0.5)
                .delay(config.pause().toMillis(), ChronoUnit.MILLIS)
                .failOn(ConnectorException.Transient.class)
                .done()
                .build();
        return call -> Uni.createFrom().deferred(() -> guard.get(call))
                .onFailure(CircuitBreakerOpenException.class)
                .transform(open -> new ConnectorException.Transient("circuit-open", "Clover's calls for merchant "
                        + merchantId + " failed again and again; the till is left alone for "
                        + config.pause().toMillis() + " ms. Nothing was sent.", false, null));
    }
}
