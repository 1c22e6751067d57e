package dev.tillbridge.stock;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.platform.SqlTime;

/** The rows of {@code till_stock}: what is known of each item's quantity, and which items are due. */
@ApplicationScoped
class StockRepository {

    /**
     * New links and first readings: whatever the till shows is where Tillbridge starts from. The last scan is not what it
     * shows now, so it is taken only where it agrees with the target; the rest is read first.
     */
    private static final String BASELINE = """
            insert into till_stock (channel_id, item_id, settled, settled_as_of, settled_at)
            select t.channel_id, t.item_id, b.settled, case when b.settled is not null then i.quantity_as_of end, i.quantity_as_of
            from link_target t join item i on i.channel_id = t.channel_id and i.id = t.item_id
            cross join lateral (select case when i.quantity = t.target then i.quantity end as settled) b
            where t.channel_id = $1 and not i.gone
              and not exists (select from till_stock s where s.channel_id = t.channel_id and s.item_id = t.item_id)
            """;

    /** Items that are no longer linked are no longer known: a later link starts anew. */
    private static final String FORGET_UNLINKED = """
                                                  delete from till_stock s where s.channel_id = $1
                                                    and not exists (select from link l where l.channel_id = s.channel_id and l.item_id = s.item_id)
                                                  """;

    /**
     * Most dangerous first: the till shows more than it may sell, of these the sold out ones first; then the rest. In
     * doubt, only a fall or a change is work; the time for looking again is {@code retry_at}. Under a recount, so is a sale
     * or refund found after the last look, for it may explain what the till shows; a minute's, because one may be stored under an
     * earlier time than that of its commit.
     */
    private static final String DUE = """
                                      select t.variant_id, t.item_id, t.inventory_item_id, t.target, t.gone, t.tracked,
                                        coalesce(t.store_available, 0) as store_available, t.safety_stock, t.unposted,
                                        s.settled, coalesce(s.settled_as_of, s.settled_at) as settled_as_of, s.settled_at, s.sent, s.sent_at,
                                        s.unexplained, s.unexplained_since, coalesce(s.failures, 0) as failures,
                                        r.id as recount_id, r.status as recount_status, r.resolution
                                      from link_target t
                                      join item i on i.channel_id = t.channel_id and i.id = t.item_id and not i.gone
                                      join till_stock s on s.channel_id = t.channel_id and s.item_id = t.item_id
                                      left join recount r on r.channel_id = t.channel_id and r.item_id = t.item_id and r.status <> 'SETTLED'
                                      where t.channel_id = $1 and (s.retry_at is null or s.retry_at <= clock_timestamp())
                                        and not (coalesce(r.status = 'SETTLING' and r.resolution = 'ADOPT', false) and exists (
                                          select from stock_adjustment a where a.purpose = 'recount' and a.reference = r.id::text and a.status in ('READY', 'SENT')))
                                        and (r.status = 'SETTLING' and r.resolution = 'OVERWRITE'
                                          or t.target is not null and (
                                            s.sent is not null or s.settled is null
                                            or s.unexplained_since is null
                                              and (i.quantity is distinct from t.target or i.quantity is distinct from s.settled)
                                            or s.unexplained_since is not null
                                              and (r.id is null or i.quantity is distinct from s.unexplained or t.target < s.settled and i.quantity > 0
                                                or exists (select from sale_unit u where u.channel_id = t.channel_id and u.item_id = t.item_id
                                                  and u.moved_at > s.settled_at - interval '1 minute')
                                                or exists (select from sale_unit u where u.channel_id = t.channel_id and u.item_id = t.item_id
                                                  and u.returned_at > s.settled_at - interval '1 minute'))))
                                      order by case when i.quantity > t.target then (case when t.target = 0 then 0 else 1 end) else 2 end, t.item_id
                                      limit $2
                                      """;

    private static final String DUE_COUNT = "select count(*) from (" + DUE.substring(0, DUE.indexOf("order by case")) + ") due";

    private static final String TARGETS = """
                                          select t.item_id, t.target, t.gone, t.tracked, coalesce(t.store_available, 0) as store_available, t.safety_stock,
                                            t.unposted
                                          from link_target t where t.channel_id = $1 and t.item_id = any ($2::text[])
                                          """;

    /** The time of the last quantity sent is kept when it is confirmed: what was sold before it may have been undone by it. */
    private static final String SAVE = """
                                       insert into till_stock as s (channel_id, item_id, settled, settled_as_of, settled_at, sent, sent_at, unexplained,
                                         unexplained_since, failures, retry_at)
                                       select $1, k.item_id, k.settled::numeric, k.settled_as_of, k.seen_at, k.sent::numeric,
                                         case when k.sent is null then null else clock_timestamp() end, k.unexplained::numeric, k.since, k.failures,
                                         case when k.rest_ms = 0 then null else clock_timestamp() + k.rest_ms * interval '1 millisecond' end
                                       from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[],
                                           $9::int[], $10::bigint[])
                                         as k (item_id, settled, sent, unexplained, since, settled_as_of, seen_at, failures, rest_ms)
                                       on conflict (channel_id, item_id) do update set settled = excluded.settled,
                                         settled_as_of = excluded.settled_as_of, settled_at = excluded.settled_at,
                                         sent = excluded.sent, sent_at = coalesce(excluded.sent_at, s.sent_at), unexplained = excluded.unexplained,
                                         unexplained_since = excluded.unexplained_since, failures = excluded.failures, retry_at = excluded.retry_at
                                       """;

