package dev.tillbridge.catalog;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.platform.SqlTime;

/** Reads what an item's quantity at the till is made of, for a person who asks why. */
@ApplicationScoped
class LinkFacts {

    private static final String LEVELS = """
            select o.id, o.name, e.available, p.location_id is not null as sells
            from channel c
            join variant v on v.store_id = c.store_id and v.id = $2
            join level e on e.store_id = v.store_id and e.inventory_item_id = v.inventory_item_id
            join location o on o.store_id = e.store_id and o.id = e.location_id
            left join selling_location p on p.channel_id = c.id and p.location_id = e.location_id
            where c.id = $1
            order by sells desc, o.name, o.id
            """;

    private static final String UNPOSTED = """
            select s.channel_id, s.pos_order_id, sum(u.units) as units
            from channel c
            join variant v on v.store_id = c.store_id and v.id = $2
            join (
              select sale_id, store_id, inventory_item_id, location_id,
                units + case when reserved_until > clock_timestamp() then reserved else 0 end as units
              from open_unit
              union all
              select a.sale_id, p.store_id, p.inventory_item_id, p.location_id, p.units
              from open_posting p join stock_adjustment a on a.id = p.adjustment_id
            ) u on u.store_id = v.store_id and u.inventory_item_id = v.inventory_item_id
            join selling_location l on l.channel_id = c.id and l.location_id = u.location_id
            join sale s on s.id = u.sale_id
            where c.id = $1
            group by s.id
            having sum(u.units) <> 0
            order by s.pos_created_at desc, s.id
            limit 20
            """;

    private static final String TILL = """
            select i.quantity_as_of, k.sent, k.sent_at, k.unexplained, k.unexplained_since, coalesce(k.failures, 0) as failures,
              case when k.retry_at > clock_timestamp() then k.retry_at end as retry_at
            from item i left join till_stock k on k.channel_id = i.channel_id and k.item_id = i.id
            where i.channel_id = $1 and i.id = $2
            """;

    private static final String LAST_WRITE = """
            select at, before, after, cause, run_id from journal
            where channel_id = $1 and subject = 'stock:' || $2 and kind = 'stock-written' order by id desc limit 1
            """;

    private static final String RECOUNT = """
            select expected, counted, status, opened_at from recount where channel_id = $1 and item_id = $2 and status <> 'SETTLED'
            """;

    private final Pool pool;

    LinkFacts(Pool pool) {
        this.pool = pool;
    }

    Uni<LinkDetails> of(ConnectedChannel channel, LinkView row) {
        String variant = row.variant().id();
        String item = row.item() == null ? null : row.item().id();
        return Uni.combine().all().unis(rows(LEVELS, channel.id(), variant, LinkFacts::level),
                rows(UNPOSTED, channel.id(), variant, LinkFacts::sale), first(TILL, channel.id(), item, LinkFacts::till),
                first(LAST_WRITE, channel.id(), item, LinkFacts::write),
                first(RECOUNT, channel.id(), item, LinkFacts::recount)).asTuple()
                .map(found -> new LinkDetails(row, channel.settings().inventorySync().enabled(), found.getItem1(),
                        found.getItem2(), found.getItem3(), found.getItem4(), found.getItem5()));
    }

    private <T> Uni<List<T>> rows(String sql, UUID channelId, String id, Function<Row, T> view) {
        return pool.preparedQuery(sql).execute(Tuple.of(channelId, id)).map(rows -> rows.stream().map(view).toList());
    }

    /** Null where there is none, or no item to ask for. */
    private <T> Uni<T> first(String sql, UUID channelId, String itemId, Function<Row, T> view) {
        return itemId == null
                ? Uni.createFrom().nullItem()
                : rows(sql, channelId, itemId, view).map(found -> found.isEmpty() ? null : found.get(0));
    }

    private static LinkDetails.LevelView level(Row row) {
        return new LinkDetails.LevelView(row.getString("id"), row.getString("name"), row.getLong("available"),
                row.getBoolean("sells"));
    }

    private static LinkDetails.UnpostedView sale(Row row) {
        return new LinkDetails.UnpostedView(row.getUUID("channel_id"), row.getString("pos_order_id"),
                LinkRows.plain(row.getBigDecimal("units")));
    }

    private static LinkDetails.TillView till(Row row) {
        return new LinkDetails.TillView(SqlTime.instant(row, "quantity_as_of"), LinkRows.plain(row.getBigDecimal("sent")),
                row.getBigDecimal("sent") == null ? null : SqlTime.instant(row, "sent_at"),
                LinkRows.plain(row.getBigDecimal("unexplained")), SqlTime.instant(row, "unexplained_since"),
                row.getInteger("failures"), SqlTime.instant(row, "retry_at"));
    }

    private static LinkDetails.WriteView write(Row row) {
        return new LinkDetails.WriteView(SqlTime.instant(row, "at"), row.getString("before"), row.getString("after"),
                row.getString("cause"), row.getUUID("run_id"));
    }

    private static LinkDetails.OpenRecount recount(Row row) {
        return new LinkDetails.OpenRecount(LinkRows.plain(row.getBigDecimal("expected")),
                LinkRows.plain(row.getBigDecimal("counted")), row.getString("status"), SqlTime.instant(row, "opened_at"));
    }
}
