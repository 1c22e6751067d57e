package dev.tillbridge.catalog;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.ItemPrice;
import dev.tillbridge.channel.StockReading;
import dev.tillbridge.platform.SqlTime;

/** The statements on table {@code item}. Rows are sorted, so that two writers lock them in the same order. */
final class ItemTable {

    // The quantity has a time of its own and is stored by READINGS; here only a new row gets it.
    private static final String STORE = """
                                        insert into item as i (channel_id, id, name, sku, code, price, price_type, unit_name, hidden, modified_at, as_of,
                                                               quantity, quantity_as_of, group_id)
                                        select distinct on (r.id) $1::uuid, r.id, r.name, r.sku, r.code, r.price, r.price_type, r.unit_name, r.hidden,
                                               r.modified_at, $2::timestamptz, r.quantity::numeric, $2::timestamptz, r.group_id
                                        from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::text[], $10::text[], $11::boolean[],
                                                    $12::timestamptz[], $13::text[], $14::text[]) with ordinality
                                             as r (id, name, sku, code, price, price_type, unit_name, hidden, modified_at, quantity, group_id, position)
                                        order by r.id, r.position desc
                                        on conflict (channel_id, id) do update set
                                          name = excluded.name, sku = excluded.sku, code = excluded.code, price = excluded.price,
                                          price_type = excluded.price_type, unit_name = excluded.unit_name, hidden = excluded.hidden,
                                          modified_at = excluded.modified_at, group_id = excluded.group_id, as_of = excluded.as_of, gone = false,
                                          missing_since = null
                                        where i.as_of < excluded.as_of and ($3::boolean or i.gone
                                          or (i.name, i.sku, i.code, i.price, i.price_type, i.unit_name, i.hidden, i.group_id)
                                             is distinct from (excluded.name, excluded.sku, excluded.code, excluded.price, excluded.price_type,
                                                               excluded.unit_name, excluded.hidden, excluded.group_id))
                                        """;

    private static final String READINGS = """
                                           with reading as materialized (
                                             select distinct on (r.id) r.id, r.quantity::numeric(18, 3) as quantity, r.as_of
                                             from unnest($3::text[], $4::text[], $5::timestamptz[]) as r (id, quantity, as_of)
                                             order by r.id, r.as_of desc),
                                           locked as materialized (
                                             select i.id from item i join reading r on r.id = i.id
                                             where i.channel_id = $1 and i.quantity_as_of < r.as_of and ($2::boolean or i.quantity is distinct from r.quantity)
                                             order by i.id for update of i)
                                           update item i set quantity = r.quantity, quantity_as_of = r.as_of
                                           from locked join reading r on r.id = locked.id
                                           where i.channel_id = $1 and i.id = locked.id and i.quantity_as_of < r.as_of
                                           """;

    private static final String PRICES = """
                                         with told as materialized (
                                           select * from unnest($2::text[], $3::bigint[]) as t (id, price)),
                                         locked as materialized (
                                           select i.id from item i join told t on t.id = i.id where i.channel_id = $1 order by i.id for update of i)
                                         update item i set price = t.price, as_of = greatest(i.as_of, clock_timestamp())
                                         from locked join told t on t.id = locked.id
                                         where i.channel_id = $1 and i.id = locked.id
                                         """;

    private static final String DELETED = """
                                          update item set gone = true, missing_since = null, as_of = $3
                                          where channel_id = $1 and id = any($2) and not gone and as_of < $3
                                          """;

    private static final String GONE = """
                                       with seen as materialized (
                                         select unnest(ids) as id from seen_page
                                         where store_id = $1 and channel_id = $2 and kind = 'item' and generation = $3),
                                       unseen as materialized (
                                         select i.id, i.missing_since is not null as again from item i
                                         where i.channel_id = $2 and not i.gone and i.as_of < $4
                                           and not exists (select 1 from seen s where s.id = i.id)),
                                       found as (
                                         update item i set missing_since = null from seen s
                                         where i.channel_id = $2 and i.id = s.id and i.missing_since is not null),
                                       missed as (
                                         update item i set missing_since = $4 from unseen u
                                         where i.channel_id = $2 and i.id = u.id and not u.again)
                                       update item i set gone = true, missing_since = null, as_of = $4 from unseen u
                                       where i.channel_id = $2 and i.id = u.id and u.again
                                       """;

    private ItemTable() {}

    /**
     * Stores items and answers how many rows it wrote; quantities of rows that are there already are left alone.
     *
     * @param renew whether equal rows get the new time too
     */
    static Uni<Integer> store(SqlClient client, UUID channelId, List<Item> items, Instant asOf, boolean renew) {
        if (items.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        var columns = new PageColumns<>(items);
        return client.preparedQuery(STORE).execute(Tuple.from(new Object[]{ channelId, SqlTime.of(asOf), renew,
                columns.texts(Item::id), columns.texts(Item::name), columns.texts(Item::sku), columns.texts(Item::code),
                columns.longs(Item::price), columns.texts(item -> item.priceType().name()), columns.texts(Item::unitName),
                columns.booleans(Item::hidden), columns.times(Item::modifiedAt), columns.decimals(Item::quantity),
                columns.texts(Item::groupId)}))
                .map(rows -> rows.rowCount());
    }

    /**
     * Stores quantities of items that are there, and answers how many rows it wrote.
     *
     * @param renew whether equal quantities get the new time too
     */
    static Uni<Integer> storeReadings(SqlClient client, UUID channelId, List<StockReading> readings, boolean renew) {
        if (readings.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        var columns = new PageColumns<>(readings);
        return client.preparedQuery(READINGS)
                .execute(Tuple.of(channelId, renew, columns.texts(StockReading::itemId),
                        columns.decimals(StockReading::quantity), columns.times(StockReading::asOf)))
                .map(rows -> rows.rowCount());
    }

    static Uni<Integer> storePrices(SqlClient client, UUID channelId, List<ItemPrice> prices) {
        if (prices.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        var columns = new PageColumns<>(prices);
        return client.preparedQuery(PRICES)
                .execute(Tuple.of(channelId, columns.texts(ItemPrice::itemId), columns.longs(ItemPrice::price)))
                .map(rows -> rows.rowCount());
    }

    static Uni<Integer> markDeleted(SqlClient client, UUID channelId, List<String> ids, Instant asOf) {
        if (ids.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        return client.preparedQuery(DELETED)
                .execute(Tuple.of(channelId, ids.toArray(String[]::new), SqlTime.of(asOf)))
                .map(rows -> rows.rowCount());
    }

    static Uni<Integer> markGone(SqlClient client, UUID storeId, UUID channelId, long generation, Instant asOf) {
        return client.preparedQuery(GONE).execute(Tuple.of(storeId, channelId, generation, SqlTime.of(asOf)))
                .map(rows -> rows.rowCount());
    }
}
