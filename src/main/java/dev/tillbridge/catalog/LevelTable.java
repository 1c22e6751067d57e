package dev.tillbridge.catalog;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.platform.SqlTime;

/** The statements on table {@code level}. Rows are sorted, so that two writers lock them in the same order. */
final class LevelTable {

    private static final String STORE = """
                                        insert into level as l (store_id, inventory_item_id, location_id, available, as_of, adjusted_at)
                                        select distinct on (r.item, r.location) $1::uuid, r.item, r.location, r.available, $2::timestamptz,
                                               case when $4::boolean then $2::timestamptz end
                                        from unnest($5::text[], $6::text[], $7::bigint[]) with ordinality as r (item, location, available, position)
                                        order by r.item, r.location, r.position desc
                                        on conflict (store_id, inventory_item_id, location_id) do update set
                                          available = excluded.available, as_of = excluded.as_of, adjusted_at = coalesce(excluded.adjusted_at, l.adjusted_at)
                                        where l.as_of < excluded.as_of and (l.adjusted_at is null or l.adjusted_at <= excluded.as_of)
                                          and ($3::boolean or l.available is distinct from excluded.available)
                                        """;

    // "Not stocked there" stays as a row: no row at all means that the item was not read yet. Levels of a variant that this
    // read is not believed about (see VariantTable) are left alone like the variant.
    private static final String REMOVE = """
                                         with seen as materialized (
                                           select unnest(ids) as id from seen_page
                                           where store_id = $1 and channel_id is null and kind = 'level' and generation = $2)
                                         update level l set available = null, as_of = $3
                                         where l.store_id = $1 and l.available is not null
                                           and l.as_of < $3 and (l.adjusted_at is null or l.adjusted_at <= $3)
                                           and not exists (select 1 from seen s where s.id = l.inventory_item_id || ' ' || l.location_id)
                                           and not exists (select 1 from variant v where v.store_id = $1 and v.missing_since is not null
                                                           and v.inventory_item_id = l.inventory_item_id)
                                         """;

    // What Shopify stocks nowhere has no level: a row of no location says that this is known.
    private static final String STOCKED_NOWHERE = """
                                                  insert into level (store_id, inventory_item_id, location_id, available, as_of)
                                                  select distinct $1::uuid, v.inventory_item_id, '', null::bigint, $2::timestamptz from variant v
                                                  where v.store_id = $1 and v.tracked and not v.gone and v.missing_since is null and v.as_of <= $2
                                                    and not exists (select 1 from level l
                                                                    where l.store_id = $1 and l.inventory_item_id = v.inventory_item_id)
                                                  on conflict do nothing
                                                  """;

    private LevelTable() {}

    /**
     * Stores levels and answers how many rows it wrote.
     *
     * @param renew whether equal rows get the new time too
     * @param adjusted whether they were read after an adjustment of ours: no earlier reading replaces them
     */
    static Uni<Integer> store(SqlClient client, UUID storeId, List<Level> levels, Instant asOf, boolean renew,
            boolean adjusted) {
        if (levels.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        var columns = new PageColumns<>(levels);
        return client.preparedQuery(STORE).execute(Tuple.from(new Object[]{ storeId, SqlTime.of(asOf), renew, adjusted,
                columns.texts(Level::inventoryItemId), columns.texts(Level::locationId), columns.longs(Level::available)}))
                .map(rows -> rows.rowCount());
    }

    static Uni<Integer> remove(SqlClient client, UUID storeId, long generation, Instant asOf) {
        return client.preparedQuery(REMOVE).execute(Tuple.of(storeId, generation, SqlTime.of(asOf)))
                .map(rows -> rows.rowCount());
    }

    /**
     * After a whole read: gives each tracked variant that has no level one row with location {@code ""} and no quantity, so
     * that "stocked nowhere", a quantity of 0, differs from "not read yet".
     */
    static Uni<Void> storeStockedNowhere(SqlClient client, UUID storeId, Instant asOf) {
        return client.preparedQuery(STOCKED_NOWHERE).execute(Tuple.of(storeId, SqlTime.of(asOf))).replaceWithVoid();
    }

    /** How a level is told from others in {@link SeenPages}. */
    static String seenId(Level level) {
        return level.inventoryItemId() + ' ' + level.locationId();
    }
}
