package dev.tillbridge.order;

import java.time.Duration;
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

    private static final String TAKE_IN = """
            insert into sale_refund (id, sale_id, pos_refund_id, status, amount)
            select gen_random_uuid(), $1, k.id, 'READY', k.amount from unnest($2::text[], $3::bigint[]) as k (id, amount)
            on conflict (sale_id, pos_refund_id) do nothing
            """;

    private static final String OPEN = """
            select id, pos_refund_id, status, attempt, draft,
              extract(epoch from clock_timestamp() - first_sent_at)::bigint as sent_seconds_ago
            from sale_refund where sale_id = $1 and status in ('READY', 'SENT', 'FAILED') order by id
            """;

    private static final String SENT = """
            update sale_refund set status = 'SENT', attempt = $2, draft = $3, first_sent_at = coalesce(first_sent_at, clock_timestamp())
            where id = $1
            """;

    private static final String CONCLUDE = """
            update sale_refund set status = $2, reason_code = $3, reason = $4, store_refund_id = $5,
              done_at = case when $2 = 'DONE' then clock_timestamp() end where id = $1
            """;

    private final Pool pool;

    RefundRepository(Pool pool) {
        this.pool = pool;
    }

    /** @param draft what was sent; null before. {@code sentFor}: how long ago it was first sent; null where it never was */
    record Open(UUID id, String posRefundId, int attempt, RefundDraft draft, Duration sentFor) {}

    Uni<Void> takeIn(SqlClient connection, UUID saleId, List<SaleRefund> refunds) {
        return connection.preparedQuery(TAKE_IN).execute(Tuple.of(saleId,
                refunds.stream().map(SaleRefund::id).toArray(String[]::new),
                refunds.stream().map(SaleRefund::amount).toArray(Long[]::new))).replaceWithVoid();
    }

    Uni<List<Open>> open(UUID saleId) {
        return pool.preparedQuery(OPEN).mapping(RefundRepository::open).execute(Tuple.of(saleId))
                .map(rows -> rows.stream().toList());
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

    private static Open open(Row row) {
        Long seconds = row.getLong("sent_seconds_ago");
        return new Open(row.getUUID("id"), row.getString("pos_refund_id"), row.getInteger("attempt"),
                SaleJson.read(row.getJsonObject("draft"), RefundDraft.class),
                seconds == null ? null : Duration.ofSeconds(seconds));
    }
}
