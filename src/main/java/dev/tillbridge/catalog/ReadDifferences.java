package dev.tillbridge.catalog;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.ItemPage;
import dev.tillbridge.platform.SqlTime;

/**
 * Keeps what a whole read finds to be other than stored, before the page is stored over it. A row that was read later than the
 * page, or that our own adjustment changed since, is left out as it is when the page is stored.
 */
final class ReadDifferences {

    private static final String INTO = """
            insert into read_difference as d (store_id, owner_id, kind, subject, stored, found, units, money, currency, stored_changed_at,
              changed_at, followed_to, ours)
            """;

    /** Sizes are steps from what was stored by then: they add up. */
    private static final String AGAIN = """
            on conflict (store_id, owner_id, kind, subject) do update set found = excluded.found, changed_at = excluded.changed_at,
              followed_to = excluded.followed_to, ours = excluded.ours, found_at = clock_timestamp(), judged_by = null,
              stored = case when d.judged_by is null then d.stored else excluded.stored end,
              units = case when d.judged_by is null then coalesce(d.units + excluded.units, d.units, excluded.units) else excluded.units end,
              money = case when d.judged_by is null then coalesce(d.money + excluded.money, d.money, excluded.money) else excluded.money end
            """;

    private static final String VARIANTS = INTO + """
            select $1::uuid, $1, 'VARIANT', 'variant:' || r.id,
              case when v.id is null or v.gone then null else concat_ws(', ',
                case when v.price is distinct from r.price then 'price ' || coalesce(trim_scale(v.price)::text, 'none') end,
                case when v.sku is distinct from r.sku then 'SKU ' || coalesce(v.sku, 'none') end,
                case when v.barcode is distinct from r.barcode then 'barcode ' || coalesce(v.barcode, 'none') end,
                case when v.tracked is distinct from r.tracked then 'counted ' || v.tracked end) end,
              concat_ws(', ',
                case when v.price is distinct from r.price then 'price ' || coalesce(trim_scale(r.price)::text, 'none') end,
                case when v.sku is distinct from r.sku then 'SKU ' || coalesce(r.sku, 'none') end,
                case when v.barcode is distinct from r.barcode then 'barcode ' || coalesce(r.barcode, 'none') end,
                case when v.tracked is distinct from r.tracked then 'counted ' || r.tracked end),
              null::numeric, case when v.price <> r.price then r.price - v.price end, s.currency, v.updated_at, r.updated_at, $3::timestamptz, false
            from (select distinct on (id) id, sku, barcode, price::numeric as price, tracked, updated_at
              from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::boolean[], $9::timestamptz[])
                as r (id, sku, barcode, price, tracked, updated_at)) r
            join store s on s.id = $1
            left join variant v on v.store_id = $1 and v.id = r.id
            where v.id is null or v.as_of < $2 and (v.gone
              or (v.price, v.sku, v.barcode, v.tracked) is distinct from (r.price, r.sku, r.barcode, r.tracked))
            """ + AGAIN;

    /** A level that is not stored is news only of an item that others are stored of. */
    private static final String LEVELS = INTO + """
            select $1::uuid, $1, 'LEVEL', 'level:' || r.item || '@' || r.location, l.available::text, r.available::text,
              coalesce(r.available, 0) - coalesce(l.available, 0), null::numeric, null, null::timestamptz, r.changed_at, $3::timestamptz, false
            from (select distinct on (item, location) * from unnest($4::text[], $5::text[], $6::bigint[], $7::timestamptz[])
              as r (item, location, available, changed_at)) r
            left join level l on l.store_id = $1 and l.inventory_item_id = r.item and l.location_id = r.location
            where l.available is distinct from r.available
              and (l.as_of < $2 and (l.adjusted_at is null or l.adjusted_at <= $2)
                or l.as_of is null and exists (select from level o where o.store_id = $1 and o.inventory_item_id = r.item))
            """ + AGAIN;

    private static final String GONE_VARIANTS = INTO + """
            select $1::uuid, $1, 'VARIANT', 'variant:' || v.id, v.title, null, null::numeric, null::numeric, null, v.updated_at, null::timestamptz,
              $3::timestamptz, false
            from variant v where v.store_id = $1 and v.gone and v.as_of = $2
            """ + AGAIN;

    private static final String UNSEEN_LEVELS = INTO + """
            select $1::uuid, $1, 'LEVEL', 'level:' || l.inventory_item_id || '@' || l.location_id, l.available::text, null, -l.available, null::numeric, null,
              null::timestamptz, null::timestamptz, $4::timestamptz, false
            from level l
            where l.store_id = $1 and l.available is not null and l.as_of < $3 and (l.adjusted_at is null or l.adjusted_at <= $3)
              and not exists (select from seen_page p cross join unnest(p.ids) as s (id)
                where p.store_id = $1 and p.channel_id is null and p.kind = 'level' and p.generation = $2
                  and s.id = l.inventory_item_id || ' ' || l.location_id)
              and exists (select from variant v where v.store_id = $1 and v.inventory_item_id = l.inventory_item_id and not v.gone
                and v.missing_since is null)
            """ + AGAIN;

