package dev.tillbridge.stock;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** The rows of {@code till_stock}: what is known of each item's quantity, and which items are due. */
@ApplicationScoped
class StockRepository {

    /**
     * New links and first readings: whatever the till shows is where Tillbridge starts from. The last scan is not what it
     * shows now, so it is taken only where it agrees with the target; the rest is read first.
     */
    private static final String BASELINE = """
            insert into till_stock (channel_id, item_id, settled, settled_at)
            select t.channel_id, t.item_id, case when i.quantity = t.target then i.quantity end, clock_timestamp()
            from link_target t join item i on i.channel_id = t.channel_id and i.id = t.item_id
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
     * doubt, only a fall or a change is work; the time for looking again is {@code retry_at}.
     */
    private static final String DUE = """
                                      select t.variant_id, t.item_id, t.inventory_item_id, t.target, t.gone, t.tracked,
                                        coalesce(t.store_available, 0) as store_available, t.safety_stock, t.unposted,
                                        s.settled, s.sent, s.unexplained, s.unexplained_since, coalesce(s.failures, 0) as failures,
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
                                              and (r.id is null or i.quantity is distinct from s.unexplained or t.target < s.settled and i.quantity > 0)))
                                      order by case when i.quantity > t.target then (case when t.target = 0 then 0 else 1 end) else 2 end, t.item_id
                                      limit $2
                                      """;

    private static final String SAVE = """
                                       insert into till_stock as s (channel_id, item_id, settled, settled_at, sent, sent_at, unexplained, unexplained_since,
                                         failures, retry_at)
                                       select $1, k.item_id, k.settled::numeric, clock_timestamp(), k.sent::numeric,
                                         case when k.sent is null then null else clock_timestamp() end, k.unexplained::numeric, k.since, k.failures,
                                         case when k.rest_ms = 0 then null else clock_timestamp() + k.rest_ms * interval '1 millisecond' end
                                       from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::int[], $8::bigint[])
                                         as k (item_id, settled, sent, unexplained, since, failures, rest_ms)
                                       on conflict (channel_id, item_id) do update set settled = excluded.settled, settled_at = excluded.settled_at,
                                         sent = excluded.sent, sent_at = excluded.sent_at, unexplained = excluded.unexplained,
                                         unexplained_since = excluded.unexplained_since, failures = excluded.failures, retry_at = excluded.retry_at
                                       """;

    /** What is known of an item, as it is to be stored. {@code rest}: how long it rests before it is due again. */
    record State(String itemId, KnownStock known, int failures, Duration rest) {}

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

    Uni<Void> save(SqlClient connection, UUID channelId, List<State> states) {
        if (states.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return connection.preparedQuery(SAVE).execute(Tuple.of(channelId)
                .addArrayOfString(texts(states, State::itemId))
                .addArrayOfString(texts(states, s -> plain(s.known().settled())))
                .addArrayOfString(texts(states, s -> plain(s.known().sent())))
                .addArrayOfString(texts(states, s -> plain(s.known().unexplained())))
                .addArrayOfOffsetDateTime(states.stream().map(s -> s.known().unexplainedSince())
                        .map(since -> since == null ? null : since.atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new))
                .addArrayOfInteger(states.stream().map(State::failures).toArray(Integer[]::new))
                .addArrayOfLong(states.stream().map(s -> s.rest().toMillis()).toArray(Long[]::new)))
                .replaceWithVoid();
    }

    static String plain(BigDecimal value) {
        return value == null ? null : value.stripTrailingZeros().toPlainString();
    }

    private static String[] texts(List<State> states, Function<State, String> field) {
        return states.stream().map(field).toArray(String[]::new);
    }

    private static DueItem dueItem(Row row) {
        OffsetDateTime since = row.getOffsetDateTime("unexplained_since");
        UUID recount = row.getUUID("recount_id");
        return new DueItem(row.getString("variant_id"), row.getString("item_id"), row.getString("inventory_item_id"),
                row.getLong("target"),
                new DueItem.Basis(row.getBoolean("gone"), row.getBoolean("tracked"), row.getLong("store_available"),
                        row.getLong("safety_stock"), row.getLong("unposted")),
                new KnownStock(row.getBigDecimal("settled"), row.getBigDecimal("sent"), row.getBigDecimal("unexplained"),
                        since == null ? null : since.toInstant(), recount != null),
                row.getInteger("failures"),
                recount == null
                        ? null
                        : new DueItem.Recount(recount, row.getString("recount_status"), row.getString("resolution")));
    }
}
