package dev.tillbridge.order;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** What the database keeps of a sale's order in the store: the intent, the order itself, and what became of it. */
@ApplicationScoped
class OrderRepository {

    private static final String LINKS = """
            select l.item_id, v.id, v.sku, v.title from link l
            join variant v on v.store_id = l.store_id and v.id = l.variant_id and not v.gone
            where l.channel_id = $1 and l.item_id = any ($2::text[])
            """;

    /** Only of what was mapped: had the sale changed since, another order would be asked for than is written down. */
    private static final String INTEND = """
            update sale set status = 'CREATING', reason_code = null, reason = null, creating_at = clock_timestamp(),
              asked_at = coalesce(asked_at, clock_timestamp()), attempts = attempts + 1, empty_lookups = 0,
              act_at = clock_timestamp() + $3 * interval '1 millisecond', imported_document = document, imported_lines = $4,
              expected_total = $5, tips_included = $6, handed_over = $7, version = version + 1
            where id = $1 and content_hash = $2 and status in ('READY', 'FAILED') and store_order_id is null and not dismissed
            """;

    /** An order may have been made up to now. */
    private static final String MAY_BE_MADE = """
            update sale set creating_at = clock_timestamp(), empty_lookups = 0,
              act_at = clock_timestamp() + $2 * interval '1 millisecond' where id = $1
            """;

    /** What was not sent was no attempt. */
    private static final String NOT_MADE = """
            update sale set status = $2, reason_code = $3, reason = $4, act_at = clock_timestamp() + $5 * interval '1 millisecond',
              attempts = case when $2 = 'FAILED' then attempts else greatest(0, attempts - 1) end, version = version + 1
            where id = $1
            """;

    private static final String READ_AGAIN = """
            update sale set status = 'SEEN', reason_code = null, reason = null, look_at = clock_timestamp(), act_at = null,
              version = version + 1 where id = $1
            """;

    private static final String IMPORTED = """
            update sale set status = 'IMPORTED', reason_code = null, reason = null, store_order_id = $2, store_order_name = $3,
              store_total = $4, store_paid = $5, store_cancelled = $6, imported_at = clock_timestamp(), creating_at = null,
              attempts = 0, act_at = clock_timestamp(), problem_code = $7, problem = $8, swept_at = null, version = version + 1
            where id = $1 and store_order_id is null
            """;

    /** Lines without link went in as lines of no variant: they touch no stock, whatever is linked later. */
    private static final String CUSTOM = """
            update sale_unit u set custom = true where u.sale_id = $1 and u.taken = 0
              and not exists (select from link l where l.channel_id = u.channel_id and l.item_id = u.item_id)
            returning u.item_id, u.name
            """;

    private static final String LOOKED = """
            update sale set empty_lookups = empty_lookups + 1, act_at = clock_timestamp() + $2 * interval '1 millisecond' where id = $1
            """;

    private static final String ACT = """
            update sale set attempts = case when $3 then attempts + 1 else attempts end,
              act_at = clock_timestamp() + $2 * interval '1 millisecond' where id = $1
            """;

    /** Sales are read meanwhile: what came in since has to be seen to as well. */
    private static final String DONE = """
            update sale set attempts = 0, act_at = null where id = $1 and content_hash is not distinct from $2
            """;

    private static final String PROBLEM = "update sale set problem_code = $2, problem = $3, version = version + 1 where id = $1";

    /** With the intent, before the first call: what was begun is finished, whatever becomes of the sale meanwhile. */
    private static final String CANCELLING = """
            update sale set cancelling = $2, cancel_job = null, attempts = 0, version = version + 1
            where id = $1 and content_hash is not distinct from $3
            """;

    /** Whatever was wrong with the order is no matter any more; what the sale is now is looked at next. */
    private static final String CANCELLED = """
            update sale set store_cancelled = true, cancelling = null, cancel_job = null, problem_code = null, problem = null,
              attempts = 0, act_at = clock_timestamp(), version = version + 1
            where id = $1
            """;

