package dev.tillbridge.order;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.platform.SqlTime;

/** Which orders are to be swept for doubles, and what the sweep found. */
@ApplicationScoped
class DoublesRepository {

    /** Two queries, not one with an "or": each has an index of its own. A clock that moves while they run ({@code clock_timestamp}) could use none. */
    static final String NEVER_SWEPT = """
            select *, clock_timestamp() as now from sale
            where store_id = $1 and store_order_id is not null and swept_at is null
              and imported_at < now() - $2 * interval '1 millisecond'
            order by imported_at, id limit $3
            """;

    static final String SWEPT_BEFORE = """
            select *, clock_timestamp() as now from sale
            where store_id = $1 and store_order_id is not null and swept_at < now() - interval '12 hours'
              and imported_at < now() - $2 * interval '1 millisecond'
              and imported_at > now() - $4 * interval '1 millisecond'
            order by imported_at, id limit $3
            """;

    private static final String SWEPT = "update sale set swept_at = clock_timestamp(), doubled = false where id = any ($1::uuid[])";

    private static final String FORMER = """
            update sale set former_store_orders = former_store_orders || $2::text, version = version + 1
            where id = $1 and not $2 = any (former_store_orders) and store_order_id is distinct from $2
            """;

    private final Pool pool;

    DoublesRepository(Pool pool) {
        this.pool = pool;
    }

    /**
     * @param askedAt when an order of the sale was first asked for
     * @param doubled whether a comparison with the store's orders saw more than one of it, whenever they were made
     */
    record Due(SaleRow row, Instant askedAt, Instant importedAt, boolean doubled) {}

    Uni<List<Due>> neverSwept(UUID storeId, Duration after, int limit) {
        return due(NEVER_SWEPT, Tuple.of(storeId, after.toMillis(), limit));
    }

    /** @param reach how long ago they were imported at most */
    Uni<List<Due>> sweptBefore(UUID storeId, Duration after, Duration reach, int limit) {
        return due(SWEPT_BEFORE, Tuple.of(storeId, after.toMillis(), limit, reach.toMillis()));
    }

    Uni<Void> swept(SqlClient connection, Collection<UUID> ids) {
        return connection.preparedQuery(SWEPT).execute(Tuple.of(ids.toArray(UUID[]::new))).replaceWithVoid();
    }

    Uni<Void> former(SqlClient connection, UUID id, String orderId) {
        return connection.preparedQuery(FORMER).execute(Tuple.of(id, orderId)).replaceWithVoid();
    }

    private Uni<List<Due>> due(String sql, Tuple tuple) {
        return pool.preparedQuery(sql).mapping(DoublesRepository::due).execute(tuple).map(rows -> rows.stream().toList());
    }

    private static Due due(Row row) {
        Instant imported = SqlTime.instant(row, "imported_at");
        Instant asked = SqlTime.instant(row, "asked_at");
        return new Due(SaleRow.of(row), asked == null ? imported : asked, imported, row.getBoolean("doubled"));
    }
}
