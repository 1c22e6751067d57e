package dev.tillbridge.sync.reconcile;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.SqlTime;
import dev.tillbridge.sync.reconcile.SalesJudge.Comparison;
import dev.tillbridge.sync.reconcile.Verdict.Origin;
import dev.tillbridge.sync.reconcile.Verdict.Repair;

/**
 * Adds up a channel's sales and their orders by the merchant's business day and currency. An order counts to the day of its sale,
 * whenever it was made. Money given back without a sale has no order: it counts as the till's, and is told of until a person has
 * written it down in the store, where nothing bears its id. What no difference of a sale and nothing under way explains is a
 * difference of its own.
 */
@ApplicationScoped
class DayTotals {

    private static final String ADD_UP = """
            with zone as materialized (
              select coalesce((select z.name from pg_timezone_names z join channel c on c.id = $2 where z.name = c.timezone), 'UTC') as name),
            counted as (
              select s.id, (s.pos_created_at at time zone (select name from zone))::date as day, s.currency,
                (s.paid or s.store_order_id is not null) and s.status <> 'SKIPPED' and not s.store_cancelled and s.cancelling is null as counts,
                power(10::numeric, currency_decimals(s.currency)) as minor,
                s.total + case when s.tips_included then (
                  select coalesce(sum((p ->> 'tip')::bigint), 0) from jsonb_array_elements(s.document -> 'payments') p
                  where p ->> 'result' in ('SUCCESS', 'AUTH_COMPLETED')) else 0 end as total,
                (select coalesce(sum((r ->> 'amount')::bigint - case when s.tips_included then 0 else coalesce((r ->> 'tip')::bigint, 0) end), 0)
                  from jsonb_array_elements(s.document -> 'refunds') r
                  where coalesce(r ->> 'status', 'SUCCESS') = 'SUCCESS' and not coalesce((r ->> 'voided')::boolean, false)
                    and not exists (select from sale_refund w where w.sale_id = s.id and w.pos_refund_id = r ->> 'id' and w.status = 'SKIPPED')) as refunded,
                exists (select from reconciliation_difference d where d.reconciliation_id = $1 and d.owner_id = $2
                  and d.kind in ('ORDER', 'SALE') and d.subject = 'order:' || s.pos_order_id)
                  or s.told_deviation is not null or s.acknowledged_hash is not null as told,
                greatest(s.seen_at, s.changed_at, s.imported_at, s.creating_at, (select max(w.done_at) from sale_refund w where w.sale_id = s.id)) >= $5
                  as in_flight,
                o.total as store_total, o.refunded as store_refunded
              from sale s
              cross join lateral (
                select coalesce(sum(o.total), 0) as total, coalesce(sum(o.refunded), 0) as refunded from reconciliation_order o
                where o.reconciliation_id = $1 and o.pos_order_id = s.pos_order_id and not o.cancelled and s.cancelling is null) o
              where s.channel_id = $2 and s.kind = 'SALE' and s.document is not null and s.currency is not null
                and s.pos_created_at >= greatest($3::timestamptz, $4::timestamptz)),
            sales as (
              select day, currency, told, in_flight, counts,
                case when counts then total / minor else 0 end as till_total, case when counts then refunded / minor else 0 end as till_refunded,
                store_total, store_refunded
              from counted where counts or store_total <> 0
              union all
              select (s.pos_created_at at time zone (select name from zone))::date, s.currency, true, false, false, 0,
                s.total / power(10::numeric, currency_decimals(s.currency)), 0, 0
              from sale s
              where s.channel_id = $2 and s.kind = 'CREDIT' and s.currency is not null and s.total is not null
                and (s.status = 'HELD' or s.dismissed) and s.pos_created_at >= greatest($3::timestamptz, $4::timestamptz))
            insert into reconciliation_day (reconciliation_id, channel_id, day, currency, sales, till_total, till_refunded, store_total,
              store_refunded, in_flight, told)
            select $1, $2, day, currency, count(*) filter (where counts), sum(till_total), sum(till_refunded), sum(store_total), sum(store_refunded),
              coalesce(sum(till_total - till_refunded - store_total + store_refunded) filter (where in_flight and not told), 0),
              coalesce(sum(till_total - till_refunded - store_total + store_refunded) filter (where told), 0)
            from sales group by day, currency
            """;

    private static final String UNEXPLAINED = """
            select day::text, currency, till_total - till_refunded as till, store_total - store_refunded as store,
              store_total - store_refunded - (till_total - till_refunded) + told + in_flight as money,
              day::timestamp at time zone 'UTC' as since
            from reconciliation_day
            where reconciliation_id = $1 and channel_id = $2 and till_total - till_refunded - store_total + store_refunded <> told + in_flight
            """;

    private final DifferenceRepository differences;
    private final FencedTransactions transactions;
    private final ReconcileConfig config;

    DayTotals(DifferenceRepository differences, FencedTransactions transactions, ReconcileConfig config) {
        this.differences = differences;
        this.transactions = transactions;
        this.config = config;
    }

    /** After the sales were judged. */
    Uni<Void> addUp(Fence fence, Comparison comparison, ConnectedChannel channel) {
        return transactions.write(fence, connection -> connection.preparedQuery(ADD_UP)
                .execute(Tuple.of(comparison.reconciliation(), channel.id(),
                        SqlTime.of(channel.settings().orderSync().start()), SqlTime.of(comparison.shownFrom()),
                        SqlTime.of(SalesJudge.settledBefore(comparison, config.settle()))))
                .chain(() -> unexplained(connection, comparison.reconciliation(), channel.id()))
                .chain(found -> differences.add(connection, comparison.reconciliation(), found)));
    }

    private static Uni<List<Difference>> unexplained(SqlConnection connection, UUID reconciliation, UUID channelId) {
        return connection.preparedQuery(UNEXPLAINED).mapping(row -> difference(channelId, row))
                .execute(Tuple.of(reconciliation, channelId)).map(rows -> rows.stream().toList());
    }

    private static Difference difference(UUID channelId, Row row) {
        return new Difference(
                channelId, "MONEY", "day:" + row.getString("day"), new Verdict(Origin.OUR_FAILURE, "money-unexplained",
                        "The sales of this day and their orders do not add up to the same, and no single sale says why."
                                + " Compare them, and tell whoever looks after Tillbridge",
                        Repair.PERSON),
                plain(row.getBigDecimal("till")), plain(row.getBigDecimal("store")), null,
                row.getBigDecimal("money"), row.getString("currency"), SqlTime.instant(row, "since"));
    }

    private static String plain(BigDecimal amount) {
        return amount.stripTrailingZeros().toPlainString();
    }
}
