package dev.tillbridge.channel;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;

import dev.tillbridge.access.Caller;
import dev.tillbridge.access.CredentialVault;
import dev.tillbridge.journal.Journal;
import dev.tillbridge.journal.JournalEntry;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.ProblemCode;
import dev.tillbridge.platform.Violation;

/**
 * Connects and disconnects stores. The shop is asked before anything is written, never within a transaction; then row,
 * locations, credentials and journal are written in one.
 */
@ApplicationScoped
class StoreService {

    private static final Logger LOG = Logger.getLogger(StoreService.class);

    /** Whoever deletes a store waits so long at most for its subscriptions to end. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Pool pool;
    private final FencedTransactions transactions;
    private final StoreRepository stores;
    private final LocationRepository locations;
    private final CredentialVault vault;
    private final Journal journal;
    private final ChannelDirectory directory;
    private final StoreSubscriptions subscriptions;
    private final FormerStores former;
    private final Event<StoreChanged> changed;

    StoreService(Pool pool, FencedTransactions transactions, StoreRepository stores, LocationRepository locations,
            CredentialVault vault, Journal journal, ChannelDirectory directory,
            StoreSubscriptions subscriptions, FormerStores former, Event<StoreChanged> changed) {
        this.pool = pool;
        this.transactions = transactions;
        this.stores = stores;
        this.locations = locations;
        this.vault = vault;
        this.journal = journal;
        this.directory = directory;
        this.subscriptions = subscriptions;
        this.former = former;
        this.changed = changed;
    }

    Uni<List<StoreRecord>> list(Caller caller) {
        return stores.list(pool, caller.storeLimit().orElse(null));
    }

    Uni<StoreRecord> get(UUID id, Caller caller) {
        caller.requireStore(id);
        return stores.get(pool, id);
    }

    Uni<StoreRecord> connect(String typedDomain, StoreCredentials credentials, Caller caller) {
        caller.requireWholeInstallation();
        var domain = typedDomain.strip().toLowerCase(Locale.ROOT);
        if (!directory.storefront().isShopDomain(domain)) {
            throw ProblemCode.NOT_A_SHOPIFY_DOMAIN.problem(
                    "Give the shop's permanent domain alone, such as my-shop.myshopify.com:"
                            + " no https://, no path, no port, and no domain of your own.",
                    Map.of("violations",
                            List.of(new Violation("shopDomain", "must be of the form my-shop.myshopify.com"))));
        }
        var shop = new ShopConnection(domain, credentials.forCalls());
        return stores.isConnected(pool, domain).chain(connected -> {
            if (connected) {
                throw ProblemCode.STORE_ALREADY_CONNECTED.problem(Conflicts.detail(ProblemCode.STORE_ALREADY_CONNECTED));
            }
            return profile(shop);
        }).call(profile -> prepare(shop, profile)).chain(profile -> {
            var id = UUID.randomUUID();
            return pool.withTransaction(connection -> stores
                    .insert(connection, id, profile, credentials.kind(), credentials.webhooksVerifiable())
                    .chain(() -> locations.replace(connection, id, profile.locations()))
                    .chain(() -> vault.replace(connection, id, credentials.kept()))
                    .chain(() -> write(connection, id, "store-connected", null, profile.domain(), "The store was connected",
                            caller))
                    .chain(() -> stores.get(connection, id)))
                    .onFailure().transform(Conflicts::explain);
        }).chain(record -> subscribed(shop, record)).invoke(record -> changed.fire(new StoreChanged(record.store().id())));
    }

    /** New credentials for the same shop; they are tried first, and resume a store whose old ones were refused. */
    Uni<StoreRecord> replaceCredentials(UUID id, StoreCredentials credentials, Caller caller) {
        caller.requireStore(id);
        return stores.get(pool, id).chain(before -> {
            var shop = new ShopConnection(before.store().shopDomain(), credentials.forCalls());
            return profile(shop)
                    .call(profile -> prepare(shop, profile)).chain(profile -> pool.withTransaction(connection -> stores
                            .update(connection, id, profile, credentials.kind(), credentials.webhooksVerifiable())
                            .chain(() -> locations.replace(connection, id, profile.locations()))
                            .chain(() -> keep(connection, id, credentials))
                            .chain(() -> write(connection, id, "credentials-replaced", before.store().status().name(),
                                    StoreRepository.status(profile).name(), "New credentials were given", caller))
                            .chain(() -> stores.get(connection, id))))
                    .invoke(() -> directory.storefront().forget(shop))
                    .chain(record -> subscribed(shop, record));
        }).invoke(record -> changed.fire(new StoreChanged(id)));
    }

    /** What was subscribed to is shown in the answer; what could not be is tried again by the engine. */
    private Uni<StoreRecord> subscribed(ShopConnection shop, StoreRecord record) {
        var id = record.store().id();
        return subscriptions.keep(directory.storefront(), shop, id).chain(() -> stores.get(pool, id))
                // The store is connected, whatever became of this.
                .onFailure().invoke(failure -> LOG.warnf("The webhooks of store %s were not subscribed to: %s", id,
                        failure.getMessage()))
                .onFailure().recoverWithItem(record);
    }