    private static final String ANEW = """
            update sale set status = 'SEEN', reason_code = null, reason = null, revision = revision + 1, store_order_id = null,
              store_order_name = null, store_total = null, store_paid = null, store_cancelled = false, cancel_job = null,
              former_store_orders = former_store_orders || store_order_id, imported_document = null, imported_lines = null,
              problem_code = null, problem = null, attempts = 0, act_at = null, look_at = clock_timestamp(), version = version + 1
            where id = $1
            """;

    /** Its items may have links by now. */
    private static final String NOT_CUSTOM = "update sale_unit set custom = false where sale_id = $1 and custom";

    /** They were written into another order; what a person left out stays out. The attempt's number goes on, for it is part of the key; tries in vain begin anew. */
    private static final String REFUNDS_ANEW = """
            update sale_refund set status = 'READY', draft = null, first_sent_at = null, reason_code = null, reason = null,
              store_refund_id = null, done_at = null,
              attempts = 0, act_at = null
            where sale_id = $1 and status <> 'SKIPPED'
            """;

    private static final String KEPT = """
            update sale set store_order_id = $2, store_order_name = $3, store_total = $4, store_paid = false, cancel_job = null,
              attempts = 0, act_at = clock_timestamp(), version = version + 1
            where id = $1
            """;

    private final Pool pool;

    OrderRepository(Pool pool) {
        this.pool = pool;
    }

    /** The variants that items are linked to, by item id. */
    Uni<Map<String, LinkedVariant>> links(UUID channelId, Collection<String> itemIds) {
        return pool.preparedQuery(LINKS).execute(Tuple.of(channelId, itemIds.toArray(String[]::new))).map(rows -> {
            Map<String, LinkedVariant> links = new HashMap<>();
            rows.forEach(row -> links.put(row.getString(0),
                    new LinkedVariant(row.getString(1), row.getString(2), row.getString(3))));
            return links;
        });
    }

    /** Writes down that the order is about to be asked for; false where the sale has changed, or is no longer to be imported. */
    Uni<Boolean> intend(SqlClient connection, SaleRow row, OrderMapping.Mapped mapped, boolean tipsIncluded,
            Duration lookUpIn) {
        return connection.preparedQuery(INTEND).execute(Tuple.of(row.id(), row.contentHash(), lookUpIn.toMillis())
                .addJsonArray(SaleJson.array(mapped.origins())).addBigDecimal(mapped.draft().total()).addBoolean(tipsIncluded)
                .addBoolean(mapped.draft().fulfilledAtLocationId() != null))
                .map(rows -> rows.rowCount() == 1);
    }

    /** @param in when it is looked for: no earlier than the store's index may be trusted */
    Uni<Void> mayBeMade(SqlClient connection, UUID id, Duration in) {
        return connection.preparedQuery(MAY_BE_MADE).execute(Tuple.of(id, in.toMillis())).replaceWithVoid();
    }

    /** The order was not made for sure. {@code status}: FAILED where that was tried, READY where it was not */
    Uni<Void> notMade(SqlClient connection, UUID id, SaleStatus status, String reason, Duration in) {
        return connection.preparedQuery(NOT_MADE).execute(Tuple.of(id, status.name(),
                status == SaleStatus.FAILED ? "not-made-yet" : null, reason, in.toMillis())).replaceWithVoid();
    }

    /** It changed while its order was asked for: the rules judge it anew. */
    Uni<Void> readAgain(SqlClient connection, UUID id) {
        return connection.preparedQuery(READ_AGAIN).execute(Tuple.of(id)).replaceWithVoid();
    }

    /**
     * Answers the items that went in as lines of no variant, with their names.
     *
     * @param problemCode null where all is well
     */
    Uni<Map<String, String>> imported(SqlClient connection, UUID id, SaleRow.Order order, String problemCode, String problem) {
        return connection.preparedQuery(IMPORTED).execute(Tuple.of(id, order.id(), order.name(), order.total(), order.paid())
                .addBoolean(order.cancelled()).addString(problemCode).addString(problem))
                .chain(() -> connection.preparedQuery(CUSTOM).execute(Tuple.of(id)))
                .map(rows -> {
                    Map<String, String> custom = new HashMap<>();
                    rows.forEach(row -> custom.put(row.getString(0), row.getString(1)));
                    return custom;
                })
                .call(() -> UnitTable.refresh(connection, id));
    }

