package dev.tillbridge.sync.reconcile;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.order.StoreDeviations;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.SqlTime;

/**
 * Compares a channel's sales with the store's orders. Those of which all is well, nearly all, stay in the database; the rest is
 * judged by {@link SaleRule}.
 */
@ApplicationScoped
class SalesJudge {

    /** What was written as given back is in the refunds' drafts; one that a person vouched for has none, and is not compared. */
    private static final String NEXT = """
            select s.id, s.pos_order_id, s.status, s.reason_code, s.reason, s.paid, s.unread, s.problem_code, s.problem, s.stock_problem,
              s.stock, s.store_order_id, s.store_order_name, s.store_total, s.store_cancelled or s.cancelling is not null as cancelled,
              s.told_deviation, s.currency, s.pos_created_at, s.pos_created_at >= $4 as comparable,
              round(s.total / power(10::numeric, currency_decimals(s.currency)), 4) as till_total,
              greatest(s.seen_at, s.changed_at, s.imported_at, s.creating_at, w.done_at, p.sent_at) < $5 as settled,
              k.store_order_id is not null as shown, coalesce(k.cancelled, false) as shown_cancelled, k.total as shown_total,
              k.refunded as shown_refunded, w.written, w.open as refunds_open, f.open as open_orders,
              case when s.posts_stock and (s.stock in ('RESERVED', 'SENT') and s.paid) then false else true end as posted
            from sale s
            left join reconciliation_order k on k.reconciliation_id = $1 and k.store_order_id = s.store_order_id
            cross join lateral (
              select count(*) filter (where not o.cancelled) as open from reconciliation_order o
              where o.reconciliation_id = $1
                and o.identity = s.pos_order_id || case when s.revision = 0 then '' else '-' || (s.revision + 1) end) f
            cross join lateral (
              select case when bool_or(r.status = 'DONE' and r.draft is null) then null else coalesce(sum((
                  select sum((t ->> 'amount')::numeric) from jsonb_array_elements(r.draft -> 'transactions') t)) filter (where r.status = 'DONE'), 0) end as written,
                coalesce(bool_or(r.status in ('READY', 'SENT')), false) as open, max(r.done_at) as done_at
              from sale_refund r where r.sale_id = s.id) w
            cross join lateral (select max(a.confirmed_at) as sent_at from stock_adjustment a where a.sale_id = s.id) p
            where s.channel_id = $2 and s.pos_created_at >= $3 and ($6::uuid is null or s.id > $6)
              and (s.problem_code is not null or s.stock_problem is not null or s.unread
                or s.posts_stock and s.paid and s.stock in ('RESERVED', 'SENT')
                or s.status = 'SKIPPED' and f.open > 0
                or s.status <> 'SKIPPED' and s.store_order_id is null and (s.paid or s.status in ('HELD', 'FAILED'))
                or s.store_order_id is not null and (w.open or f.open > 1 or s.pos_created_at >= $4 and not s.store_cancelled
                  and (k.store_order_id is null or k.cancelled or k.total is distinct from s.store_total or k.refunded is distinct from w.written)))
            order by s.id limit $7
            """;

    private static final int BATCH = 500;

    private final DifferenceRepository differences;
    private final StoreDeviations deviations;
    private final Pool pool;
    private final FencedTransactions transactions;
    private final ReconcileConfig config;

    SalesJudge(DifferenceRepository differences, StoreDeviations deviations, Pool pool, FencedTransactions transactions,
            ReconcileConfig config) {
        this.differences = differences;
        this.deviations = deviations;
        this.pool = pool;
        this.transactions = transactions;
        this.config = config;
    }

    /**
     * What the store's orders were read for.
     *
     * @param shownFrom from when on orders were read
     * @param readAt the database's time when their read began
     */
    record Comparison(UUID reconciliation, Instant shownFrom, Instant readAt) {}

    /** What is under way is settled some time after it last moved: the same for all that is compared. */
    static Instant settledBefore(Comparison comparison, Duration settle) {
        return comparison.readAt().minus(settle);
    }

