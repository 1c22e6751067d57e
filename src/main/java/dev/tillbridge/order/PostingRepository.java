package dev.tillbridge.order;

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

    private static final String LAST_PART = "select coalesce(max(part), 0) from stock_adjustment where sale_id = $1";

    private static final String INSERT = """
            insert into stock_adjustment (id, store_id, channel_id, purpose, reference, attempt, idempotency_key, input, status, sale_id, part)
            values ($1, $2, $3, 'sale', $4, $5, $6, $7, 'READY', $8, $9)
            """;

    private static final String OPEN = """
            insert into open_posting (adjustment_id, store_id, inventory_item_id, location_id, item_id, units)
            select $1, $2, c.change ->> 'inventoryItemId', c.change ->> 'locationId', ($4::text[])[c.place], - (c.change ->> 'delta')::bigint
            from jsonb_array_elements($3::jsonb -> 'changes') with ordinality as c (change, place)
            """;

    private static final String ITEMS = """
            select item_id, inventory_item_id from open_posting where adjustment_id = $1 and item_id is not null order by item_id
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
            with given as (
              update sale_unit u set taken = u.taken - p.units, inventory_item_id = p.inventory_item_id, alone = $2,
                post_at = clock_timestamp() + $3 * interval '1 millisecond'
              from stock_adjustment a
              join open_posting p on p.adjustment_id = a.id
              where a.id = $1 and u.sale_id = a.sale_id and u.item_id = p.item_id
              returning u.item_id)
            select (select count(*) from given) as given, (select count(*) from open_posting where adjustment_id = $1) as open
            """;

    private final Pool pool;

    PostingRepository(Pool pool) {
        this.pool = pool;
    }

    /** @param sentFor how long ago it was first sent; null where it never was */
    record Posting(UUID id, UUID saleId, UUID channelId, int part, int attempt, StockAdjustment input, int failures,
            Duration sentFor) {}

    Uni<Integer> lastPart(SqlClient connection, UUID saleId) {
        return connection.preparedQuery(LAST_PART).execute(Tuple.of(saleId)).map(rows -> rows.iterator().next().getInteger(0));
    }

    /** @param itemIds the till's items that its changes stand for, in their order */
    Uni<Void> insert(SqlClient connection, SaleRow sale, int part, StockAdjustment input, List<String> itemIds) {
        return insert(connection, sale, part, 1, input)
                .chain(id -> connection.preparedQuery(OPEN).execute(Tuple.of(id, sale.storeId(), JsonObject.mapFrom(input),
                        itemIds.toArray(String[]::new))))
                .replaceWithVoid();
    }

    /** The same under another key; what is open stands for it from now on. */
    Uni<Void> again(SqlClient connection, SaleRow sale, Posting posting, StockAdjustment input) {
        return insert(connection, sale, posting.part(), posting.attempt() + 1, input)
                .chain(id -> connection.preparedQuery("update open_posting set adjustment_id = $2 where adjustment_id = $1")
                        .execute(Tuple.of(posting.id(), id)))
                .replaceWithVoid();
    }

    private static Uni<UUID> insert(SqlClient connection, SaleRow sale, int part, int attempt, StockAdjustment input) {
        UUID id = UUID.randomUUID();
        return connection.preparedQuery(INSERT).execute(Tuple.of(id, sale.storeId(), sale.channelId())
                .addString(sale.id() + ":" + part).addInteger(attempt).addString(input.idempotencyKey())
                .addJsonObject(JsonObject.mapFrom(input)).addUUID(sale.id()).addInteger(part)).replaceWith(id);
    }

    /** The till's items that an open adjustment stands for, with the store's items it changes. */
    Uni<List<OpenItem>> items(SqlClient connection, UUID id) {
        return connection.preparedQuery(ITEMS)
                .mapping(row -> new OpenItem(row.getString("item_id"), row.getString("inventory_item_id")))
                .execute(Tuple.of(id)).map(rows -> rows.stream().toList());
    }

    record OpenItem(String itemId, String inventoryItemId) {}

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
        return connection.preparedQuery(GIVE_BACK).execute(Tuple.of(id, alone, rest.toMillis()))
                .map(rows -> rows.iterator().next())
                .invoke(row -> {
                    if (!row.getLong("given").equals(row.getLong("open"))) {
                        throw new IllegalStateException(
                                "Adjustment " + id + " was refused, and units of " + row.getLong("given")
                                        + " items instead of " + row.getLong("open") + " would be posted anew");
                    }
                }).replaceWithVoid();
    }

    private static Posting posting(Row row) {
        Long seconds = row.getLong("sent_seconds_ago");
        return new Posting(row.getUUID("id"), row.getUUID("sale_id"), row.getUUID("channel_id"), row.getInteger("part"),
                row.getInteger("attempt"), row.getJsonObject("input").mapTo(StockAdjustment.class), row.getInteger("failures"),
                seconds == null ? null : Duration.ofSeconds(seconds));
    }
}
