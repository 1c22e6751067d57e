package dev.tillbridge.order;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.platform.SqlTime;

/** The rows of sales. What changes one is given the connection of its transaction. */
@ApplicationScoped
class SaleRepository {

    private static final String GET = "select *, clock_timestamp() as now from sale where id = $1";

    /** Sales that touch stock first: what they lower must not be sold twice. */
    private static final String TO_READ = """
            select id, pos_order_id, look_at from sale
            where channel_id = $1 and look_at <= clock_timestamp() and (pos_created_at < $2) = $3
            order by pos_created_at desc, id limit $4
            """;

    private static final String READ = """
            update sale set status = $2, reason_code = $3, reason = $4,
              document = case when redacted_at is null then $5::jsonb else sale_without_person($5::jsonb) end, content_hash = $6, currency = $7, total = $8,
              unread = false, missing_since = null, read_failures = 0, paid = paid or $9, pos_created_at = $10, pos_modified_at = $11, read_at = clock_timestamp(),
              changed_at = case when content_hash is distinct from $6 then clock_timestamp() else changed_at end,
              look_at = case when $12::bigint is null then null else clock_timestamp() + $12 * interval '1 millisecond' end,
              looks = case when content_hash is distinct from $6 then 0 else looks + 1 end,
              act_at = case when $13::bigint is null then act_at else clock_timestamp() + $13 * interval '1 millisecond' end,
              attempts = case when content_hash is distinct from $6 then 0 else attempts end,
              posting_location_id = case when $14::text is null or exists (select from sale_unit u where u.sale_id = $1 and u.taken <> 0)
                or exists (select from stock_adjustment a where a.sale_id = $1 and a.status in ('READY', 'SENT', 'HELD'))
                then posting_location_id else $14 end, posts_stock = case when read_at is null then $15 else posts_stock end,
              restock = $16, version = version + 1
            where id = $1
            """;

    /** Told of, or read in vain, since it was read; or to be looked at now, for it may have changed. */
    private static final String ANY_UNREAD = """
            select exists (select from sale
              where channel_id = $1 and pos_created_at >= $2 and not dismissed and (unread or look_at <= clock_timestamp())) as any
            """;

    private static final String ABSENT = """
            update sale set unread = false, read_failures = 0, looks = looks + 1,
              look_at = case when changed_at > clock_timestamp() - $3::bigint * interval '1 millisecond'
                then clock_timestamp() + $2::bigint * interval '1 millisecond' end
            where id = $1
            """;

    private static final String MISSING = """
            update sale set missing_since = coalesce(missing_since, clock_timestamp()),
              look_at = clock_timestamp() + $2 * interval '1 millisecond'
            where id = $1
            """;

    private static final String READ_FAILED = """
            update sale set read_failures = read_failures + 1, unread = not ($2 or read_failures + 1 >= $3) where id = $1
            returning read_failures, unread
            """;

    private static final String READ_AGAIN = """
            update sale set look_at = case when unread or changed_at > clock_timestamp() - $3::bigint * interval '1 millisecond'
              then clock_timestamp() + $2::bigint * interval '1 millisecond' end
            where id = $1
            """;

    private static final String STANDS = """
            update sale set status = $2, reason_code = $3, reason = $4, version = version + 1,
              act_at = case when $5::bigint is null then null else clock_timestamp() + $5 * interval '1 millisecond' end
            where id = $1
            """;

    /** A fresh sale does not wait behind history; of the same kind the older one goes first, as its number should. */
    private static final String DUE = """
            select id from sale
            where channel_id = $1 and act_at <= clock_timestamp() and (status = 'CREATING' or not $2 and status in ('READY', 'FAILED', 'IMPORTED', 'HELD'))
            order by (pos_created_at < clock_timestamp() - interval '1 day'), pos_created_at, id limit $3
            """;

    private static final String NEXT_DUE = """
            select (extract(epoch from min(act_at) - clock_timestamp()) * 1000)::bigint as left from sale
            where channel_id = $1 and act_at is not null and (status = 'CREATING' or not $2 and status in ('READY', 'FAILED', 'IMPORTED', 'HELD'))
            """;

