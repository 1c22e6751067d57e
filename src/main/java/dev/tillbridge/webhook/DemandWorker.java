package dev.tillbridge.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.FormerStores;
import dev.tillbridge.channel.StoreStatus;
import dev.tillbridge.platform.DoublingGap;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.SqlTime;
import dev.tillbridge.webhook.Demands.Demand;
import dev.tillbridge.webhook.Demands.Outcome;

/** Acts upon what shops' platforms demand, on whichever replica comes first; no lease is needed, the store may be gone. */
@ApplicationScoped
class DemandWorker {

    static final String UNINSTALLED = "The app was uninstalled from the shop. Install it again and send its credentials:"
            + " PUT /api/v1/stores/{id}/credentials";

    private static final Logger LOG = Logger.getLogger(DemandWorker.class);
    private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
    private static final Duration LONGEST_RETRY = Duration.ofHours(6);
    /** How often it is looked whether a store that is at work was let go. */
    private static final Duration LOOK_AGAIN = Duration.ofHours(1);
    /** So long after an app was uninstalled Shopify has the shop erased (shopify.dev, privacy law compliance). */
    private static final Duration AFTER_UNINSTALLING = Duration.ofDays(2);
    /** Shopify keeps the keys of refunds for 24 hours. */
    private static final Duration AFTER_KEYS = Duration.ofHours(25);

    /** "since": when the store was last given credentials. */
    private static final String STORE = """
            select s.id, s.status, (select max(c.updated_at) from credential c where c.owner_id = s.id) as since
            from store s where s.shop_domain = $1
            """;

    private final Pool pool;
    private final Demands demands;
    private final Erasure erasure;
    private final ChannelDirectory directory;
    private final FormerStores former;
    private final FencedTransactions transactions;
    private final WebhookMetrics metrics;

    DemandWorker(Pool pool, Demands demands, Erasure erasure, ChannelDirectory directory, FormerStores former,
            FencedTransactions transactions, WebhookMetrics metrics) {
        this.pool = pool;
        this.demands = demands;
        this.erasure = erasure;
        this.directory = directory;
        this.former = former;
        this.transactions = transactions;
        this.metrics = metrics;
    }

    private record Connected(UUID id, StoreStatus status, Instant since) {}

    @Scheduled(identity = "webhook-demands", every = "2s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> act() {
        return demands.claim().chain(claimed -> Multi.createFrom().iterable(claimed)
                .onItem().transformToUniAndConcatenate(this::one).collect().last())
                .replaceWithVoid()
                .onFailure().invoke(failure -> LOG.warnf("Demands of shops could not be looked at: %s", failure.getMessage()))
                .onFailure().recoverWithNull();
    }

    @Scheduled(identity = "webhook-demands-waiting", every = "30s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> count() {
        return demands.waiting().invoke(metrics::waitingDemands).replaceWithVoid()
                .onFailure().invoke(failure -> LOG.warnf("Waiting demands could not be counted: %s", failure.getMessage()))
                .onFailure().recoverWithNull();
    }

    private Uni<Void> one(Demand demand) {
        return store(demand.shopDomain()).chain(store -> act(demand, store))
                .invoke(() -> LOG.infof("Demand %s (%s) of %s was looked at", demand.id(), demand.what().kind(),
                        demand.shopDomain()))
                .onFailure().recoverWithUni(failure -> {
                    LOG.errorf(failure, "Demand %s (%s) of %s could not be acted upon", demand.id(), demand.what().kind(),
                            demand.shopDomain());
                    return demands.failed(demand,
                            "It failed here (" + failure.getClass().getSimpleName() + ") and is tried again",
                            DoublingGap.after(demand.attempts() - 1, FIRST_RETRY, LONGEST_RETRY));
                });
    }

    private Uni<Connected> store(String shopDomain) {
        return pool.preparedQuery(STORE).execute(Tuple.of(shopDomain)).map(rows -> rows.stream().findFirst()
                .map(row -> new Connected(row.getUUID("id"), StoreStatus.valueOf(row.getString("status")),
                        SqlTime.instant(row, "since")))
                .orElse(null));
    }

