package dev.tillbridge.stock;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.ChannelSettings;
import dev.tillbridge.platform.SqlTime;

/** The recounts: quantities that a person changed on the till, as far as Tillbridge can tell. */
@ApplicationScoped
class RecountRepository {

    private static final String OPEN = """
            insert into recount (id, channel_id, store_id, item_id, variant_id, expected, counted, status, resolution, settled_by)
            select gen_random_uuid(), $1, $2, $3, $4, $5::text::numeric, $6::text::numeric, $7, $8, $9
            on conflict (channel_id, item_id) where status <> 'SETTLED' do nothing
            """;

    private static final String SETTLE = """
            update recount set status = 'SETTLED', settled_at = clock_timestamp(), resolution = coalesce($2, resolution),
              settled_by = coalesce(settled_by, $3)
            where id = $1 and status <> 'SETTLED'
            """;

    private static final String CANCEL_ALL = """
            update recount set status = 'SETTLED', settled_at = clock_timestamp(), resolution = 'VANISHED', settled_by = 'tillbridge'
            where channel_id = $1 and status <> 'SETTLED' and not exists (select from stock_adjustment a
              where a.purpose = 'recount' and a.reference = recount.id::text and a.status in ('READY', 'SENT'))
            """;

    /**
     * Units sold meanwhile go to the store as sales, so they are no part of the difference. Where one was found after the last
     * look at the till, that comes first.
     */
    private static final String TO_ADOPT = """
            select r.id, r.channel_id, r.item_id, r.variant_id, r.settled_by, v.inventory_item_id, s.settled - d.sold as expected,
              s.unexplained as counted, s.settled_at as seen_at
            from recount r join variant v on v.store_id = r.store_id and v.id = r.variant_id
            join channel c on c.id = r.channel_id
            left join till_stock s on s.channel_id = r.channel_id and s.item_id = r.item_id
            cross join lateral (
              select coalesce(sum(u.sold), 0) as sold
              from sale_unit u
              join sale e on e.id = u.sale_id and not (e.status = 'SKIPPED' and coalesce((e.document ->> 'test')::boolean, false))
              where c.update_stock and c.sales_lower_stock is not false and u.channel_id = r.channel_id and u.item_id = r.item_id
                and u.moved_at > coalesce(s.settled_as_of, s.settled_at) and u.moved_at <= s.settled_at and not u.unpaid
            ) d
            where r.channel_id = $1 and r.status = 'SETTLING' and r.resolution = 'ADOPT'
              and (exists (select from stock_adjustment a where a.purpose = 'recount' and a.reference = r.id::text
                  and a.status in ('READY', 'SENT'))
                or not $2::boolean and s.sent is null and not exists (select from sale_unit u
                  where u.channel_id = r.channel_id and u.item_id = r.item_id and u.moved_at > s.settled_at))
            order by r.opened_at
            """;

    /**
     * A recount whose difference is to go to the store.
     *
     * @param expected less what was sold since; null where nothing is in doubt any more, like {@code counted}
     * @param seenAt the database's time before the till was seen with {@code counted}, or left with it; null where the item is not known
     */
    record ToAdopt(UUID id, String itemId, String variantId, String inventoryItemId, BigDecimal expected, BigDecimal counted,
            Instant seenAt, String settledBy) {}

    private final Pool pool;

    RecountRepository(Pool pool) {
        this.pool = pool;
    }

    /** Opens a recount: waiting for a person, or at once settling by the channel's setting. */
    Uni<Void> open(SqlClient connection, UUID channelId, UUID storeId, DueItem item, BigDecimal expected, BigDecimal counted,
            ChannelSettings.OnRecount onRecount) {
        boolean waits = onRecount == ChannelSettings.OnRecount.REPORT;
        return connection.preparedQuery(OPEN).execute(Tuple.of(channelId, storeId, item.itemId(), item.variantId())
                .addString(StockRepository.plain(expected)).addString(StockRepository.plain(counted))
                .addString(waits ? "OPEN" : "SETTLING").addString(waits ? null : onRecount.name())
                .addString(waits ? null : "setting onRecount")).replaceWithVoid();
    }

    Uni<Void> settle(SqlClient connection, UUID recountId, String resolution, String by) {
        return connection.preparedQuery(SETTLE).execute(Tuple.of(recountId, resolution, by)).replaceWithVoid();
    }

    /** The store refused: a person has to decide again. */
    Uni<Void> reopen(SqlClient connection, UUID recountId) {
        return connection.preparedQuery("""
                update recount set status = 'OPEN', resolution = null, settled_by = null where id = $1 and status = 'SETTLING'
                """).execute(Tuple.of(recountId)).replaceWithVoid();
    }

    Uni<Void> cancelAll(SqlClient connection, UUID channelId) {
        return connection.preparedQuery(CANCEL_ALL).execute(Tuple.of(channelId)).replaceWithVoid();
    }

    /**
     * Those whose adjustment is under way, and, unless only these are wanted, those whose figures are known: a lowering of
     * unknown outcome has to be read first.
     */
    Uni<List<ToAdopt>> toAdopt(UUID channelId, boolean onlyUnderWay) {
        return pool.preparedQuery(TO_ADOPT).mapping(row -> new ToAdopt(row.getUUID("id"), row.getString("item_id"),
                row.getString("variant_id"), row.getString("inventory_item_id"), row.getBigDecimal("expected"),
                row.getBigDecimal("counted"), SqlTime.instant(row, "seen_at"),
                row.getString("settled_by")))
                .execute(Tuple.of(channelId, onlyUnderWay)).map(rows -> rows.stream().toList());
    }
}