    /** Held for items that have a link by now; lines taken off the sale need none. */
    private static final String RELEASABLE = """
            select s.id from sale s
            where s.channel_id = $1 and s.status = 'HELD' and s.reason_code = 'unlinked-lines'
              and not exists (select from sale_unit u where u.sale_id = s.id and not u.gone
                and not exists (select from link l join variant v on v.store_id = l.store_id and v.id = l.variant_id and not v.gone
                  where l.channel_id = s.channel_id and l.item_id = u.item_id))
            """;

    private static final String RELEASE = """
            update sale set status = 'READY', reason_code = null, reason = null, act_at = clock_timestamp(), attempts = 0
            where id = $1 and status = 'HELD' and reason_code = 'unlinked-lines'
            """;

    private final Pool pool;

    SaleRepository(Pool pool) {
        this.pool = pool;
    }

    /**
     * What is read of a sale, by its two ids.
     *
     * @param lookAt when it was due; news that come meanwhile set another time
     */
    record ToRead(UUID id, String posOrderId, Instant lookAt) {}

    Uni<SaleRow> get(SqlClient client, UUID id) {
        return one(client, GET, id);
    }

    /** Keeps others from changing the row until the transaction ends. */
    Uni<SaleRow> lock(SqlClient connection, UUID id) {
        return one(connection, GET + " for update", id);
    }

    Uni<SaleRow> get(UUID id) {
        return get(pool, id);
    }

    /** @param history whether those made before {@code stockFrom} are wanted, or the others */
    Uni<List<ToRead>> toRead(UUID channelId, Instant stockFrom, boolean history, int limit) {
        return pool.preparedQuery(TO_READ).mapping(SaleRepository::toRead)
                .execute(Tuple.of(channelId, SqlTime.of(stockFrom), history, limit)).map(rows -> rows.stream().toList());
    }

    private static ToRead toRead(Row row) {
        return new ToRead(row.getUUID("id"), row.getString("pos_order_id"), SqlTime.instant(row, "look_at"));
    }

    /** Whether a sale made since {@code stockFrom} waits to be read, for the first time or again. */
    Uni<Boolean> anyUnread(UUID channelId, Instant stockFrom) {
        return pool.preparedQuery(ANY_UNREAD).execute(Tuple.of(channelId, SqlTime.of(stockFrom)))
                .map(rows -> rows.iterator().next().getBoolean("any"));
    }

    Uni<Void> read(SqlClient connection, UUID id, SaleJudge.Verdict verdict, Sale sale, String hash, Placement placement) {
        return connection.preparedQuery(READ)
                .execute(Tuple.of(id, verdict.status().name(), verdict.reasonCode(), verdict.reason())
                        .addJsonObject(SaleJson.object(sale)).addString(hash).addString(sale.currency()).addLong(sale.total())
                        .addBoolean(PaidRule.paid(sale)).addOffsetDateTime(SqlTime.of(sale.createdAt()))
                        .addOffsetDateTime(SqlTime.of(sale.modifiedAt()))
                        .addLong(millis(verdict.lookIn())).addLong(millis(verdict.actIn())).addString(placement.locationId())
                        .addBoolean(placement.postsStock())
                        .addString(placement.restock() == null ? null : placement.restock().name()))
                .replaceWithVoid();
    }

    /**
     * @param locationId where its units are taken from, unless some were already
     * @param postsStock whether it touches the store's stock at all
     * @param restock the rule by which its goods come back; null as long as nothing was given back
     */
    record Placement(String locationId, boolean postsStock, Restock restock) {}

    /**
     * The till has no such sale.
     *
     * @param lookIn when it is looked for again, until it has been so for {@code abandonedAfter}
     */
    Uni<Void> absent(SqlClient connection, UUID id, Duration lookIn, Duration abandonedAfter) {
        return connection.preparedQuery(ABSENT).execute(Tuple.of(id, lookIn.toMillis(), abandonedAfter.toMillis()))
                .replaceWithVoid();
    }

    /** How often in a row a sale could not be read; {@code unread}: whether it is still expected to be. */
    record ReadFailures(int inARow, boolean unread) {}

