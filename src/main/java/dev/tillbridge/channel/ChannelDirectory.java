package dev.tillbridge.channel;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.access.CredentialVault;
import dev.tillbridge.catalog.Location;
import dev.tillbridge.price.PriceTerms;

/**
 * What is connected, for the engine and the stages. It works on the pool, not on a Hibernate session, because the
 * streams of a store ask it at the same time. What is not there fails with {@link NotConnectedException}.
 */
@ApplicationScoped
public class ChannelDirectory {

    private static final String STORE = "select * from store where id = $1";
    private static final String CHANNEL = "select * from channel where id = $1";
    private static final String CHANNELS = "select * from channel where store_id = $1 order by created_at, id";
    private static final String PRICE_TERMS = """
                                              select c.currency, s.currency as store_currency, c.vat, s.taxes_included
                                              from channel c join store s on s.id = c.store_id where c.id = $1
                                              """;
    private static final String LOCATIONS = "select * from location where store_id = $1 order by is_primary desc, name, id";
    private static final String SAVE_MERCHANT = """
                                                update channel
                                                   set merchant_name = $2, currency = $3, timezone = $4, vat = $5, track_stock = $6, update_stock = $7,
                                                       merchant_read_at = now()
                                                 where id = $1
                                                """;

    private static final String SAVE_STORE = """
                                             update store set name = $2, currency = $3, taxes_included = $4, timezone = $5
                                             where id = $1 and (name, currency, taxes_included, timezone) is distinct from ($2, $3, $4, $5)
                                             """;

    private final Pool pool;
    private final CredentialVault vault;
    private final Rows rows;
    private final LocationRepository locations;
    private final Disconnections disconnections;
    private final Instance<PointOfSale> tills;
    private final Instance<Storefront> storefronts;

    ChannelDirectory(Pool pool, CredentialVault vault, Rows rows, LocationRepository locations, Disconnections disconnections,
            @Any Instance<PointOfSale> tills, @Any Instance<Storefront> storefronts) {
        this.pool = pool;
        this.vault = vault;
        this.rows = rows;
        this.locations = locations;
        this.disconnections = disconnections;
        this.tills = tills;
        this.storefronts = storefronts;
    }

    public Uni<ConnectedStore> store(UUID storeId) {
        return one(STORE, storeId, rows::store, "There is no store " + storeId);
    }

    /** The store's channels, oldest first, whatever their status. */
    public Uni<List<ConnectedChannel>> channels(UUID storeId) {
        return pool.preparedQuery(CHANNELS).execute(Tuple.of(storeId))
                .map(found -> found.stream().map(rows::channel).toList());
    }

    public Uni<ConnectedChannel> channel(UUID channelId) {
        return one(CHANNEL, channelId, rows::channel, "There is no channel " + channelId);
    }

    /** What prices mean at the till and in its store. */
    public Uni<PriceTerms> priceTerms(UUID channelId) {
        return priceTerms(pool, channelId);
    }

    /** The same on a connection that is held already. */
    public Uni<PriceTerms> priceTerms(SqlClient client, UUID channelId) {
        return one(client, PRICE_TERMS, channelId, row -> new PriceTerms(row.getString("currency"),
                row.getString("store_currency"), row.getBoolean("vat"), row.getBoolean("taxes_included")),
                "There is no channel " + channelId);
    }

    /** The store's domain and decrypted credentials. */
    public Uni<ShopConnection> shopConnection(UUID storeId) {
        return store(storeId).chain(store -> vault.read(pool, storeId).map(kept -> {
            if (kept.isEmpty()) {
                throw new NotConnectedException("The store " + store.shopDomain() + " has no credentials");
            }
            return Credentials.shop(store.shopDomain(), kept);
        }));
    }

    /** The till's region, merchant and decrypted token. */
    public Uni<TillConnection> tillConnection(UUID channelId) {
        return channel(channelId).chain(channel -> vault.read(pool, channelId).map(kept -> {
            if (kept.isEmpty()) {
                throw new NotConnectedException("The channel " + channel.name() + " has no credentials");
            }
            return Credentials.till(channel.region(), channel.merchantId(), kept);
        }));
    }

    /** The connector of this key, such as {@code clover}. */
    public PointOfSale pointOfSale(String integration) {
        return tills.stream().filter(till -> till.integration().key().equals(integration)).findFirst()
                .orElseThrow(() -> new NotConnectedException("There is no till integration '" + integration + "'"));
    }

    public Storefront storefront() {
        return storefronts.get();
    }

    /** What can be connected: tills and storefronts. */
    public List<Integration> integrations() {
        return Stream.concat(storefronts.stream().map(Storefront::integration),
                tills.stream().map(PointOfSale::integration)).toList();
    }

    /** The store's locations, the primary one first. */
    public Uni<List<Location>> locations(UUID storeId) {
        return pool.preparedQuery(LOCATIONS).execute(Tuple.of(storeId))
                .map(found -> found.stream().map(rows::location).toList());
    }

    /** Makes these the store's locations; those not among them are deleted. */
    public Uni<Void> saveLocations(UUID storeId, List<Location> present) {
        return pool.withTransaction(connection -> locations.replace(connection, storeId, present));
    }

    /** The till's token is no longer accepted: the channel stops until it gets another. Does nothing where it has stopped already. */
    public Uni<Void> unauthorized(UUID channelId, String reason) {
        return disconnections.channel(channelId, reason);
    }

    /** The store's credentials are no longer accepted: it stops until it gets others. Does nothing where it has stopped already. */
    public Uni<Void> storeUnauthorized(UUID storeId, String reason) {
        return disconnections.store(storeId, reason);
    }

    /** The app was taken out of the shop: the store pauses until it gets credentials. */
    public Uni<Void> storeUninstalled(UUID storeId, String reason) {
        return disconnections.uninstalled(storeId, reason);
    }

    /** Writes down what the till said of its merchant. */
    public Uni<Void> merchantRead(UUID channelId, TillMerchant merchant) {
        return pool.preparedQuery(SAVE_MERCHANT).execute(Tuple.from(List.of(channelId, merchant.name(), merchant.currency(),
                merchant.timezone(), merchant.vat(), merchant.trackStock(), merchant.updateStock()))).replaceWithVoid();
    }

    /** Writes down what the store says of itself that can change. */
    public Uni<Void> storeRead(UUID storeId, ShopProfile profile) {
        return pool.preparedQuery(SAVE_STORE).execute(Tuple.of(storeId, profile.name(), profile.currency(),
                profile.taxesIncluded(), profile.timezone())).replaceWithVoid();
    }

    private <T> Uni<T> one(String sql, UUID id, Function<Row, T> mapper, String missing) {
        return one(pool, sql, id, mapper, missing);
    }

    private static <T> Uni<T> one(SqlClient client, String sql, UUID id, Function<Row, T> mapper, String missing) {
        return client.preparedQuery(sql).execute(Tuple.of(id)).map(found -> {
            var iterator = found.iterator();
            if (!iterator.hasNext()) {
                throw new NotConnectedException(missing);
            }
            return mapper.apply(iterator.next());
        });
    }
}
