package dev.tillbridge.sync.reconcile;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.platform.Page;
import dev.tillbridge.platform.Replica;
import dev.tillbridge.platform.SqlTime;
import dev.tillbridge.platform.TimePosition;
import dev.tillbridge.sync.reconcile.ReconciliationDetails.Count;
import dev.tillbridge.sync.reconcile.ReconciliationDetails.Day;
import dev.tillbridge.sync.reconcile.ReconciliationDetails.Money;

/** People's side of the reconciliations: asking for one, and reading the reports. */
@ApplicationScoped
class ReconciliationLog {

    /** The replica that holds the store is told with the commit; the one that says so itself is told by the event. */
    private static final String REQUEST = """
            with asked as (
              insert into reconciliation (id, store_id, trigger, requested_by, status) values ($1, $2, 'REQUEST', $3, 'REQUESTED')
              on conflict (store_id) where status in ('REQUESTED', 'RUNNING') do nothing
              returning store_id)
            select pg_notify('tillbridge_due', store_id || ' changed ' || $4) from asked
            """;

    /** While it goes on, its rows are counted; afterwards only the first of each kind are left. */
    private static final String SELECT = """
            select r.*, coalesce(n.by_class, '{}') as differences, coalesce(n.person, 0)::bigint as person
            from reconciliation r
            cross join lateral (
              select jsonb_object_agg(class, differences) as by_class, sum(person) as person from (
                select class, sum(differences) as differences, sum(differences) filter (where repair = 'PERSON') as person from (
                  select class, repair, differences from reconciliation_count where reconciliation_id = r.id
                  union all
                  select class, repair, 1 from reconciliation_difference where reconciliation_id = r.id and r.status = 'RUNNING') a
                group by class) c) n
            """;

    private static final String PAGE = SELECT + """
            where r.store_id = $1 and ($2::timestamptz is null or (r.requested_at, r.id) < ($2, $3::uuid))
            order by r.requested_at desc, r.id desc limit $4
            """;

    private static final String COUNTS = """
            select * from reconciliation_count where reconciliation_id = $1 order by class, kind, reason, owner_id, currency
            """;

    private static final String DAYS = "select * from reconciliation_day where reconciliation_id = $1 order by day desc, channel_id, currency";

    private static final String ROWS = """
            select * from reconciliation_difference where reconciliation_id = $1 order by class, kind, owner_id, id limit $2
            """;

    private static final int MOST_ROWS = 2_000;

    private final Pool pool;
    private final Replica replica;

    ReconciliationLog(Pool pool, Replica replica) {
        this.pool = pool;
        this.replica = replica;
    }

    /** Null where one is under way. */
    Uni<UUID> request(UUID storeId, String by) {
        UUID id = UUID.randomUUID();
        return pool.preparedQuery(REQUEST).execute(Tuple.of(id, storeId, by, replica.id()))
                .map(rows -> rows.rowCount() == 1 ? id : null);
    }

    /** Newest first; {@code before} is the last row of the page before, null for the first page. */
    Uni<Page<ReconciliationView>> page(UUID storeId, TimePosition before, int limit) {
        OffsetDateTime at = before == null ? null : SqlTime.of(before.at());
        return pool.preparedQuery(PAGE).mapping(ReconciliationLog::view)
                .execute(Tuple.of(storeId, at, before == null ? null : before.id(), limit + 1))
                .map(rows -> {
                    List<ReconciliationView> found = rows.stream().toList();
                    boolean more = found.size() > limit;
                    List<ReconciliationView> shown = more ? found.subList(0, limit) : found;
                    ReconciliationView last = more ? shown.get(limit - 1) : null;
                    return new Page<>(shown, more ? new TimePosition(last.requestedAt(), last.id()).cursor() : null);
                });
    }

    /** Null where the store has no such reconciliation. */
    Uni<ReconciliationDetails> one(UUID storeId, UUID id) {
        return pool.preparedQuery(SELECT + " where r.store_id = $1 and r.id = $2").mapping(ReconciliationLog::view)
                .execute(Tuple.of(storeId, id)).chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().nullItem()
                        : details(storeId, rows.iterator().next()));
    }

    private Uni<ReconciliationDetails> details(UUID storeId, ReconciliationView view) {
        return Uni.combine().all().unis(
                pool.preparedQuery(COUNTS).mapping(row -> count(storeId, row)).execute(Tuple.of(view.id())),
                pool.preparedQuery(DAYS).mapping(ReconciliationLog::day).execute(Tuple.of(view.id())),
                pool.preparedQuery(ROWS).mapping(row -> row(storeId, row)).execute(Tuple.of(view.id(), MOST_ROWS)))
                .asTuple().map(found -> new ReconciliationDetails(view, found.getItem1().stream().toList(),
                        found.getItem2().stream().toList(), found.getItem3().stream().toList()));
    }

    private static ReconciliationView view(Row row) {
        return new ReconciliationView(row.getUUID("id"), row.getUUID("store_id"), row.getString("trigger"),
                row.getString("requested_by"), row.getString("status"), row.getString("phase"), row.getString("error"),
                row.getInteger("attempts"), SqlTime.instant(row, "requested_at"), SqlTime.instant(row, "started_at"),
                SqlTime.instant(row, "finished_at"), numbers(row.getJsonObject("compared")),
                numbers(row.getJsonObject("differences")), row.getLong("person"));
    }

    private static Map<String, Long> numbers(JsonObject json) {
        Map<String, Long> numbers = new TreeMap<>();
        json.fieldNames().forEach(name -> numbers.put(name, json.getLong(name)));
        return numbers;
    }

    private static Count count(UUID storeId, Row row) {
        BigDecimal units = row.getBigDecimal("units");
        return new Count(owner(storeId, row), row.getString("class"), row.getString("kind"), row.getString("reason"),
                row.getString("repair"), row.getLong("differences"), units.signum() == 0 ? null : plain(units),
                Money.of(row.getBigDecimal("money"), row.getString("currency")), SqlTime.instant(row, "oldest_since"));
    }

    private static Day day(Row row) {
        String currency = row.getString("currency");
        BigDecimal till = row.getBigDecimal("till_total");
        BigDecimal tillRefunded = row.getBigDecimal("till_refunded");
        BigDecimal store = row.getBigDecimal("store_total");
        BigDecimal storeRefunded = row.getBigDecimal("store_refunded");
        return new Day(row.getUUID("channel_id"), row.getLocalDate("day"), row.getInteger("sales"), Money.of(till, currency),
                Money.of(tillRefunded, currency), Money.of(store, currency), Money.of(storeRefunded, currency),
                Money.of(store.subtract(storeRefunded).subtract(till).add(tillRefunded), currency),
                Money.of(row.getBigDecimal("in_flight").negate(), currency),
                Money.of(row.getBigDecimal("told").negate(), currency));
    }

    private static ReconciliationDetails.Row row(UUID storeId, Row row) {
        return new ReconciliationDetails.Row(owner(storeId, row), row.getString("class"), row.getString("kind"),
                row.getString("subject"), row.getString("reason"), row.getString("detail"), row.getString("repair"),
                row.getString("stored"), row.getString("found"), plain(row.getBigDecimal("units")),
                Money.of(row.getBigDecimal("money"), row.getString("currency")), SqlTime.instant(row, "since"));
    }

    private static UUID owner(UUID storeId, Row row) {
        UUID owner = row.getUUID("owner_id");
        return owner.equals(storeId) ? null : owner;
    }

    private static BigDecimal plain(BigDecimal number) {
        return number == null ? null : new BigDecimal(number.stripTrailingZeros().toPlainString());
    }
}
