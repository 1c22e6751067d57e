package dev.tillbridge.sync;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Pool;

import dev.tillbridge.platform.DoublingGap;
import dev.tillbridge.platform.Replica;

/**
 * Hears from the database which stores have news, on a connection of its own. While that is gone, all that is held here looks with
 * each try to hear again, as long as the database answers, and once more when that succeeds.
 */
@ApplicationScoped
class DueListener {

    private static final Logger LOG = Logger.getLogger(DueListener.class);

    private static final Duration CHECK = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    private final Pool pool;
    private final LeaseKeeper keeper;
    private final Replica replica;
    private final SyncConfig config;
    private final SyncMetrics metrics;
    private final Executor executor = Infrastructure.getDefaultExecutor();
    private final AtomicReference<PgConnection> connection = new AtomicReference<>();
    private volatile boolean stopping;
    private volatile int failures;
    private volatile long nextAt = System.nanoTime();

    DueListener(Pool pool, LeaseKeeper keeper, Replica replica, SyncConfig config, SyncMetrics metrics) {
        this.pool = pool;
        this.keeper = keeper;
        this.replica = replica;
        this.config = config;
        this.metrics = metrics;
        metrics.listening(() -> connection.get() == null ? 0 : 1);
    }

    @Scheduled(identity = "due-listener", every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        if (stopping || !config.enabled() || System.nanoTime() - nextAt < 0) {
            return Uni.createFrom().voidItem();
        }
        PgConnection present = connection.get();
        return (present == null ? connect() : check(present))
                .onFailure().invoke(this::failed)
                .onFailure().recoverWithNull();
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        drop(connection.get());
    }

    private Uni<Void> connect() {
        return pool.getConnection().map(PgConnection::cast).ifNoItem().after(ANSWER).fail()
                .chain(fresh -> {
                    fresh.notificationHandler(notification -> heard(notification.getPayload()));
                    fresh.closeHandler(() -> lost(fresh));
                    return fresh.query("listen tillbridge_due").execute().ifNoItem().after(ANSWER).fail()
                            .onFailure().call(failure -> fresh.close())
                            .invoke(() -> begun(fresh));
                }).replaceWithVoid();
    }

    private void begun(PgConnection fresh) {
        failures = 0;
        nextAt = System.nanoTime() + CHECK.toNanos();
        connection.set(fresh);
        // What was said while nobody listened is found by looking.
        executor.execute(keeper::lookAtAll);
    }

    /** A connection whose other end is gone without a word would be listened to for ever. */
    private Uni<Void> check(PgConnection present) {
        return present.query("select 1").execute().ifNoItem().after(ANSWER).fail()
                .invoke(() -> nextAt = System.nanoTime() + CHECK.toNanos())
                .onFailure().invoke(failure -> drop(present))
                .replaceWithVoid();
    }

    private void failed(Throwable failure) {
        int before = failures;
        failures = before + 1;
        Duration rest = DoublingGap.after(before, FIRST_RETRY, LONGEST_RETRY);
        nextAt = System.nanoTime() + rest.toNanos();
        LOG.warnf("Nothing is heard of stores that have news, they are looked at by the clock; next try in %s: %s", rest,
                failure.getMessage());
        // Where the database does not answer at all there is nothing to look at.
        pool.query("select 1").execute().ifNoItem().after(ANSWER).fail().subscribe().with(
                answered -> executor.execute(keeper::lookAtAll),
                away -> LOG.debugf("The database does not answer either: %s", away.getMessage()));
    }

    private void lost(PgConnection gone) {
        if (connection.compareAndSet(gone, null)) {
            nextAt = System.nanoTime();
        }
    }

    private void drop(PgConnection unwanted) {
        if (unwanted == null) {
            return;
        }
        lost(unwanted);
        unwanted.query("unlisten *").execute().ifNoItem().after(ANSWER).fail().onTermination().call(unwanted::close)
                .subscribe().with(done -> LOG.debug("The listening connection is given back"),
                        failure -> LOG.debugf("The listening connection is gone: %s", failure.getMessage()));
    }

    /** {@code <store> inbox}, or {@code <store> changed <replica>}, where the replica has told itself already. */
    private void heard(String payload) {
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