    /** @param forGood whether the till's answer will be the same until the sale changes; else that takes {@code attempts} */
    Uni<ReadFailures> readFailed(SqlClient connection, UUID id, boolean forGood, int attempts) {
        return connection.preparedQuery(READ_FAILED)
                .mapping(row -> new ReadFailures(row.getInteger("read_failures"), row.getBoolean("unread")))
                .execute(Tuple.of(id, forGood, attempts)).map(rows -> rows.iterator().next());
    }

    /** @param abandonedAfter how long one that a person was told of is tried again without having changed */
    Uni<Void> readAgain(SqlClient connection, UUID id, Duration in, Duration abandonedAfter) {
        return connection.preparedQuery(READ_AGAIN).execute(Tuple.of(id, in.toMillis(), abandonedAfter.toMillis()))
                .replaceWithVoid();
    }

    /** The till does not show it: it is asked once more before that is believed. */
    Uni<Void> missing(SqlClient connection, UUID id, Duration lookIn) {
        return connection.preparedQuery(MISSING).execute(Tuple.of(id, lookIn.toMillis())).replaceWithVoid();
    }

    /** It is read again at once. */
    Uni<Void> readNow(SqlClient connection, UUID id) {
        return connection.preparedQuery("update sale set look_at = clock_timestamp() where id = $1").execute(Tuple.of(id))
                .replaceWithVoid();
    }

    /**
     * News that came while the sale was being read may be younger than what was read: it is read once more.
     *
     * @param row as it was before what was read was stored
     */
    Uni<Void> newsSince(SqlClient connection, ToRead due, SaleRow row) {
        return row.lookAt() == null || row.lookAt().equals(due.lookAt())
                ? Uni.createFrom().voidItem()
                : connection.preparedQuery("update sale set look_at = $2, unread = unread or $3 where id = $1")
                        .execute(Tuple.of(row.id(), SqlTime.of(row.lookAt()), row.unread())).replaceWithVoid();
    }

    /** @param actIn when it is worked on again; null: when something changes */
    Uni<Void> stands(SqlClient connection, UUID id, SaleStatus status, String code, String reason, Duration actIn) {
        return connection.preparedQuery(STANDS).execute(Tuple.of(id, status.name(), code, reason).addLong(millis(actIn)))
                .replaceWithVoid();
    }

    /** @param onlyUnderWay whether those alone are wanted whose order was asked for */
    Uni<List<UUID>> due(UUID channelId, boolean onlyUnderWay, int limit) {
        return pool.preparedQuery(DUE).mapping(row -> row.getUUID("id")).execute(Tuple.of(channelId, onlyUnderWay, limit))
                .map(rows -> rows.stream().toList());
    }

    /** How long until the next sale is due, but a second at least: one that could not be worked on must not make a busy loop; null where there is none. */
    Uni<Duration> nextDue(UUID channelId, boolean onlyUnderWay) {
        return pool.preparedQuery(NEXT_DUE).execute(Tuple.of(channelId, onlyUnderWay)).map(rows -> {
            Long left = rows.iterator().next().getLong("left");
            return left == null ? null : Duration.ofMillis(Math.max(1_000, left));
        });
    }

    /** Sales that are held for lack of links and lack none any more. */
    Uni<List<UUID>> releasable(UUID channelId) {
        return pool.preparedQuery(RELEASABLE).mapping(row -> row.getUUID("id")).execute(Tuple.of(channelId))
                .map(rows -> rows.stream().toList());
    }

    /** Answers whether it was held for lack of links. */
    Uni<Boolean> release(SqlClient connection, UUID id) {
        return connection.preparedQuery(RELEASE).execute(Tuple.of(id)).map(rows -> rows.rowCount() == 1);
    }

    private static Long millis(Duration duration) {
        return duration == null ? null : Long.valueOf(duration.toMillis());
    }

    private static Uni<SaleRow> one(SqlClient client, String sql, UUID id) {
        return client.preparedQuery(sql).execute(Tuple.of(id))
                .map(rows -> rows.rowCount() == 0 ? null : SaleRow.of(rows.iterator().next()));
    }
}
