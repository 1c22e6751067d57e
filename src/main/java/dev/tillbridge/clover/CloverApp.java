package dev.tillbridge.clover;

import java.time.Duration;
import java.util.UUID;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;

import dev.tillbridge.platform.ReplicaShares;

/**
 * An app's limits over all its tokens (docs.clover.com/docs/api-usage-rate-limits: 50 requests a second, 10 at once), of which
 * this replica has its share. Without a word from the database nothing is sent once the share has run out.
 */
@Singleton
class CloverApp {

    private static final Logger LOG = Logger.getLogger(CloverApp.class);
    private static final String BUDGET = "clover-app";
    /** Two renewals may fail before others take the share. */
    private static final Duration LIFE = Duration.ofSeconds(20);

    private final CloverConfig.App config;
    private final ReplicaShares shares;
    private final CloverGovernor governor;
    private final UUID replica = UUID.randomUUID();
    private volatile double share;
    private volatile long until = System.nanoTime();

    CloverApp(CloverConfig config, ReplicaShares shares, CloverMetrics metrics, MeterRegistry registry, Vertx vertx) {
        this.config = config.app();
        this.shares = shares;
        this.governor = this.config.enabled()
                ? CloverGovernor.closed(Loop.on(((VertxInternal) vertx).getEventLoopGroup().next()), metrics.ofApp())
                : null;
        if (governor != null) {
            registry.gauge("tillbridge.clover.app.share", this, app -> app.share);
        }
    }

    /** Whose turn each call needs besides its token's; null where no app's limits are kept. */
    CloverGovernor governor() {
        return governor;
    }

    @Scheduled(identity = "clover-app", every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> renew() {
        return governor == null
                ? Uni.createFrom().voidItem()
                : once(true).ifNoItem().after(LIFE.dividedBy(2)).fail()
                        .onFailure().invoke(failure -> LOG.errorf("The share of the Clover app could not be renewed: %s",
                                failure.getMessage()))
                        .onFailure().recoverWithNull();
    }

    private Uni<Void> once(boolean again) {
        long asked = System.nanoTime();
        double using = asked - until < 0 ? share : 0;
        return shares.renew(BUDGET, replica, using, LIFE).chain(granted -> {
            long runsOut = asked + LIFE.toNanos();
            share = granted;
            until = runsOut;
            return governor
                    .limits(granted * config.perSecond(), Math.max(1, (int) (granted * config.concurrent())),
                            () -> runsOut - System.nanoTime())
                    // Only now do others get what was given up.
                    .chain(() -> again && granted < using ? once(false) : Uni.createFrom().voidItem());
        });
    }
}
