package dev.tillbridge.platform;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Pool;

/**
 * A connection of its own on which the database is heard ({@code LISTEN}). Its owner calls {@link #look} each second: that opens
 * it, opens it again in growing gaps where it was lost, and asks now and then whether its other end is still there.
 */
public final class NotificationLine {

    private static final Logger LOG = Logger.getLogger(NotificationLine.class);

    private static final Duration CHECK = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    /** Whoever hears. */
    public interface Ears {

        /** On the connection's event loop: what takes longer goes elsewhere. */
        void heard(String payload);

        /** It hears from now on; what was said before may have been missed. */
        void begun();

        /** It could not be opened, or is lost. */
        void failed(Duration nextTry, Throwable failure);
    }

    private final Pool pool;
    private final String channel;
    private final Ears ears;
    private final AtomicReference<PgConnection> connection = new AtomicReference<>();
    private volatile int failures;
    private volatile long nextAt = System.nanoTime();

    /** @param channel PostgreSQL's name of what is listened to */
    public NotificationLine(Pool pool, String channel, Ears ears) {
        this.pool = pool;
        this.channel = channel;
        this.ears = ears;
    }

    public boolean isOpen() {
        return connection.get() != null;
    }

    /** Never fails, and must not be called while an earlier call goes on. */
    public Uni<Void> look() {
        if (System.nanoTime() - nextAt < 0) {
            return Uni.createFrom().voidItem();
        }
        PgConnection present = connection.get();
        return (present == null ? connect() : check(present))
                .onFailure().invoke(this::failed)
                .onFailure().recoverWithNull();
    }

    /** Gives the connection back; the next look opens another one. */
    public void hangUp() {
        PgConnection unwanted = connection.get();
        if (unwanted == null) {
            return;
        }
        lost(unwanted);
        unwanted.query("unlisten *").execute().ifNoItem().after(ANSWER).fail().onTermination().call(unwanted::close)
                .subscribe().with(done -> LOG.debugf("The connection that listened to %s is given back", channel),
                        failure -> LOG.debugf("The connection that listened to %s is gone: %s", channel, failure.getMessage()));
    }

    private Uni<Void> connect() {
        return pool.getConnection().map(PgConnection::cast).ifNoItem().after(ANSWER).fail()
                .chain(fresh -> {
                    fresh.notificationHandler(notification -> ears.heard(notification.getPayload()));
                    fresh.closeHandler(() -> lost(fresh));
                    return fresh.query("listen " + channel).execute().ifNoItem().after(ANSWER).fail()
                            .onFailure().call(failure -> fresh.close())
                            .invoke(() -> begun(fresh));
                }).replaceWithVoid();
    }

    private void begun(PgConnection fresh) {
        failures = 0;
        nextAt = System.nanoTime() + CHECK.toNanos();
        connection.set(fresh);
        ears.begun();
    }

    /** A connection whose other end is gone without a word would be listened to for ever. */
    private Uni<Void> check(PgConnection present) {
        return present.query("select 1").execute().ifNoItem().after(ANSWER).fail()
                .invoke(() -> nextAt = System.nanoTime() + CHECK.toNanos())
                .onFailure().invoke(failure -> hangUp())
                .replaceWithVoid();
    }

    private void failed(Throwable failure) {
        int before = failures;
        failures = before + 1;
        Duration rest = DoublingGap.after(before, FIRST_RETRY, LONGEST_RETRY);
        nextAt = System.nanoTime() + rest.toNanos();
        ears.failed(rest, failure);
    }

    private void lost(PgConnection gone) {
        if (connection.compareAndSet(gone, null)) {
            nextAt = System.nanoTime();
        }
    }
}
