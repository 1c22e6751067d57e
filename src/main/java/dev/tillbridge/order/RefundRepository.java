package dev.tillbridge.order;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** Refunds of sales on their way to the store's orders. */
@ApplicationScoped
class RefundRepository {

    /** Why a refund is held whose outcome is not known, and never will be. */
    static final String UNKNOWN = "refund-unknown";

    private static final String TAKE_IN = """
            insert into sale_refund (id, sale_id, pos_refund_id, status, amount)
            select gen_random_uuid(), $1, k.id, 'READY', k.amount from unnest($2::text[], $3::bigint[]) as k (id, amount)
            on conflict (sale_id, pos_refund_id) do nothing
            """;

    private static final String SENT = """
            update sale_refund set status = 'SENT', attempt = $2, draft = $3, first_sent_at = coalesce(first_sent_at, clock_timestamp())
            where id = $1
            """;

    private static final String CONCLUDE = """
            update sale_refund set status = $2, reason_code = $3, reason = $4, store_refund_id = $5,
              done_at = case when $2 = 'DONE' then clock_timestamp() end where id = $1
            """;

    /** One that failed too often may have been made: it keeps its draft and key, for under another key it could be made twice. */
    private static final String REPLAYED = """
            update sale_refund set status = case when reason_code = $3 and draft is not null then 'SENT' else 'READY' end,
              draft = case when reason_code = $3 then draft end, first_sent_at = case when reason_code = $3 then first_sent_at end,
              attempts = 0, reason_code = null, reason = null
            where sale_id = $1 and status = 'HELD' and reason_code is distinct from $2
            """;

    private static final String DISMISSED = """
            update sale_refund set status = 'SKIPPED', reason_code = 'dismissed', reason = $2 where sale_id = $1 and status in ('HELD', 'READY')
            """;

    private static final String ANSWERED = """
            update sale_refund set status = case when $3 then 'DONE' else 'READY' end, done_at = case when $3 then clock_timestamp() end,
              draft = case when $3 then draft end, first_sent_at = case when $3 then first_sent_at end,
              attempts = 0, reason_code = null, reason = null
            where sale_id = $1 and status = 'HELD' and reason_code = $2
            """;

    private static final String GONE = """
            sale_id = $1 and status = 'DONE' and reason_code is distinct from 'taken-back' and pos_refund_id <> all ($2::text[])""";

    private static final String TO_DO = """
            select id, pos_refund_id, status = 'DONE' as taken_back, attempt, attempts, draft,
              extract(epoch from clock_timestamp() - first_sent_at)::bigint as sent_seconds_ago
            from sale_refund where sale_id = $1 and status in ('READY', 'SENT') or %s order by id
            """.formatted(GONE);

    private static final String TAKEN_BACK = """
            update sale_refund set reason_code = 'taken-back', reason = 'Taken back at the till after it was written into the store''s order'
            where %s returning pos_refund_id, amount
            """.formatted(GONE);

    private final Pool pool;

    RefundRepository(Pool pool) {
        this.pool = pool;
    }

    /**
     * @param attempt which key it has; {@code attempts}: how often it failed in a row
     * @param draft what was sent; null before. {@code sentFor}: how long ago it was first sent; null where it never was
     */
    record Open(UUID id, String posRefundId, int attempt, int attempts, RefundDraft draft, Duration sentFor) {}

    /** @param amount in minor units */
    record TakenBack(String posRefundId, long amount) {}

    Uni<Void> takeIn(SqlClient connection, UUID saleId, List<SaleRefund> refunds) {
        return connection.preparedQuery(TAKE_IN).execute(Tuple.of(saleId,
                refunds.stream().map(SaleRefund::id).toArray(String[]::new),
                refunds.stream().map(SaleRefund::amount).toArray(Long[]::new))).replaceWithVoid();
    }

    /** @param takenBack whether {@link #takenBack} would find any */
    record ToDo(List<Open> open, boolean takenBack) {

        /** The same, those the till gave first going first: what an order has left is given to them. */
        ToDo inOrderOf(List<String> posRefundIds) {
            return new ToDo(open.stream().sorted(Comparator.comparingInt(each -> posRefundIds.indexOf(each.posRefundId())))
                    .toList(), takenBack);
        }
    }

    /** @param effective the ids of the refunds that the till still has */
    Uni<ToDo> toDo(UUID saleId, List<String> effective) {
        return pool.preparedQuery(TO_DO).execute(Tuple.of(saleId, effective.toArray(String[]::new))).map(rows -> {
            var open = rows.stream().filter(row -> !row.getBoolean("taken_back")).map(RefundRepository::open).toList();
            return new ToDo(open, open.size() < rows.size());
        });
    }

    Uni<Void> sent(SqlClient connection, UUID id, int attempt, RefundDraft draft) {
        return connection.preparedQuery(SENT).execute(Tuple.of(id, attempt, SaleJson.object(draft))).replaceWithVoid();
    }

    /** Nothing was done under the last key: the next attempt begins with a draft of its own. */
    Uni<Void> again(SqlClient connection, UUID id) {
        return connection
                .preparedQuery("update sale_refund set status = 'READY', draft = null, first_sent_at = null where id = $1")
                .execute(Tuple.of(id)).replaceWithVoid();
    }

    Uni<Void> conclude(SqlClient connection, UUID id, String status, String code, String reason, String storeRefundId) {
        return connection.preparedQuery(CONCLUDE).execute(Tuple.of(id, status, code, reason, storeRefundId)).replaceWithVoid();
    }

    Uni<Void> failed(SqlClient connection, UUID id) {
        return connection.preparedQuery("update sale_refund set attempts = attempts + 1 where id = $1").execute(Tuple.of(id))
                .replaceWithVoid();
    }

    /** A person wants them tried again; those of unknown outcome are left alone. */
    Uni<Void> replayed(SqlClient connection, UUID saleId) {
        return connection.preparedQuery(REPLAYED).execute(Tuple.of(saleId, UNKNOWN, SaleTrouble.EXHAUSTED)).replaceWithVoid();
    }

    /** A person leaves what is not in the store out of it. */
    Uni<Void> dismissed(SqlClient connection, UUID saleId, String reason) {
        return connection.preparedQuery(DISMISSED).execute(Tuple.of(saleId, reason)).replaceWithVoid();
    }

    /** A person says of those of unknown outcome whether the store made them. */
    Uni<Void> answered(SqlClient connection, UUID saleId, boolean done) {
        return connection.preparedQuery(ANSWERED).execute(Tuple.of(saleId, UNKNOWN, done)).replaceWithVoid();
    }

    /**
     * Marks those that stand in the store although the till has taken them back, and answers them, each once.
     *
     * @param effective the ids of the refunds that the till still has
     */
    Uni<List<TakenBack>> takenBack(SqlClient connection, UUID saleId, List<String> effective) {
        return connection.preparedQuery(TAKEN_BACK)
                .mapping(row -> new TakenBack(row.getString("pos_refund_id"), row.getLong("amount")))
                .execute(Tuple.of(saleId, effective.toArray(String[]::new))).map(rows -> rows.stream().toList());
    }

    private static Open open(Row row) {
        Long seconds = row.getLong("sent_seconds_ago");
        return new Open(row.getUUID("id"), row.getString("pos_refund_id"), row.getInteger("attempt"),
                row.getInteger("attempts"),
                SaleJson.read(row.getJsonObject("draft"), RefundDraft.class),
                seconds == null ? null : Duration.ofSeconds(seconds));
    }
}