    private static final String ITEMS = INTO + """
            select $1::uuid, $2::uuid, 'ITEM', 'item:' || r.id,
              case when i.id is null or i.gone then null else concat_ws(', ',
                case when i.price is distinct from r.price then 'price ' || coalesce(i.price::text, 'none') end,
                case when i.sku is distinct from r.sku then 'SKU ' || coalesce(i.sku, 'none') end,
                case when i.code is distinct from r.code then 'code ' || coalesce(i.code, 'none') end,
                case when i.name is distinct from r.name then 'name ' || i.name end,
                case when i.hidden is distinct from r.hidden then 'hidden ' || i.hidden end) end,
              concat_ws(', ',
                case when i.price is distinct from r.price then 'price ' || coalesce(r.price::text, 'none') end,
                case when i.sku is distinct from r.sku then 'SKU ' || coalesce(r.sku, 'none') end,
                case when i.code is distinct from r.code then 'code ' || coalesce(r.code, 'none') end,
                case when i.name is distinct from r.name then 'name ' || r.name end,
                case when i.hidden is distinct from r.hidden then 'hidden ' || r.hidden end),
              null::numeric, case when i.price <> r.price then (r.price - i.price) / power(10::numeric, currency_decimals(c.currency)) end, c.currency,
              i.modified_at, r.modified_at, $4::timestamptz,
              coalesce(p.sent = i.price and r.price is distinct from i.price and c.settings #>> '{priceSync,enabled}' = 'true', false)
            from (select distinct on (id) * from unnest($5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::boolean[], $11::timestamptz[])
              as r (id, name, sku, code, price, hidden, modified_at)) r
            join channel c on c.id = $2
            left join item i on i.channel_id = $2 and i.id = r.id
            left join till_price p on p.channel_id = $2 and p.item_id = r.id and p.outcome = 'CONFIRMED'
            where i.id is null or i.as_of < $3 and (i.gone
              or (i.price, i.sku, i.code, i.name, i.hidden) is distinct from (r.price, r.sku, r.code, r.name, r.hidden))
            """ + AGAIN;

    private static final String GONE_ITEMS = INTO + """
            select $1::uuid, $2::uuid, 'ITEM', 'item:' || i.id, i.name, null, null::numeric, null::numeric, null, i.modified_at, null::timestamptz,
              $4::timestamptz, false
            from item i where i.channel_id = $2 and i.gone and i.as_of = $3
            """ + AGAIN;

    private ReadDifferences() {}

    static Uni<Void> ofVariants(SqlClient client, UUID storeId, List<Variant> variants, Instant asOf, Instant followedTo) {
        if (variants.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var columns = new PageColumns<>(variants);
        return client.preparedQuery(VARIANTS).execute(Tuple.from(new Object[]{ storeId, SqlTime.of(asOf),
                SqlTime.of(followedTo), columns.texts(Variant::id), columns.texts(Variant::sku),
                columns.texts(Variant::barcode), columns.decimals(Variant::price), columns.booleans(Variant::tracked),
                columns.times(Variant::updatedAt)})).replaceWithVoid();
    }

    static Uni<Void> ofLevels(SqlClient client, UUID storeId, List<Level> levels, Instant asOf, Instant followedTo) {
        if (levels.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var columns = new PageColumns<>(levels);
        return client.preparedQuery(LEVELS).execute(Tuple.from(new Object[]{ storeId, SqlTime.of(asOf),
                SqlTime.of(followedTo), columns.texts(Level::inventoryItemId), columns.texts(Level::locationId),
                columns.longs(Level::available), columns.times(Level::changedAt)})).replaceWithVoid();
    }

    static Uni<Void> ofGoneVariants(SqlClient client, UUID storeId, Instant asOf, Instant followedTo) {
        return client.preparedQuery(GONE_VARIANTS)
                .execute(Tuple.of(storeId, SqlTime.of(asOf), SqlTime.of(followedTo))).replaceWithVoid();
    }

    /** Levels that the read has not seen of variants that it has: before they are taken away. */
    static Uni<Void> ofUnseenLevels(SqlClient client, UUID storeId, long generation, Instant asOf, Instant followedTo) {
        return client.preparedQuery(UNSEEN_LEVELS)
                .execute(Tuple.of(storeId, generation, SqlTime.of(asOf), SqlTime.of(followedTo))).replaceWithVoid();
    }

    static Uni<Void> ofItems(SqlClient client, UUID storeId, UUID channelId, ItemPage page, Instant followedTo) {
        if (page.items().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var columns = new PageColumns<>(page.items());
        return client.preparedQuery(ITEMS).execute(Tuple.from(new Object[]{ storeId, channelId, SqlTime.of(page.asOf()),
                SqlTime.of(followedTo), columns.texts(Item::id), columns.texts(Item::name), columns.texts(Item::sku),
                columns.texts(Item::code), columns.longs(Item::price), columns.booleans(Item::hidden),
                columns.times(Item::modifiedAt)})).replaceWithVoid();
    }

    static Uni<Void> ofGoneItems(SqlClient client, UUID storeId, UUID channelId, Instant asOf, Instant followedTo) {
        return client.preparedQuery(GONE_ITEMS)
                .execute(Tuple.of(storeId, channelId, SqlTime.of(asOf), SqlTime.of(followedTo))).replaceWithVoid();
    }
}
