package dev.tillbridge.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.platform.SqlTime;

/** The units of sales, by item. */
final class UnitTable {

    private static final String STORE = """
            insert into sale_unit as u (sale_id, channel_id, item_id, name, sold, returned, wanted, reserved, reserved_until, unpaid, paid_at,
              returned_at)
            select $1, $2, k.item_id, k.name, k.sold::numeric, k.returned::numeric, k.wanted::numeric, k.reserved::numeric, $8::timestamptz,
              $9, $10, case when k.returned::numeric <> 0 then clock_timestamp() end
            from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $11::text[]) as k (item_id, name, sold, returned, wanted, reserved)
            on conflict (sale_id, item_id) do update set channel_id = excluded.channel_id, name = excluded.name, sold = excluded.sold,
              returned = excluded.returned, wanted = excluded.wanted, reserved = excluded.reserved,
              reserved_until = excluded.reserved_until, unpaid = excluded.unpaid, paid_at = excluded.paid_at, gone = false,
              moved_at = case when (u.sold, u.unpaid) is distinct from (excluded.sold, excluded.unpaid) then clock_timestamp() else u.moved_at end,
              returned_at = case when u.returned is distinct from excluded.returned then clock_timestamp() else u.returned_at end
            """;

    /** Lines that were taken off the sale came back: a till may have lowered its stock by them, and raised it again. */
    private static final String LEFT = """
            update sale_unit set gone = true, returned = sold, wanted = 0, reserved = 0, unpaid = false, returned_at = clock_timestamp()
            where sale_id = $1 and item_id <> all ($2::text[]) and not gone
            """;

    /** What became of the sale's stock, by its units and the adjustments under way. Units that no variant is tracked for are never posted. */
    static final String REFRESH = """
            update sale s set stock = k.stock from (
              select case
                when not coalesce(x.posts_stock, false) or u.units is null then 'NONE'
                when a.under_way then 'SENT'
                when o.open then 'RESERVED'
                when u.off = 0 and u.back > 0 and p.posted then 'RETURNED'
                when p.posted then 'POSTED'
                else 'NONE' end as stock
              from sale x
              left join lateral (select count(*) as units, sum(wanted) as off, sum(returned) as back
                  from sale_unit where sale_id = x.id having count(*) > 0) u on true
              left join lateral (select exists (select from open_unit where sale_id = x.id
                  and (units <> 0 or reserved_until > clock_timestamp())) as open) o on true
              left join lateral (select exists (select from stock_adjustment where sale_id = x.id and status in ('READY', 'SENT')) as under_way) a on true
              left join lateral (select exists (select from stock_adjustment where sale_id = x.id and status = 'POSTED') as posted) p on true
              where x.id = $1
            ) k
            where s.id = $1 and s.stock <> k.stock
            """;

    private UnitTable() {}

    /**
     * Stores a sale's units as they are wanted now.
     *
     * @param units by item id
     */
    static Uni<Void> store(SqlClient connection, UUID saleId, UUID channelId, Map<String, SaleUnits.Units> units,
            Wanted wanted) {
        List<String> ids = new ArrayList<>(units.keySet());
        String[] items = ids.toArray(String[]::new);
        var tuple = Tuple.of(saleId, channelId).addArrayOfString(items)
                .addArrayOfString(ids.stream().map(id -> units.get(id).name()).toArray(String[]::new))
                .addArrayOfString(ids.stream().map(id -> units.get(id).sold().toPlainString()).toArray(String[]::new))
                .addArrayOfString(ids.stream().map(id -> units.get(id).returned().toPlainString()).toArray(String[]::new))
                .addArrayOfString(ids.stream().map(id -> wanted.of(units.get(id)).toPlainString()).toArray(String[]::new))
                .addOffsetDateTime(SqlTime.of(wanted.reservedUntil())).addBoolean(wanted.mayBePaid())
                .addOffsetDateTime(SqlTime.of(wanted.paidAt()))
                .addArrayOfString(
                        ids.stream().map(id -> wanted.reserved(units.get(id)).toPlainString()).toArray(String[]::new));
        return connection.preparedQuery(STORE).execute(tuple)
                .chain(() -> connection.preparedQuery(LEFT).execute(Tuple.of(saleId, items)))
                .chain(() -> refresh(connection, saleId));
    }

    static Uni<Void> refresh(SqlClient connection, UUID saleId) {
        return connection.preparedQuery(REFRESH).execute(Tuple.of(saleId)).replaceWithVoid();
    }

    /**
     * What the sale's units are to do to the store's stock.
     *
     * @param counts whether they are to be off it once the sale is paid
     * @param mayBePaid whether it is neither paid nor taken back
     * @param paidAt null while it is not paid
     * @param reservedUntil until when the units of a sale that was never paid are held back; null: not
     */
    record Wanted(boolean counts, boolean mayBePaid, Instant paidAt, Instant reservedUntil) {

        BigDecimal of(SaleUnits.Units units) {
            return counts ? units.wanted() : BigDecimal.ZERO;
        }

        BigDecimal reserved(SaleUnits.Units units) {
            return reservedUntil == null || units.paid() ? BigDecimal.ZERO : units.sold().subtract(units.returned());
        }
    }
}
