package dev.tillbridge.event;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.platform.NotificationLine;
import dev.tillbridge.platform.Replica;

/**
 * Hears from the database what changed, for as long as this replica has readers. That it listens stands in the database, because
 * nothing is told where nobody does.
 */
@ApplicationScoped
class EventListener implements NotificationLine.Ears {

    private static final Logger LOG = Logger.getLogger(EventListener.class);

    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration ENTERED_FOR = Duration.ofSeconds(60);
    private static final Duration ENTERED_EVERY = Duration.ofSeconds(20);
    /** Transactions that began before the entry tell nothing; hardly one lasts longer. */
    private static final Duration EARLIER_TRANSACTIONS = Duration.ofSeconds(12);

    private static final String ENTER = """
            with gone as (delete from event_listener where heard_until < clock_timestamp() - interval '1 hour')
            insert into event_listener (replica, heard_until) values ($1, clock_timestamp() + $2 * interval '1 millisecond')
            on conflict (replica) do update set heard_until = excluded.heard_until
            """;

    private final Pool pool;
    private final EventFeeds feeds;
    private final UUID replica;
    private final NotificationLine line;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile boolean stopping;
    /** Whether readers are told all that is committed. */
    private volatile boolean hearing;
    private volatile long enteredAt;
    private volatile boolean resyncDue;
    private volatile long resyncAt;

    EventListener(Pool pool, EventFeeds feeds, Replica replica) {
        this.pool = pool;
        this.feeds = feeds;
        this.replica = UUID.fromString(replica.id());
        this.line = new NotificationLine(pool, "tillbridge_event", this);
    }

    /** A new reader: told to read everything as soon as nothing that is committed later is missed. */
    void joined(EventFeed feed) {
        if (hearing && line.isOpen()) {
            feed.resync();
        } else {
            tick().subscribe().with(done -> LOG.debug("Looked whether changes are told of"),
                    failure -> LOG.warnf("Changes are told of later: %s", failure.getMessage()));
        }
    }

    @Scheduled(identity = "event-listener", every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        if (stopping || !looking.compareAndSet(false, true)) {
            return Uni.createFrom().voidItem();
        }
        return (feeds.isEmpty() ? rest() : listen()).onTermination().invoke(() -> looking.set(false));
    }

    /** Before the replica waits for requests under way: these would never end by themselves. */
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        feeds.close();
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        feeds.close();
        line.hangUp();
    }

    @Override
    public void heard(String payload) {
        try {
            Hint hint = Hint.parse(payload);
            feeds.each(feed -> feed.tell(hint));
        } catch (IllegalArgumentException e) {
            LOG.debugf("A notification is none of this version's: %s", payload);
        }
    }

    @Override
    public void begun() {
        hearing = false;
    }

    @Override
    public void failed(Duration nextTry, Throwable failure) {
        LOG.warnf("Readers of events hear nothing; next try in %s: %s", nextTry, failure.getMessage());
    }

    private Uni<Void> rest() {
        hearing = false;
        line.hangUp();
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> listen() {
        return line.look().chain(() -> line.isOpen() ? enter() : Uni.createFrom().voidItem());
    }

    private Uni<Void> enter() {
        if (hearing && resyncDue && System.nanoTime() - resyncAt >= 0) {
            resyncDue = false;
            feeds.each(EventFeed::resync);
        }
        long asked = System.nanoTime();
        if (hearing && asked - enteredAt < ENTERED_EVERY.toNanos()) {
            return Uni.createFrom().voidItem();
        }
        return pool.preparedQuery(ENTER).execute(Tuple.of(replica, ENTERED_FOR.toMillis())).ifNoItem().after(ANSWER).fail()
                .invoke(() -> entered(asked))
                .onFailure().invoke(failure -> LOG.warnf("Readers of events may hear nothing: %s", failure.getMessage()))
                .onFailure().recoverWithNull().replaceWithVoid();
    }

    private void entered(long asked) {
        boolean missed = !hearing || asked - enteredAt > ENTERED_FOR.toNanos();
        enteredAt = asked;
        hearing = true;
        if (missed) {
            resyncDue = true;
            resyncAt = asked + EARLIER_TRANSACTIONS.toNanos();
            feeds.each(EventFeed::resync);
        }
    }
}
