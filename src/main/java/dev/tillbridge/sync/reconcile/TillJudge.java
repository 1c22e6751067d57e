package dev.tillbridge.sync.reconcile;

import java.math.BigDecimal;
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

import dev.tillbridge.channel.ChannelSettings.OnRecount;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.SqlTime;
import dev.tillbridge.sync.reconcile.Verdict.Origin;
import dev.tillbridge.sync.reconcile.Verdict.Repair;

/** What the stages of stock and prices could not bring to the till, or found there that nothing explains. */
@ApplicationScoped
class TillJudge {

    /** What the till should show is compared with what it shows once nothing that it is made of has moved for a while. */
    private static final String STOCK = """
            select t.item_id, coalesce(r.expected, case when d.moved_at is null then t.settled else l.target end) as stored,
              coalesce(r.counted, i.quantity) as found,
              r.id is not null as recount, t.failures, t.sent is not null and t.sent_at < clock_timestamp() - $3 * interval '1 millisecond' as unconfirmed,
              coalesce(d.moved_at < clock_timestamp() - $3 * interval '1 millisecond', false) as unwritten,
              coalesce(r.opened_at, t.sent_at, d.moved_at) as since
            from till_stock t
            join item i on i.channel_id = t.channel_id and i.id = t.item_id and not i.gone
            left join link_target l on l.channel_id = t.channel_id and l.item_id = t.item_id
            left join lateral (
              select greatest(t.sent_at, k.created_at, v.as_of, n.updated_at, (
                  select max(e.as_of) from level e where e.store_id = l.store_id and e.inventory_item_id = l.inventory_item_id), (
                  select max(greatest(u.moved_at, u.returned_at)) from channel c
                  join link o on o.channel_id = c.id and o.variant_id = l.variant_id
                  join sale_unit u on u.channel_id = o.channel_id and u.item_id = o.item_id
                  where c.store_id = l.store_id)) as moved_at
              from link k join variant v on v.store_id = k.store_id and v.id = k.variant_id join channel n on n.id = k.channel_id
              where k.channel_id = l.channel_id and k.variant_id = l.variant_id
                and $6::boolean and t.unexplained_since is null and l.target is not null and i.quantity is distinct from l.target) d on true
            left join lateral (
              select n.* from recount n where n.channel_id = t.channel_id and n.item_id = t.item_id
                and (n.status <> 'SETTLED' or n.opened_at >= $2) and n.resolution is distinct from 'VANISHED'
              order by n.opened_at desc limit 1) r on true
            where t.channel_id = $1 and ($4::text is null or t.item_id > $4)
              and (r.id is not null or t.failures > 0 or t.sent is not null or d.moved_at is not null)
            order by t.item_id limit $5
            """;

    private static final String PRICES = """
            select p.item_id, p.outcome, p.problem_code, p.problem, p.sent_at as since, c.currency,
              i.price / power(10::numeric, currency_decimals(c.currency)) as stored, l.target / power(10::numeric, currency_decimals(c.currency)) as wanted
            from till_price p
            join channel c on c.id = p.channel_id
            join item i on i.channel_id = p.channel_id and i.id = p.item_id and not i.gone
            join link_price l on l.channel_id = p.channel_id and l.item_id = p.item_id
            where p.channel_id = $1 and p.outcome <> 'CONFIRMED' and p.sent = l.target and i.price is distinct from l.target
              and p.sent_at < clock_timestamp() - $2 * interval '1 millisecond' and ($3::text is null or p.item_id > $3)
            order by p.item_id limit $4
            """;

    private static final String IN_DOUBT = """
            select exists (select from till_stock t where t.channel_id = $1 and t.unexplained_since is not null
              and not exists (select from recount r where r.channel_id = t.channel_id and r.item_id = t.item_id and r.status <> 'SETTLED'))
            """;

    private static final int BATCH = 500;

    private final DifferenceRepository differences;
    private final Pool pool;
    private final FencedTransactions transactions;
    private final ReconcileConfig config;

    TillJudge(DifferenceRepository differences, Pool pool, FencedTransactions transactions, ReconcileConfig config) {
        this.differences = differences;
        this.pool = pool;
        this.transactions = transactions;
        this.config = config;
    }

