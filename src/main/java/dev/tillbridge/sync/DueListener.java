package dev.tillbridge.sync;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Pool;

import dev.tillbridge.platform.NotificationLine;
import dev.tillbridge.platform.Replica;

/**
 * Hears from the database which stores have news, on a connection of its own. While that is gone, all that is held here looks with
 * each try to hear again, as long as the database answers, and once more when that succeeds.
 */
@ApplicationScoped
class DueListener implements NotificationLine.Ears {

    private static final Logger LOG = Logger.getLogger(DueListener.class);

    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Pool pool;
    private final LeaseKeeper keeper;
    private final Replica replica;
    private final SyncConfig config;
    private final SyncMetrics metrics;
    private final NotificationLine line;
    private final Executor executor = Infrastructure.getDefaultExecutor();
    private volatile boolean stopping;

    DueListener(Pool pool, LeaseKeeper keeper, Replica replica, SyncConfig config, SyncMetrics metrics) {
        this.pool = pool;
        this.keeper = keeper;
        this.replica = replica;
        this.config = config;
        this.metrics = metrics;
        this.line = new NotificationLine(pool, "tillbridge_due", this);
        metrics.listening(() -> line.isOpen() ? 1 : 0);
    }

    @Scheduled(identity = "due-listener", every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return stopping || !config.enabled() ? Uni.createFrom().voidItem() : line.look();
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        line.hangUp();
    }

    @Override
    public void begun() {
        // What was said while nobody listened is found by looking.
        executor.execute(keeper::lookAtAll);
    }

    @Override
    public void failed(Duration nextTry, Throwable failure) {
        LOG.warnf("Nothing is heard of stores that have news, they are looked at by the clock; next try in %s: %s", nextTry,
                failure.getMessage());
        // Where the database does not answer at all there is nothing to look at.
        pool.query("select 1").execute().ifNoItem().after(ANSWER).fail().subscribe().with(
                answered -> executor.execute(keeper::lookAtAll),
                away -> LOG.debugf("The database does not answer either: %s", away.getMessage()));
    }

    /** {@code <store> inbox}, or {@code <store> changed <replica>}, where the replica has told itself already. */
    @Override
    public void heard(String payload) {
        String[] words = payload.split(" ", 3);
        if (words.length > 2 && words[2].equals(replica.id())) {
            return;
        }
        try {
            UUID storeId = UUID.fromString(words[0]);
            boolean inbox = words.length > 1 && words[1].equals("inbox");
            metrics.heard(inbox ? "inbox" : "changed");
            // Away from this connection's event loop: what is woken would stay on it, all stores on the same.
            executor.execute(() -> keeper.heard(storeId, inbox));
        } catch (IllegalArgumentException e) {
            LOG.debugf("A notification is none of this version's: %s", payload);
        }
    }
}
