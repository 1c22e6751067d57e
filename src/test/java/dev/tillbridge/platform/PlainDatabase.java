package dev.tillbridge.platform;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.flywaydb.core.Flyway;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;

import dev.tillbridge.sandbox.EmbeddedDatabase;
import dev.tillbridge.testing.SandboxResource;

/**
 * A migrated database and a pool, without Quarkus: what a repository's test needs, in a second. One PostgreSQL serves the
 * whole JVM; each test class takes a database of its own in it.
 */
public final class PlainDatabase implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Pool pool;

    private PlainDatabase(Pool pool) {
        this.pool = pool;
    }

    public static PlainDatabase start() {
        var jdbc = SandboxResource.freshDatabase();
        Flyway.configure().dataSource(jdbc, EmbeddedDatabase.USER, EmbeddedDatabase.PASSWORD).load().migrate();
        var options = PgConnectOptions.fromUri(jdbc.substring("jdbc:".length())).setUser(EmbeddedDatabase.USER)
                .setPassword(EmbeddedDatabase.PASSWORD).setCachePreparedStatements(true);
        return new PlainDatabase(PgBuilder.pool().connectingTo(options).with(new PoolOptions().setMaxSize(8)).build());
    }

    /** The same conveniences over the pool of a running application. */
    public static PlainDatabase over(Pool pool) {
        return new PlainDatabase(pool);
    }

    public Pool pool() {
        return pool;
    }

    public FencedTransactions transactions() {
        return new FencedTransactions(pool);
    }

    /** Waits for the outcome. */
    public static <T> T get(Uni<T> work) {
        return work.await().atMost(PATIENCE);
    }

    public RowSet<Row> run(String sql, Object... parameters) {
        return get(pool.preparedQuery(sql).execute(Tuple.from(parameters)));
    }

    /** The first column of all rows, as text. */
    public List<String> texts(String sql, Object... parameters) {
        return run(sql, parameters).stream().map(row -> row.getValue(0)).map(value -> value == null ? null : value.toString())
                .toList();
    }

    public long count(String sql, Object... parameters) {
        return run(sql, parameters).iterator().next().getLong(0);
    }

    /** A store whose lease is held for the test's time. */
    public Fence leasedStore() {
        var id = UUID.randomUUID();
        run("""
            insert into store (id, shop_domain, name, currency, taxes_included, timezone, credential_kind, webhooks_verifiable,
                               scopes_granted, scopes_missing, status)
            values ($1, $2, 'Shop', 'USD', false, 'UTC', 'ACCESS_TOKEN', false, '{}', '{}', 'CONNECTED')
            """, id, id + ".myshopify.com");
        run("insert into store_lease (store_id, owner, fence, held_until) values ($1, 'test', 7, now() + interval '1 hour')",
                id);
        return new Held(id, 7);
    }

    public UUID channel(UUID storeId, String settings) {
        var id = UUID.randomUUID();
        run("""
            insert into channel (id, store_id, name, integration, region, merchant_id, merchant_name, currency, timezone, vat, track_stock,
                                 update_stock, merchant_read_at, permissions_granted, permissions_missing, permissions_unverified, status, settings)
            values ($1, $2, $3, 'clover', 'us', $3, 'Merchant', 'USD', 'UTC', false, true, true, now(), '{}', '{}', '{}', 'CONNECTED', $4::text::jsonb)
            """,
                id, storeId, id.toString(), settings);
        return id;
    }

    @Override
    public void close() {
        get(pool.close());
    }

    private record Held(UUID storeId, long number) implements Fence {
        @Override
        public Duration remaining() {
            return Duration.ofHours(1);
        }
    }
}