    /** Whether a quantity is there that nothing explains so far, and that may yet turn out to be explained. */
    Uni<Boolean> inDoubt(UUID channelId) {
        return pool.preparedQuery(IN_DOUBT).execute(Tuple.of(channelId)).map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** @param begunAt when the reconciliation began: recounts settled since then are told, too */
    Uni<Void> judge(Fence fence, UUID reconciliation, ConnectedChannel channel, Instant begunAt) {
        boolean byItself = channel.settings().inventorySync().onRecount() != OnRecount.REPORT;
        return pages(fence, reconciliation,
                after -> Tuple.of(channel.id(), SqlTime.of(begunAt), config.settle().toMillis(), after, BATCH,
                        channel.settings().inventorySync().enabled()),
                STOCK, row -> stock(channel.id(), row, byItself))
                .chain(() -> channel.settings().priceSync().enabled()
                        ? pages(fence, reconciliation,
                                after -> Tuple.of(channel.id(), config.settle().toMillis(), after, BATCH), PRICES,
                                row -> price(channel.id(), row))
                        : Uni.createFrom().voidItem());
    }

    private interface Parameters {
        Tuple after(String itemId);
    }

    private interface Judgement {
        /** Null where it is none. */
        Difference of(Row row);
    }

    private Uni<Void> pages(Fence fence, UUID reconciliation, Parameters parameters, String sql, Judgement judgement) {
        return Multi.createBy().repeating()
                .uni(() -> new String[1], after -> pool.preparedQuery(sql).execute(parameters.after(after[0]))
                        .map(rows -> rows.stream().toList())
                        .invoke(rows -> rows.forEach(row -> after[0] = row.getString("item_id")))
                        .call(rows -> add(fence, reconciliation, rows, judgement)))
                .whilst(rows -> rows.size() == BATCH).collect().last().replaceWithVoid();
    }

    private Uni<Void> add(Fence fence, UUID reconciliation, List<Row> rows, Judgement judgement) {
        List<Difference> found = new ArrayList<>();
        rows.forEach(row -> {
            Difference difference = judgement.of(row);
            if (difference != null) {
                found.add(difference);
            }
        });
        return found.isEmpty()
                ? Uni.createFrom().voidItem()
                : transactions.write(fence, connection -> differences.add(connection, reconciliation, found));
    }

    private static Difference stock(UUID channelId, Row row, boolean byItself) {
        BigDecimal stored = row.getBigDecimal("stored");
        BigDecimal found = row.getBigDecimal("found");
        return TillStockRule.judge(new TillStockRule.TillStock(row.getBoolean("recount"), byItself, row.getInteger("failures"),
                row.getBoolean("unconfirmed"), row.getBoolean("unwritten")))
                .map(verdict -> new Difference(channelId, "TILL_STOCK", "stock:" + row.getString("item_id"), verdict,
                        plain(stored), plain(found), stored == null || found == null ? null : found.subtract(stored), null,
                        null,
                        SqlTime.instant(row, "since")))
                .orElse(null);
    }

    private static Difference price(UUID channelId, Row row) {
        boolean refused = "REFUSED".equals(row.getString("outcome"));
        BigDecimal stored = row.getBigDecimal("stored");
        BigDecimal wanted = row.getBigDecimal("wanted");
        Verdict verdict = refused
                ? new Verdict(Origin.OUR_FAILURE, "price-refused", "The till refuses the price: " + row.getString("problem"),
                        Repair.PERSON)
                : new Verdict(Origin.OUR_FAILURE, "price-unconfirmed",
                        "A price was sent, and the till does not show it; it is sent again", Repair.UNDER_WAY);
        return new Difference(channelId, "PRICE", "price:" + row.getString("item_id"), verdict, plain(wanted), plain(stored),
                null,
                stored == null || wanted == null ? null : stored.subtract(wanted), row.getString("currency"),
                SqlTime.instant(row, "since"));
    }

    private static String plain(BigDecimal number) {
        return number == null ? null : number.stripTrailingZeros().toPlainString();
    }
}