    Uni<Void> judge(Fence fence, Comparison comparison, ConnectedChannel channel) {
        Instant start = channel.settings().orderSync().start();
        Instant settled = settledBefore(comparison, config.settle());
        return Multi.createBy().repeating()
                .uni(() -> new UUID[1], after -> pool.preparedQuery(NEXT)
                        .execute(Tuple.of(comparison.reconciliation(), channel.id(), SqlTime.of(start),
                                SqlTime.of(comparison.shownFrom()), SqlTime.of(settled)).addUUID(after[0]).addInteger(BATCH))
                        .map(rows -> rows.stream().toList())
                        .invoke(rows -> rows.forEach(row -> after[0] = row.getUUID("id")))
                        .call(rows -> judge(fence, comparison.reconciliation(), channel.id(), rows)))
                .whilst(rows -> rows.size() == BATCH).collect().last().replaceWithVoid();
    }

    private record Judged(UUID sale, Difference difference) {}

    private Uni<Void> judge(Fence fence, UUID reconciliation, UUID channelId, List<Row> rows) {
        List<Judged> judged = new ArrayList<>();
        rows.forEach(row -> SaleRule.judge(state(row)).ifPresent(
                verdict -> judged.add(new Judged(row.getUUID("id"), difference(channelId, row, verdict)))));
        return judged.isEmpty()
                ? Uni.createFrom().voidItem()
                : transactions.write(fence, connection -> differences.add(connection, reconciliation,
                        judged.stream().map(Judged::difference).toList()))
                        .chain(() -> Multi.createFrom().iterable(judged)
                                .onItem().transformToUniAndConcatenate(one -> passedOn(fence, one))
                                .collect().last().replaceWithVoid());
    }

    /** To whoever mends it: the sweep, or a person, who is told by the sale itself. */
    private Uni<Void> passedOn(Fence fence, Judged judged) {
        Verdict verdict = judged.difference().verdict();
        if (verdict.deviation() != null) {
            return deviations.tell(fence, judged.sale(), verdict.reason(), verdict.detail(), verdict.deviation());
        }
        return verdict.reason().equals(SaleRule.DOUBLED)
                ? deviations.sweepAgain(fence, judged.sale())
                : Uni.createFrom().voidItem();
    }

    private static SaleRule.SaleState state(Row row) {
        String problem = row.getString("problem_code");
        String stock = row.getString("stock_problem");
        return new SaleRule.SaleState(row.getString("status"), row.getString("reason_code"), row.getString("reason"),
                row.getBoolean("paid"), row.getBoolean("unread"),
                problem == null && stock != null ? "stock-refused" : problem,
                problem == null ? stock : row.getString("problem"),
                row.getBoolean("posted"), row.getBoolean("settled"), row.getLong("open_orders").intValue(),
                new SaleRule.Order(row.getString("store_order_id"), row.getString("store_order_name"),
                        row.getBoolean("cancelled"), row.getBoolean("comparable"), row.getBoolean("shown"),
                        row.getBoolean("shown_cancelled"), row.getBigDecimal("store_total"), row.getBigDecimal("shown_total"),
                        row.getBigDecimal("written"), row.getBigDecimal("shown_refunded"), row.getBoolean("refunds_open"),
                        row.getString("told_deviation")));
    }

    /** Its size: of an order that stands what it deviates by, of a sale that is not in the store all of it. */
    private static Difference difference(UUID channelId, Row row, Verdict verdict) {
        BigDecimal till = row.getBigDecimal("till_total");
        BigDecimal stored = row.getBigDecimal("store_total");
        BigDecimal shown = row.getBigDecimal("shown_total");
        BigDecimal money = switch (verdict.reason()) {
            case "order-edited" -> shown.subtract(stored);
            case "refunded-in-store" -> row.getBigDecimal("written").subtract(row.getBigDecimal("shown_refunded"));
            case "order-gone", "cancelled-in-store" -> stored == null ? null : stored.negate();
            case SaleRule.DOUBLED -> stored == null ? till : stored;
            default -> row.getString("store_order_id") == null && till != null ? till.negate() : null;
        };
        String kind = verdict.deviation() != null || verdict.reason().equals(SaleRule.DOUBLED) ? "ORDER" : "SALE";
        return new Difference(channelId, kind, "order:" + row.getString("pos_order_id"), verdict,
                stored == null ? null : stored.toPlainString(), shown == null ? null : shown.toPlainString(), null, money,
                row.getString("currency"), SqlTime.instant(row, "pos_created_at"));
    }
}
