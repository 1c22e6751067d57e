package dev.tillbridge.clover;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

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
 * this replica has its share: so many of the requests at once, and as much of the pace. Without a word from the database nothing
 * is sent once the share has run out.
 */
@Singleton
class CloverApp {

    private static final Logger LOG = Logger.getLogger(CloverApp.class);
    /** For so long after it was renewed calls may begin: two renewals may fail. */
    private static final Duration LIFE = Duration.ofSeconds(20);
    /** Whoever was busy stays on the list of those that share the pace for some renewals, so that shares do not go to and fro. */
    private static final long BUSY_FOR = TimeUnit.SECONDS.toNanos(15);
    /** Renewals by which a replica that starts has been given its part. */
    private static final int MANY = 12;

    private final CloverConfig.App config;
    /** Others get the share when the last call that was begun with it has ended, too. */
    private final Duration kept;
    private final ReplicaShares shares;
    private final ReplicaShares.Budget budget;
    private final CloverTurns turns;
    private final UUID replica = UUID.randomUUID();
    private volatile double share;
    private volatile long until = System.nanoTime();
    private volatile long lookedAt = until;
    private volatile long busyAt = until;
    private volatile long seenTurns;
    private volatile int inVain;

    CloverApp(CloverConfig config, ReplicaShares shares, MeterRegistry registry, Vertx vertx) {
        this.config = config.app();
        this.kept = LIFE.plus(config.timeout().call());
        this.shares = shares;
        this.budget = new ReplicaShares.Budget("clover-app", this.config.concurrent());
        this.turns = this.config.enabled()
                ? CloverTurns.ofApp(Loop.on(((VertxInternal) vertx).getEventLoopGroup().next()))
                : null;
        if (turns != null) {
            registry.gauge("tillbridge.clover.app.share", this, app -> app.share);
        }
    }

    /** The turns that all tokens share; empty where no app's limits are kept. */
    Optional<CloverTurns> turns() {
        return Optional.ofNullable(turns);
    }

    @Scheduled(identity = "clover-app", every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> renew() {
        return turns == null
                ? Uni.createFrom().voidItem()
                : once(busy(), true).ifNoItem().after(LIFE.dividedBy(2)).fail()
                        .onFailure().invoke(failure -> LOG.errorf("The share of the Clover app could not be renewed: %s",
                                failure.getMessage()))
                        .onFailure().recoverWithNull();
    }

    /** Whether somebody waits, or more than half of what one request at once stands for was sent since the last look. */
    private boolean busy() {
        long now = System.nanoTime();
        double enough = config.perSecond() / config.concurrent() / 2 * (now - lookedAt) / TimeUnit.SECONDS.toNanos(1);
        if (turns.crowded() || turns.count() - seenTurns > enough) {
            busyAt = now;
        }
        lookedAt = now;
        seenTurns = turns.count();
        return now - busyAt < BUSY_FOR;
    }

    private Uni<Void> once(boolean wants, boolean again) {
        long asked = System.nanoTime();
        double using = Math.max(asked - until < 0 ? share : 0, turns.underWay() / (double) config.concurrent());
        return shares.renew(budget, replica, using, wants, kept).chain(granted -> {
            long runsOut = asked + LIFE.toNanos();
            share = granted;
            until = runsOut;
            inVain = granted > 0 ? 0 : inVain + 1;
            if (inVain % MANY == MANY - 1) {
                LOG.errorf("Nothing is sent to Clover: other replicas have all of the app's %d requests at once",
                        config.concurrent());
            }
            return turns
                    .limits(granted * config.perSecond(), (int) Math.round(granted * config.concurrent()),
                            () -> runsOut - System.nanoTime())
                    // Only now do others get what was given up.
                    .chain(() -> again && granted < using ? once(wants, false) : Uni.createFrom().voidItem());
        });
    }
}
