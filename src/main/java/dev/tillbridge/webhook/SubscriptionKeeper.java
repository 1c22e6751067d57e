package dev.tillbridge.webhook;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.channel.StoreSubscriptions;
import dev.tillbridge.channel.StoreWebhooks.Subscriptions;
import dev.tillbridge.channel.Storefront;

/** Makes and ends subscriptions, and writes down how they stand. */
@ApplicationScoped
class SubscriptionKeeper implements StoreSubscriptions {

    private static final Logger LOG = Logger.getLogger(SubscriptionKeeper.class);

    private static final String CHECKED = """
            insert into webhook_status as w (store_id, subscriptions, problem, checked_at, active_since)
            select s.id, $2, $3, clock_timestamp(), case when $2 = 'FAILED' then null else clock_timestamp() end
            from store s where s.id = $1
            on conflict (store_id) do update set subscriptions = excluded.subscriptions, problem = excluded.problem,
              checked_at = excluded.checked_at, active_since = coalesce(w.active_since, excluded.active_since)
            """;

    private static final String VERIFIABLE = "select webhooks_verifiable from store where id = $1";

    private final Pool pool;
    private final WebhookAddress address;

    SubscriptionKeeper(Pool pool, WebhookAddress address) {
        this.pool = pool;
        this.address = address;
    }

    @Override
    public Uni<Integer> end(Storefront storefront, ShopConnection shop) {
        return storefront.endSubscriptions(shop, address.of(storefront.integration().key()).orElse(null));
    }

    @Override
    public Uni<Boolean> keep(Storefront storefront, ShopConnection shop, UUID storeId) {
        var uri = address.of(storefront.integration().key());
        if (uri.isEmpty()) {
            return Uni.createFrom().item(true);
        }
        return pool.preparedQuery(VERIFIABLE).execute(Tuple.of(storeId))
                .chain(rows -> rows.rowCount() == 0 || !rows.iterator().next().getBoolean(0)
                        ? Uni.createFrom().item(true)
                        : storefront.keepSubscriptions(shop, uri.get())
                                .invoke(standing -> tell(storeId, standing))
                                .chain(standing -> checked(storeId,
                                        standing.problem() == null ? "ACTIVE" : "INCOMPLETE", standing.problem())
                                        .replaceWith(standing.problem() == null))
                                .onFailure(ConnectorException.class).recoverWithUni(failure -> {
                                    LOG.warnf("The webhook subscriptions of store %s could not be looked at: %s", storeId,
                                            failure.getMessage());
                                    return checked(storeId, "FAILED", failure.getMessage()).replaceWith(false);
                                }));
    }

    private static void tell(UUID storeId, Subscriptions standing) {
        if (standing.made() + standing.corrected() > 0 || standing.problem() != null) {
            LOG.infof("Webhook subscriptions of store %s: %d stand, of which %d were made now; %d corrected. %s", storeId,
                    standing.standing(), standing.made(), standing.corrected(),
                    standing.problem() == null ? "" : standing.problem());
        }
    }

    private Uni<Void> checked(UUID storeId, String status, String problem) {
        return pool.preparedQuery(CHECKED).execute(Tuple.of(storeId, status, problem)).replaceWithVoid();
    }
}
