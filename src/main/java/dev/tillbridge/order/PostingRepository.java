package dev.tillbridge.order;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.StockAdjustment;

/** The adjustments that post sales to the store's stock: their exact input, and how far they have come. */
@ApplicationScoped
class PostingRepository {

    static final String PURPOSE = "sale";

    /** Sales with linked units that no adjustment stands for yet; one at a time for each sale. */
    private static final String TO_PREPARE = """
            select s.id from sale s join (
              select distinct u.sale_id from sale_unit u
              join link l on l.channel_id = u.channel_id and l.item_id = u.item_id and l.store_id = $1
              join variant v on v.store_id = l.store_id and v.id = l.variant_id and v.tracked
              where u.wanted <> u.taken and not u.custom and (u.post_at is null or u.post_at <= clock_timestamp())
            ) open on open.sale_id = s.id
            where s.store_id = $1 and s.posts_stock and s.posting_location_id is not null
              and not exists (select from stock_adjustment a where a.sale_id = s.id and a.status in ('READY', 'SENT', 'HELD'))
            order by s.pos_created_at, s.id limit $2
            """;

    private static final String UNITS = """
            select u.item_id, v.inventory_item_id, u.wanted - u.taken as units, u.alone
            from sale_unit u
            join link l on l.channel_id = u.channel_id and l.item_id = u.item_id
            join variant v on v.store_id = l.store_id and v.id = l.variant_id and v.tracked
            where u.sale_id = $1 and u.wanted <> u.taken and not u.custom and (u.post_at is null or u.post_at <= clock_timestamp())
            order by v.inventory_item_id for update of u
            """;

    private static final String TAKE = "update sale_unit set taken = wanted where sale_id = $1 and item_id = any ($2::text[])";

    private static final String FRACTION = """
            select remainder from unit_fraction where store_id = $1 and inventory_item_id = $2 and location_id = $3 for update
            """;

    private static final String KEEP_FRACTION = """
            insert into unit_fraction (store_id, inventory_item_id, location_id, remainder) values ($1, $2, $3, $4)
            on conflict (store_id, inventory_item_id, location_id) do update set remainder = excluded.remainder
            """;

    private static final String LAST_PART = "select coalesce(max(part), 0) from stock_adjustment where sale_id = $1";

    private static final String INSERT = """
            insert into stock_adjustment (id, store_id, channel_id, purpose, reference, attempt, idempotency_key, input, status, sale_id, part)
            values ($1, $2, $3, 'sale', $4, $5, $6, $7, 'READY', $8, $9)
            """;

    private static final String OPEN = """
            insert into open_posting (adjustment_id, store_id, inventory_item_id, location_id, units)
            select $1, $2, c->>'inventoryItemId', c->>'locationId', - sum((c->>'delta')::bigint)
            from jsonb_array_elements($3::jsonb -> 'changes') c group by 3, 4
            """;

    private static final String TO_SEND = """
            select a.id, a.sale_id, a.channel_id, a.part, a.attempt, a.input, a.failures,
              extract(epoch from clock_timestamp() - a.first_sent_at)::bigint as sent_seconds_ago
            from stock_adjustment a
            where a.store_id = $1 and a.purpose = 'sale' and a.status in ('READY', 'SENT')
              and (a.retry_at is null or a.retry_at <= clock_timestamp())
            order by a.created_at, a.id limit $2
            """;

    private static final String SENT = """
            update stock_adjustment set status = 'SENT', first_sent_at = coalesce(first_sent_at, clock_timestamp()) where id = any ($1::uuid[])
            """;

    private static final String RETRY = """
            update stock_adjustment set failures = failures + 1, problem = $2,
              retry_at = clock_timestamp() + $3 * interval '1 millisecond' where id = $1
            """;

    private static final String CONCLUDE = """
            update stock_adjustment set status = $2, problem = $3,
              confirmed_at = case when $2 = 'POSTED' then clock_timestamp() end where id = $1
            """;

    /** What was not done is still to be done. The whole units alone: their fractions stay where they were counted. */
    private static final String GIVE_BACK = """
            update sale_unit u set taken = u.taken - p.units, alone = $2, post_at = clock_timestamp() + $3 * interval '1 millisecond'
            from stock_adjustment a
            join open_posting p on p.adjustment_id = a.id
            join sale s on s.id = a.sale_id
            join variant v on v.store_id = p.store_id and v.inventory_item_id = p.inventory_item_id
            join link l on l.store_id = v.store_id and l.variant_id = v.id
            where a.id = $1 and u.sale_id = a.sale_id and l.channel_id = u.channel_id and l.item_id = u.item_id
            """;