    private Uni<Void> act(Demand demand, Connected store) {
        return switch (demand.what().kind()) {
            case UNINSTALLED -> uninstalled(demand, store);
            case DATA_REQUEST -> pool.withTransaction(connection -> dataRequest(connection, demand));
            case CUSTOMER_REDACT -> pool.withTransaction(connection -> customer(connection, demand));
            case SHOP_REDACT -> shop(demand, store);
        };
    }

    private Uni<Void> uninstalled(Demand demand, Connected store) {
        if (store == null) {
            return demands.done(pool, demand, Outcome.NOTHING_HELD, "The store is not connected any more");
        }
        if (connectedAfter(demand.at(), store)) {
            // Deliveries come late and out of order.
            return demands.done(pool, demand, Outcome.IGNORED, "The store was given credentials after the app was uninstalled");
        }
        return directory.storeUninstalled(store.id(), UNINSTALLED)
                .chain(() -> demands.done(pool, demand, Outcome.DONE, "The store was paused"));
    }

    private Uni<Void> dataRequest(SqlConnection connection, Demand demand) {
        return erasure.held(connection, demand.shopDomain(), demand.what().orderIds())
                .chain(sales -> sales.isEmpty()
                        ? demands.done(connection, demand, Outcome.NOTHING_HELD, "No till sale became one of these orders")
                        : demands.waits(connection, demand,
                                "Held of these orders are the till's sales " + String.join(", ", sales)
                                        + ": goods and money, the till's id of the customer, title and notes, and the tracking of"
                                        + " shipments; no name, address, mail or phone. Read them at"
                                        + " GET /api/v1/channels/{id}/orders/{posOrderId}, answer the customer within 30 days, and"
                                        + " say so: POST /api/v1/webhooks/demands/{id}/answered")
                                .invoke(() -> LOG.warnf("A customer's data request of %s waits for its answer: demand %s",
                                        demand.shopDomain(), demand.id())));
    }

    private Uni<Void> customer(SqlConnection connection, Demand demand) {
        return erasure.ofCustomer(connection, demand.shopDomain(), demand.what().orderIds())
                .chain(count -> count == 0
                        ? demands.done(connection, demand, Outcome.NOTHING_HELD, "No till sale became one of these orders")
                        : erasure.left(connection, demand.shopDomain(), demand.what().orderIds()).chain(left -> left
                                ? demands.postponed(connection, demand, "Of " + count
                                        + " till sales all was erased but the note of"
                                        + " a refund that the store may have to be sent again as it is; that follows in a day",
                                        AFTER_KEYS, false)
                                : demands.done(connection, demand, Outcome.DONE, "Of " + count
                                        + " till sales the customer's id,"
                                        + " title, notes, reasons of refunds and tracking were erased; goods and money stay")));
    }

    /**
     * Sent two days after the app was uninstalled; where it was installed again meanwhile, the shop is at work. Then the demand
     * waits: for the store to be let go, or to be given credentials, which only an app that is installed has.
     */
    private Uni<Void> shop(Demand demand, Connected store) {
        if (store == null) {
            return pool.withTransaction(connection -> shop(connection, demand));
        }
        if (store.status().active()) {
            return connectedAfter(demand.at().minus(AFTER_UNINSTALLING), store)
                    ? demands.done(pool, demand, Outcome.IGNORED,
                            "The shop was given credentials after the app was uninstalled, two days before it demanded this: it is"
                                    + " connected again. When it leaves for good it demands this again")
                    : demands.postponed(pool, demand,
                            "The shop is connected and at work. Delete the store, and it is erased; or"
                                    + " give it new credentials, and this is over",
                            LOOK_AGAIN, true);
        }
        return directory.store(store.id()).chain(known -> transactions.alone(store.id(),
                connection -> former.remember(connection, known).chain(() -> shop(connection, demand))));
    }

    private static boolean connectedAfter(Instant time, Connected store) {
        return store.since() != null && store.since().isAfter(time);
    }

    private Uni<Void> shop(SqlConnection connection, Demand demand) {
        return erasure.ofShop(connection, demand.shopDomain()).chain(sales -> demands.done(connection, demand, Outcome.DONE,
                "Erased: " + sales + " till sales, and the store with its channels and credentials, as far as they"
                        + " were left; the journal, which is append-only, stays"));
    }
}