    Uni<BigDecimal> expectedTotal(SqlClient connection, UUID id) {
        return connection.preparedQuery("select expected_total from sale where id = $1").execute(Tuple.of(id))
                .map(rows -> rows.iterator().next().getBigDecimal(0));
    }

    Uni<Void> lookedInVain(SqlClient connection, UUID id, Duration again) {
        return connection.preparedQuery(LOOKED).execute(Tuple.of(id, again.toMillis())).replaceWithVoid();
    }

    /** @param in when it is worked on again; {@code failed}: whether this was a try in vain */
    Uni<Void> act(SqlClient connection, UUID id, Duration in, boolean failed) {
        return connection.preparedQuery(ACT).execute(Tuple.of(id, in.toMillis(), failed)).replaceWithVoid();
    }

    /** Nothing is left to do until the sale changes. {@code row}: what was worked on; if it has changed since, it stays due. */
    Uni<Void> done(SqlClient connection, SaleRow row) {
        return connection.preparedQuery(DONE).execute(Tuple.of(row.id(), row.contentHash())).replaceWithVoid();
    }

    Uni<Void> problem(SqlClient connection, UUID id, String code, String message) {
        return connection.preparedQuery(PROBLEM).execute(Tuple.of(id, code, message)).replaceWithVoid();
    }

    /** This problem, and no other that came since, is over; false where it was not there any more. */
    Uni<Boolean> problemOver(SqlClient connection, UUID id, String code) {
        return connection.preparedQuery(
                "update sale set problem_code = null, problem = null, version = version + 1 where id = $1 and problem_code = $2")
                .execute(Tuple.of(id, code)).map(rows -> rows.rowCount() == 1);
    }

    /** @param imported as it stands in the store from now on: with what it was paid by */
    Uni<Void> paid(SqlClient connection, UUID id, Sale imported) {
        return connection
                .preparedQuery(
                        "update sale set store_paid = true, imported_document = $2, version = version + 1 where id = $1")
                .execute(Tuple.of(id, SaleJson.object(imported))).replaceWithVoid();
    }

    /** Writes down that its order is about to be cancelled; false where the sale is another by now. */
    Uni<Boolean> cancelling(SqlClient connection, SaleRow row, String why) {
        return connection.preparedQuery(CANCELLING).execute(Tuple.of(row.id(), why, row.contentHash()))
                .map(rows -> rows.rowCount() == 1);
    }

    /** @param job that cancels it; null where none is under way */
    Uni<Void> cancelJob(SqlClient connection, UUID id, String job) {
        return connection.preparedQuery("update sale set cancel_job = $2 where id = $1").execute(Tuple.of(id, job))
                .replaceWithVoid();
    }

    Uni<Void> cancelled(SqlClient connection, UUID id) {
        return connection.preparedQuery(CANCELLED).execute(Tuple.of(id)).replaceWithVoid();
    }

    /** The order was cancelled, and the sale goes its whole way anew, under another identity. */
    Uni<Void> anew(SqlClient connection, UUID id) {
        return connection.preparedQuery(ANEW).execute(Tuple.of(id))
                .chain(() -> connection.preparedQuery(NOT_CUSTOM).execute(Tuple.of(id)))
                .chain(() -> connection.preparedQuery(REFUNDS_ANEW).execute(Tuple.of(id)))
                .chain(() -> UnitTable.refresh(connection, id));
    }

    /** Another order of the sale is its order from now on. What was paid and refunded is compared, and written, anew. */
    Uni<Void> kept(SqlClient connection, UUID id, FoundOrder order) {
        return connection.preparedQuery(KEPT).execute(Tuple.of(id, order.id(), order.name(), order.total()))
                .chain(() -> connection.preparedQuery(REFUNDS_ANEW).execute(Tuple.of(id))).replaceWithVoid();
    }
}