    /**
     * What is known of an item, as it is to be stored.
     *
     * @param seenAt the database's time before the last reading or confirmed write
     * @param rest how long it rests before it is due again
     */
    record State(String itemId, KnownStock known, Instant seenAt, int failures, Duration rest) {}

    private final Pool pool;

    StockRepository(Pool pool) {
        this.pool = pool;
    }

    Uni<Integer> baseline(SqlClient connection, UUID channelId) {
        return connection.preparedQuery(FORGET_UNLINKED).execute(Tuple.of(channelId))
                .chain(() -> connection.preparedQuery(BASELINE).execute(Tuple.of(channelId)))
                .map(rows -> rows.rowCount());
    }

    Uni<Boolean> knowsAnything(UUID channelId) {
        return pool.preparedQuery("select exists (select from till_stock where channel_id = $1)")
                .execute(Tuple.of(channelId)).map(rows -> rows.iterator().next().getBoolean(0));
    }

    Uni<Void> forget(SqlClient connection, UUID channelId) {
        return connection.preparedQuery("delete from till_stock where channel_id = $1").execute(Tuple.of(channelId))
                .replaceWithVoid();
    }

    Uni<List<DueItem>> due(UUID channelId, int limit) {
        return pool.preparedQuery(DUE).execute(Tuple.of(channelId, limit)).map(rows -> {
            List<DueItem> due = new ArrayList<>(rows.size());
            rows.forEach(row -> due.add(dueItem(row)));
            return due;
        });
    }

    /** How many items are due now. */
    Uni<Long> dueCount(UUID channelId) {
        return pool.preparedQuery(DUE_COUNT).execute(Tuple.of(channelId)).map(rows -> rows.iterator().next().getLong(0));
    }

    /** The same items with what they should show now; those no longer linked are left out. */
    Uni<List<DueItem>> retargeted(UUID channelId, List<DueItem> due) {
        Map<String, DueItem> byItem = due.stream().collect(Collectors.toMap(DueItem::itemId, Function.identity()));
        return rows(channelId, byItem.keySet()).map(rows -> {
            Map<String, Row> now = new HashMap<>();
            rows.forEach(row -> now.put(row.getString("item_id"), row));
            return due.stream().filter(item -> now.containsKey(item.itemId()))
                    .map(item -> item.with(tidy(now.get(item.itemId()).getBigDecimal("target")), basis(now.get(item.itemId()))))
                    .toList();
        });
    }

    /** What these items should show now; null where they are to be left alone, missing where they are no longer linked. */
    Uni<Map<String, BigDecimal>> targets(UUID channelId, Collection<String> itemIds) {
        return rows(channelId, itemIds).map(rows -> {
            Map<String, BigDecimal> targets = new HashMap<>();
            rows.forEach(row -> targets.put(row.getString("item_id"), row.getBigDecimal("target")));
            return targets;
        });
    }

    private Uni<RowSet<Row>> rows(UUID channelId, Collection<String> itemIds) {
        return pool.preparedQuery(TARGETS).execute(Tuple.of(channelId, itemIds.toArray(String[]::new)));
    }

    Uni<Void> save(SqlClient connection, UUID channelId, List<State> states) {
        if (states.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return connection.preparedQuery(SAVE).execute(Tuple.of(channelId)
                .addArrayOfString(texts(states, State::itemId))
                .addArrayOfString(texts(states, s -> plain(s.known().settled())))
                .addArrayOfString(texts(states, s -> plain(s.known().sent())))
                .addArrayOfString(texts(states, s -> plain(s.known().unexplained())))
                .addArrayOfOffsetDateTime(times(states, s -> s.known().unexplainedSince()))
                .addArrayOfOffsetDateTime(times(states, s -> s.known().settledAsOf()))
                .addArrayOfOffsetDateTime(times(states, State::seenAt))
                .addArrayOfInteger(states.stream().map(State::failures).toArray(Integer[]::new))
                .addArrayOfLong(states.stream().map(s -> s.rest().toMillis()).toArray(Long[]::new)))
                .replaceWithVoid();
    }

    static String plain(BigDecimal value) {
        return value == null ? null : value.stripTrailingZeros().toPlainString();
    }

    /** 50 and not 50.000: the column's three decimals are those of the finest unit. */
    static BigDecimal tidy(BigDecimal value) {
        return value == null ? null : new BigDecimal(plain(value));
    }

    private static OffsetDateTime[] times(List<State> states, Function<State, Instant> field) {
        return states.stream().map(field).map(SqlTime::of)
                .toArray(OffsetDateTime[]::new);
    }

    private static DueItem.Basis basis(Row row) {
        return new DueItem.Basis(row.getBoolean("gone"), row.getBoolean("tracked"), row.getLong("store_available"),
                row.getLong("safety_stock"), row.getBigDecimal("unposted"));
    }

    private static String[] texts(List<State> states, Function<State, String> field) {
        return states.stream().map(field).toArray(String[]::new);
    }

    private static DueItem dueItem(Row row) {
        UUID recount = row.getUUID("recount_id");
        return new DueItem(row.getString("variant_id"), row.getString("item_id"), row.getString("inventory_item_id"),
                tidy(row.getBigDecimal("target")), basis(row),
                new KnownStock(row.getBigDecimal("settled"), SqlTime.instant(row, "settled_as_of"),
                        row.getBigDecimal("sent"), row.getBigDecimal("unexplained"),
                        SqlTime.instant(row, "unexplained_since"), recount != null),
                new DueItem.Seen(SqlTime.instant(row, "settled_at"), SqlTime.instant(row, "sent_at")),
                row.getInteger("failures"),
                recount == null
                        ? null
                        : new DueItem.Recount(recount, row.getString("recount_status"), row.getString("resolution")));
    }
}
