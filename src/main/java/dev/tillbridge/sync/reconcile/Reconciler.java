package dev.tillbridge.sync.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.sync.reconcile.ReconciliationRepository.State;
import dev.tillbridge.sync.reconcile.ReconciliationRepository.Taken;

/** Begins a store's reconciliations, when a person asked or the night came, and ends them. */
@ApplicationScoped
public class Reconciler {

    private static final Logger LOG = Logger.getLogger(Reconciler.class);

    private final ReconciliationRepository reconciliations;
    private final Comparing comparing;
    private final ReconcileReport report;
    private final ReconcileMetrics metrics;
    private final ReconcileConfig config;

    Reconciler(ReconciliationRepository reconciliations, Comparing comparing, ReconcileReport report, ReconcileMetrics metrics,
            ReconcileConfig config) {
        this.reconciliations = reconciliations;
        this.comparing = comparing;
        this.report = report;
        this.metrics = metrics;
        this.config = config;
    }

    /** A new holder begins anew with what the last one left. */
    public Uni<Void> resume(Fence fence) {
        return reconciliations.resume(fence).chain(() -> reconciliations.state(fence.storeId()))
                .invoke(state -> {
                    if (state != null) {
                        metrics.held(fence.storeId(), state.finishedAt() == null ? state.createdAt() : state.finishedAt());
                    }
                }).replaceWithVoid();
    }

    /** The store is held here no longer. */
    public void released(UUID storeId) {
        metrics.released(storeId);
    }

    /**
     * Does a reconciliation that is due, whole; answers whether one was.
     *
     * @param steps what has the streams take their turns; given true they go at the routine's pace, else as for a person who waits
     */
    public Uni<Boolean> turn(Fence fence, Function<Boolean, ReconcileSteps> steps) {
        return reconciliations.state(fence.storeId()).chain(state -> {
            if (state == null) {
                return Uni.createFrom().item(false);
            }
            Instant night = steps.apply(true).lastNight(ZoneId.of(state.timezone()), state.now());
            boolean waits = state.requested() || state.leftBehind();
            if (!waits && !nightlyDue(fence.storeId(), state, night)) {
                return Uni.createFrom().item(false);
            }
            return (state.leftBehind() ? reconciliations.resume(fence) : Uni.createFrom().voidItem())
                    .chain(() -> waits ? Uni.createFrom().voidItem() : reconciliations.nightly(fence))
                    .chain(() -> reconciliations.take(fence))
                    .chain(taken -> taken == null
                            ? Uni.createFrom().item(false)
                            : conduct(fence, taken, night, steps.apply(taken.nightly())).replaceWith(true));
        });
    }

    /** A while after the whole read; and each store has its own minute of the time that follows. */
    private boolean nightlyDue(UUID storeId, State state, Instant night) {
        long spread = Math.max(1, config.spread().toMillis());
        Instant begins = night.plus(config.settle())
                .plusMillis(Math.floorMod(storeId.getMostSignificantBits() ^ storeId.getLeastSignificantBits(), spread));
        Instant last = state.lastAt() == null ? state.createdAt() : state.lastAt();
        return config.nightly() && !state.now().isBefore(begins) && last.isBefore(night);
    }

    private Uni<Void> conduct(Fence fence, Taken taken, Instant night, ReconcileSteps steps) {
        LOG.infof("Reconciliation %s of store %s begins", taken.id(), fence.storeId());
        long began = System.nanoTime();
        Compared compared = new Compared();
        return comparing.compare(fence, taken, taken.nightly() ? night : Instant.MAX, steps, compared)
                .chain(() -> report.end(fence, taken.id(), compared))
                .invoke(() -> {
                    metrics.ended(Duration.ofNanos(System.nanoTime() - began), true);
                    metrics.held(fence.storeId(), Instant.now());
                    steps.wake();
                })
                .chain(() -> reconciliations.forgetOld(fence, config.keptFor().toMillis()))
                // The next holder begins it anew.
                .onFailure(failure -> !(failure instanceof Fence.Lost))
                .recoverWithUni(failure -> {
                    metrics.ended(Duration.ofNanos(System.nanoTime() - began), false);
                    if (failure instanceof ConnectorException vendors) {
                        LOG.warnf("Reconciliation %s of store %s: %s (%s)", taken.id(), fence.storeId(), vendors.getMessage(),
                                vendors.code());
                    } else {
                        LOG.errorf(failure, "Reconciliation %s of store %s failed", taken.id(), fence.storeId());
                    }
                    return report.fail(fence, taken.id(), Compared.message(failure), compared);
                });
    }
}
