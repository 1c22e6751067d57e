package dev.tillbridge.webhook;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.WebhookConfig;

/** Forgets what has had its time: events that can no longer come again, secrets kept beyond their stores. */
@ApplicationScoped
class WebhookCleaning {

    private static final Logger LOG = Logger.getLogger(WebhookCleaning.class);

    /** In portions, and past rows that another replica is at: no lock is held for long. */
    private static final String EVENTS = """
            delete from webhook_event e using (
              select store_id, event from webhook_event
              where received_at < clock_timestamp() - $1 * interval '1 millisecond'
              limit 50000 for update skip locked) old
            where e.store_id = old.store_id and e.event = old.event
            """;

    private static final String FORMER = """
            with over as (delete from former_store where keep_until < clock_timestamp() returning id)
            delete from credential c using over where c.owner_id = over.id
            """;

    private static final String PREVIOUS = """
            with over as (
              update store set previous_secret_until = null where previous_secret_until < clock_timestamp() returning id)
            delete from credential c using over where c.owner_id = over.id and c.name = 'previous-client-secret'
            """;

    private final Pool pool;
    private final WebhookConfig config;

    WebhookCleaning(Pool pool, WebhookConfig config) {
        this.pool = pool;
        this.config = config;
    }

    @Scheduled(identity = "webhook-cleaning", every = "1m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> clean() {
        return pool.preparedQuery(EVENTS).execute(Tuple.of(config.eventRetention().toMillis()))
                .chain(() -> pool.query(FORMER).execute()).chain(() -> pool.query(PREVIOUS).execute()).replaceWithVoid()
                .onFailure().invoke(failure -> LOG.warnf("Old webhooks could not be forgotten: %s", failure.getMessage()))
                .onFailure().recoverWithNull();
    }
}
