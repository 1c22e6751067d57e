package dev.tillbridge.stock;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.platform.SqlTime;

/** What the sales found say of how far they moved items on their till. */
@ApplicationScoped
class SoldUnitsRepository {

    private static final Logger LOG = Logger.getLogger(SoldUnitsRepository.class);

    /**
     * $1 channel, $2 item ids, $3 since when each is explained, $4 since when nothing was sent to it, $5 when its reading was
     * asked for, $6 the clocks' skew in milliseconds. Each branch goes by an index of its own; an item without sales costs
     * three look-ups.
     *
     * <p>A sale begun before the explained quantity may be in it already, however late it was paid for: a till may lower its
     * stock when a sale is opened. Test orders move nothing. That they were skipped is not enough to leave out other
     * sales: the till's stock moves whatever becomes of them in the store.
     */
    private static final String SOLD = """
            select d.item_id, c.sales_lower_stock,
              coalesce(sum(u.sold) filter (where u.moved), 0) as moved,
              coalesce(sum(u.sold) filter (where u.moved and not u.unpaid and u.moved_at <= d.read_at and s.seen_at > d.untouched
                and least(s.pos_created_at, u.paid_at) > d.untouched + k.skew and u.paid_at < d.read_at - k.skew), 0) as paid,
              coalesce(sum(u.returned) filter (where u.returned_at > d.since), 0) as returned
            from (select $6::bigint * interval '1 millisecond' as skew) k
            join channel c on c.id = $1
            cross join unnest($2::text[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[]) as d (item_id, since, untouched, read_at)
            cross join lateral (
              select m.sale_id, m.sold, m.returned, m.unpaid, m.moved_at, m.paid_at, m.returned_at, true as moved
              from sale_unit m where m.channel_id = $1 and m.item_id = d.item_id and m.moved_at > d.since
              union all
              select m.sale_id, m.sold, m.returned, m.unpaid, m.moved_at, m.paid_at, m.returned_at, true
              from sale_unit m where m.channel_id = $1 and m.item_id = d.item_id and m.unpaid and m.moved_at <= d.since
              union all
              select m.sale_id, m.sold, m.returned, m.unpaid, m.moved_at, m.paid_at, m.returned_at, false
              from sale_unit m where m.channel_id = $1 and m.item_id = d.item_id and m.returned_at > d.since
                and not m.unpaid and m.moved_at <= d.since
            ) u
            join sale s on s.id = u.sale_id and not (s.status = 'SKIPPED' and coalesce((s.document ->> 'test')::boolean, false))
            group by d.item_id, c.sales_lower_stock
            """;

    private static final String LEARNED = """
            update channel set sales_lower_stock = $2 where id = $1 and sales_lower_stock is distinct from $2
            """;

    /** @param lowers whether sales were seen to lower the till's stock; null where that is not known */
    record Sold(Map<String, SoldSince> byItem, Boolean lowers) {

        SoldSince of(String itemId) {
            return byItem.getOrDefault(itemId, SoldSince.NONE);
        }
    }

    private final Pool pool;

    SoldUnitsRepository(Pool pool) {
        this.pool = pool;
    }

    /** @param readAt when each item's reading was asked for; items without one, or never explained, are left out */
    Uni<Sold> sold(UUID channelId, List<DueItem> due, Map<String, Instant> readAt, Duration skew) {
        List<DueItem> asked = due.stream()
                .filter(item -> item.known().settledAsOf() != null && readAt.containsKey(item.itemId())).toList();
        if (asked.isEmpty()) {
            return Uni.createFrom().item(new Sold(Map.of(), null));
        }
        return pool.preparedQuery(SOLD).execute(Tuple.of(channelId)
                .addArrayOfString(asked.stream().map(DueItem::itemId).toArray(String[]::new))
                .addArrayOfOffsetDateTime(times(asked.stream().map(item -> item.known().settledAsOf()).toList()))
                .addArrayOfOffsetDateTime(times(asked.stream().map(DueItem::untouchedSince).toList()))
                .addArrayOfOffsetDateTime(times(asked.stream().map(item -> readAt.get(item.itemId())).toList()))
                .addLong(skew.toMillis())).map(rows -> {
                    Map<String, SoldSince> byItem = new HashMap<>();
                    Boolean lowers = null;
                    for (Row row : rows) {
                        lowers = row.getBoolean("sales_lower_stock");
                        byItem.put(row.getString("item_id"), new SoldSince(row.getBigDecimal("moved"),
                                row.getBigDecimal("paid"), row.getBigDecimal("returned")));
                    }
                    return new Sold(byItem, lowers);
                });
    }

    /** Writes down what the till's readings showed; does nothing where it is known. */
    Uni<Void> learned(SqlClient connection, UUID channelId, boolean lowers) {
        return connection.preparedQuery(LEARNED).execute(Tuple.of(channelId, lowers)).invoke(rows -> {
            if (rows.rowCount() > 0) {
                LOG.infof("Channel %s: the till's readings show that sales %s its stock by themselves", channelId,
                        lowers ? "lower" : "do not lower");
            }
        }).replaceWithVoid();
    }

    private static OffsetDateTime[] times(List<Instant> instants) {
        return instants.stream().map(SqlTime::of).toArray(OffsetDateTime[]::new);
    }
}