    /** While the shop goes over to another client secret its webhooks are signed with either. */
    private Uni<Void> keep(SqlConnection connection, UUID id, StoreCredentials credentials) {
        return former.readable(connection, id).chain(before -> {
            var kept = new LinkedHashMap<>(credentials.kept());
            var previous = before.get(Credentials.CLIENT_SECRET);
            boolean another = previous != null && !previous.equals(credentials.webhookSecret());
            if (another) {
                kept.put(Credentials.PREVIOUS_CLIENT_SECRET, previous);
            } else if (before.containsKey(Credentials.PREVIOUS_CLIENT_SECRET)) {
                kept.put(Credentials.PREVIOUS_CLIENT_SECRET, before.get(Credentials.PREVIOUS_CLIENT_SECRET));
            }
            return vault.replace(connection, id, kept)
                    .chain(() -> another ? stores.acceptPreviousSecret(connection, id) : Uni.createFrom().voidItem());
        });
    }

    /**
     * Refused while it has channels. Its credentials go at once but for the client secret, which is kept for a while to verify
     * what Shopify still demands; its journal stays. Its webhook subscriptions are ended, as far as the shop lets us.
     */
    Uni<Void> delete(UUID id, Caller caller) {
        caller.requireStore(id);
        return stores.get(pool, id).chain(before -> directory.channels(id).chain(channels -> {
            if (!channels.isEmpty()) {
                throw ProblemCode.STORE_HAS_CHANNELS.problem(Conflicts.detail(ProblemCode.STORE_HAS_CHANNELS));
            }
            return connection(id);
        }).chain(shop -> transactions.alone(id, connection -> former.remember(connection, before.store())
                .chain(() -> stores.delete(connection, id))
                .chain(() -> vault.delete(connection, id))
                .chain(() -> write(connection, id, "store-deleted", before.store().shopDomain(), null, "The store was deleted",
                        caller)))
                .onFailure().transform(Conflicts::explain)
                .invoke(() -> changed.fire(new StoreChanged(id)))
                .call(() -> shop == null || before.webhooks().checkedAt() == null
                        ? Uni.createFrom().voidItem()
                        : unsubscribed(shop, id, caller))
                .invoke(() -> {
                    if (shop != null) {
                        directory.storefront().forget(shop);
                    }
                })));
    }

    /** The store is deleted, whatever becomes of this: Shopify drops a subscription whose webhooks are refused eight times in a row. */
    private Uni<Void> unsubscribed(ShopConnection shop, UUID id, Caller caller) {
        return subscriptions.end(directory.storefront(), shop).map(ended -> ended + " webhook subscriptions were ended")
                .ifNoItem().after(LONGEST).fail()
                .onFailure().recoverWithItem(failure -> {
                    LOG.warnf("The webhook subscriptions of the deleted store %s were not ended: %s", id, failure.getMessage());
                    return "The webhook subscriptions could not be ended: the shop drops them by itself, as they are refused here";
                })
                .chain(cause -> pool.withTransaction(
                        connection -> write(connection, id, "subscriptions-ended", null, null, cause, caller)))
                .onFailure().recoverWithUni(failure -> {
                    LOG.warnf("What became of the webhook subscriptions of the deleted store %s is not in the journal: %s", id,
                            failure.getMessage());
                    return Uni.createFrom().voidItem();
                });
    }

    /** Credentials that no longer decrypt, because a key is lost, must not keep a store from being deleted. */
    private Uni<ShopConnection> connection(UUID id) {
        return directory.shopConnection(id).onFailure().recoverWithItem(failure -> {
            LOG.warnf("The credentials of store %s cannot be read: %s", id, failure.getMessage());
            return null;
        });
    }

    private Uni<ShopProfile> profile(ShopConnection shop) {
        return directory.storefront().profile(shop)
                .onFailure(ConnectorException.Unauthorized.class).transform(refused -> ProblemCode.STORE_UNAUTHORIZED.problem(
                        refused.getMessage() + " Nothing was changed."))
                .onFailure(StoreService::isUnknownShop).transform(refused -> ProblemCode.STORE_NOT_FOUND_AT_SHOPIFY.problem(
                        refused.getMessage() + " Check the spelling of the domain."));
    }

    /** A scope that is missing here is named in the store's scopes already, so it does not stop the connecting. */
    private Uni<Void> prepare(ShopConnection shop, ShopProfile profile) {
        var prepared = directory.storefront().prepare(shop);
        return profile.scopesMissing().isEmpty()
                ? prepared
                : prepared.onFailure(failure -> failure instanceof ConnectorException.Unauthorized
                        || failure instanceof ConnectorException.Rejected).recoverWithNull();
    }

    private static boolean isUnknownShop(Throwable failure) {
        return failure instanceof ConnectorException.Rejected rejected && rejected.status() == 404;
    }

    private Uni<Void> write(SqlConnection connection, UUID id, String kind, String before, String after, String cause,
            Caller caller) {
        return journal.write(connection,
                new JournalEntry(id, null, "store", kind, before, after, cause, null, caller.name()));
    }
}