    private final Pool pool;

    PostingRepository(Pool pool) {
        this.pool = pool;
    }

    /** Units of an item that are to be taken off the store's stock; negative: to be given back. */
    record OpenUnits(String itemId, String inventoryItemId, BigDecimal units, boolean alone) {}

    /** @param sentFor how long ago it was first sent; null where it never was */
    record Posting(UUID id, UUID saleId, UUID channelId, int part, int attempt, StockAdjustment input, int failures,
            Duration sentFor) {}

    Uni<List<UUID>> toPrepare(UUID storeId, int limit) {
        return pool.preparedQuery(TO_PREPARE).mapping(row -> row.getUUID("id")).execute(Tuple.of(storeId, limit))
                .map(rows -> rows.stream().toList());
    }

    Uni<List<OpenUnits>> units(SqlClient connection, UUID saleId) {
        return connection.preparedQuery(UNITS).mapping(row -> new OpenUnits(row.getString("item_id"),
                row.getString("inventory_item_id"), row.getBigDecimal("units"), row.getBoolean("alone")))
                .execute(Tuple.of(saleId)).map(rows -> rows.stream().toList());
    }

    Uni<Void> take(SqlClient connection, UUID saleId, List<OpenUnits> units) {
        return connection.preparedQuery(TAKE)
                .execute(Tuple.of(saleId, units.stream().map(OpenUnits::itemId).toArray(String[]::new))).replaceWithVoid();
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

    Uni<Integer> lastPart(SqlClient connection, UUID saleId) {
        return connection.preparedQuery(LAST_PART).execute(Tuple.of(saleId)).map(rows -> rows.iterator().next().getInteger(0));
    }

    Uni<Void> insert(SqlClient connection, SaleRow sale, int part, int attempt, StockAdjustment input) {
        UUID id = UUID.randomUUID();
        JsonObject json = JsonObject.mapFrom(input);
        return connection.preparedQuery(INSERT).execute(Tuple.of(id, sale.storeId(), sale.channelId())
                .addString(sale.id() + ":" + part).addInteger(attempt).addString(input.idempotencyKey()).addJsonObject(json)
                .addUUID(sale.id()).addInteger(part))
                .chain(() -> connection.preparedQuery(OPEN).execute(Tuple.of(id, sale.storeId(), json))).replaceWithVoid();
    }

    Uni<List<Posting>> toSend(UUID storeId, int limit) {
        return pool.preparedQuery(TO_SEND).mapping(PostingRepository::posting).execute(Tuple.of(storeId, limit))
                .map(rows -> rows.stream().toList());
    }

    Uni<Void> sent(SqlClient connection, List<Posting> postings) {
        return connection.preparedQuery(SENT).execute(Tuple.of(postings.stream().map(Posting::id).toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    Uni<Void> retry(SqlClient connection, UUID id, String problem, Duration in) {
        return connection.preparedQuery(RETRY).execute(Tuple.of(id, problem, in.toMillis())).replaceWithVoid();
    }

    /** Posted: its units no longer count as open. Held: they do, until a person has decided. */
    Uni<Void> conclude(SqlClient connection, UUID id, String status, String problem) {
        return connection.preparedQuery(CONCLUDE).execute(Tuple.of(id, status, problem))
                .chain(() -> "HELD".equals(status)
                        ? Uni.createFrom().voidItem()
                        : connection.preparedQuery("delete from open_posting where adjustment_id = $1").execute(Tuple.of(id))
                                .replaceWithVoid());
    }

    /**
     * Before {@link #conclude}: the adjustment was not done.
     *
     * @param alone whether its items are posted one by one from now on
     * @param rest how long they rest before they are tried again
     */
    Uni<Void> giveBack(SqlClient connection, UUID id, boolean alone, Duration rest) {
        return connection.preparedQuery(GIVE_BACK).execute(Tuple.of(id, alone, rest.toMillis())).replaceWithVoid();
    }

    private static Posting posting(Row row) {
        Long seconds = row.getLong("sent_seconds_ago");
        return new Posting(row.getUUID("id"), row.getUUID("sale_id"), row.getUUID("channel_id"), row.getInteger("part"),
                row.getInteger("attempt"), row.getJsonObject("input").mapTo(StockAdjustment.class), row.getInteger("failures"),
                seconds == null ? null : Duration.ofSeconds(seconds));
    }
}
