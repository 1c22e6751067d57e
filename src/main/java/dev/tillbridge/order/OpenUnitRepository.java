package dev.tillbridge.order;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** The units of sales that no adjustment stands for yet. */
@ApplicationScoped
class OpenUnitRepository {

    /** One adjustment at a time for each sale. */
    private static final String SALES = """
            select s.id from sale s join (
              select distinct o.sale_id from open_unit o
              where o.store_id = $1 and o.units <> 0 and (o.post_at is null or o.post_at <= clock_timestamp())
            ) open on open.sale_id = s.id
            where s.store_id = $1 and s.posting_location_id is not null
              and not exists (select from stock_adjustment a where a.sale_id = s.id and a.status in ('READY', 'SENT', 'HELD'))
            order by s.pos_created_at, s.id limit $2
            """;

    private static final String UNITS = """
            select o.item_id, o.inventory_item_id, o.units, o.alone
            from open_unit o join sale_unit u on u.sale_id = o.sale_id and u.item_id = o.item_id
            where o.sale_id = $1 and o.units <> 0 and (o.post_at is null or o.post_at <= clock_timestamp())
            order by o.inventory_item_id, o.item_id for update of u
            """;

    private static final String TAKE = """
            update sale_unit u set taken = u.wanted, inventory_item_id = k.inventory_item_id
            from unnest($2::text[], $3::text[]) as k (item_id, inventory_item_id)
            where u.sale_id = $1 and u.item_id = k.item_id
            """;

    private static final String FRACTION = """
            select remainder from unit_fraction where store_id = $1 and inventory_item_id = $2 and location_id = $3 for update
            """;

    private static final String KEEP_FRACTION = """
            insert into unit_fraction (store_id, inventory_item_id, location_id, remainder) values ($1, $2, $3, $4)
            on conflict (store_id, inventory_item_id, location_id) do update set remainder = excluded.remainder
            """;

    private static final String FAILED = "update sale set post_failures = post_failures + 1 where id = $1 returning post_failures";

    private static final String REST = """
            update sale_unit set post_at = clock_timestamp() + $2 * interval '1 millisecond' where sale_id = $1 and wanted <> taken
            """;

    private final Pool pool;

    OpenUnitRepository(Pool pool) {
        this.pool = pool;
    }

    /** Units of an item that are to be taken off the store's stock; negative: to be given back. */
    record OpenUnits(String itemId, String inventoryItemId, BigDecimal units, boolean alone) {}

    Uni<List<UUID>> sales(UUID storeId, int limit) {
        return pool.preparedQuery(SALES).mapping(row -> row.getUUID("id")).execute(Tuple.of(storeId, limit))
                .map(rows -> rows.stream().toList());
    }

    Uni<List<OpenUnits>> units(SqlClient connection, UUID saleId) {
        return connection.preparedQuery(UNITS).mapping(row -> new OpenUnits(row.getString("item_id"),
                row.getString("inventory_item_id"), row.getBigDecimal("units"), row.getBoolean("alone")))
                .execute(Tuple.of(saleId)).map(rows -> rows.stream().toList());
    }

    /** Counts them as taken, from these variants' items. */
    Uni<Void> take(SqlClient connection, UUID saleId, List<OpenUnits> units) {
        return connection.preparedQuery(TAKE)
                .execute(Tuple.of(saleId, units.stream().map(OpenUnits::itemId).toArray(String[]::new),
                        units.stream().map(OpenUnits::inventoryItemId).toArray(String[]::new)))
                .chain(() -> connection.preparedQuery("update sale set post_failures = 0 where id = $1 and post_failures <> 0")
                        .execute(Tuple.of(saleId)))
                .replaceWithVoid();
    }

    /** What was left of an item at a location; 0 where nothing was. */
    Uni<BigDecimal> fraction(SqlClient connection, UUID storeId, String inventoryItemId, String locationId) {
        return connection.preparedQuery(FRACTION).execute(Tuple.of(storeId, inventoryItemId, locationId))
                .map(rows -> rows.rowCount() == 0 ? BigDecimal.ZERO : rows.iterator().next().getBigDecimal(0));
    }

    Uni<Void> keepFraction(SqlClient connection, UUID storeId, String inventoryItemId, String locationId, BigDecimal left) {
        return connection.preparedQuery(KEEP_FRACTION).execute(Tuple.of(storeId, inventoryItemId, locationId, left))
                .replaceWithVoid();
    }

    /** No adjustment could be made of the sale; answers how often in a row. */
    Uni<Integer> failed(SqlClient connection, UUID saleId) {
        return connection.preparedQuery(FAILED).execute(Tuple.of(saleId)).map(rows -> rows.iterator().next().getInteger(0));
    }

    Uni<Void> rest(SqlClient connection, UUID saleId, Duration rest) {
        return connection.preparedQuery(REST).execute(Tuple.of(saleId, rest.toMillis())).replaceWithVoid();
    }
}
