package dev.tillbridge.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** The statements on table {@code variant}. Rows are sorted, so that two writers lock them in the same order. */
final class VariantTable {

    // The store's updated_at alone tells nothing: it moves with every sale.
    private static final String STORE = """
                                        insert into variant as v (store_id, id, product_id, inventory_item_id, title, product_status, sku, barcode, price,
                                                                  tracked, metafields, updated_at, as_of)
                                        select distinct on (r.id) $1::uuid, r.id, r.product_id, r.inventory_item_id, r.title, r.product_status, r.sku, r.barcode,
                                               r.price::numeric, r.tracked, r.metafields::jsonb, r.updated_at, $2::timestamptz
                                        from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
                                                    $12::boolean[], $13::text[], $14::timestamptz[]) with ordinality
                                             as r (id, product_id, inventory_item_id, title, product_status, sku, barcode, price, tracked, metafields, updated_at,
                                                   position)
                                        order by r.id, r.position desc
                                        on conflict (store_id, id) do update set
                                          product_id = excluded.product_id, inventory_item_id = excluded.inventory_item_id, title = excluded.title,
                                          product_status = excluded.product_status, sku = excluded.sku, barcode = excluded.barcode, price = excluded.price,
                                          tracked = excluded.tracked, metafields = excluded.metafields, updated_at = excluded.updated_at,
                                          as_of = excluded.as_of, gone = false
                                        where v.as_of < excluded.as_of and ($3::boolean or v.gone
                                          or (v.product_id, v.inventory_item_id, v.title, v.product_status, v.sku, v.barcode, v.price, v.tracked, v.metafields)
                                             is distinct from (excluded.product_id, excluded.inventory_item_id, excluded.title, excluded.product_status,
                                                               excluded.sku, excluded.barcode, excluded.price, excluded.tracked, excluded.metafields))
                                        """;

    private static final String GONE = """
                                       with seen as materialized (
                                         select unnest(ids) as id from seen_page
                                         where store_id = $1 and channel_id is null and kind = 'variant' and generation = $2)
                                       update variant v set gone = true, as_of = $3
                                       where store_id = $1 and not gone and as_of < $3 and not exists (select 1 from seen s where s.id = v.id)
                                       """;

    private VariantTable() {}

    /**
     * Stores variants and answers how many rows it wrote.
     *
     * @param renew whether equal rows get the new time too
     */
    static Uni<Integer> store(SqlClient client, UUID storeId, List<Variant> variants, Instant asOf, boolean renew) {
        if (variants.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        var columns = new PageColumns<>(variants);
        return client.preparedQuery(STORE).execute(Tuple.from(new Object[]{ storeId, PageColumns.time(asOf), renew,
                columns.texts(Variant::id), columns.texts(Variant::productId), columns.texts(Variant::inventoryItemId),
                columns.texts(Variant::title), columns.texts(Variant::productStatus), columns.texts(Variant::sku),
                columns.texts(Variant::barcode), columns.decimals(Variant::price), columns.booleans(Variant::tracked),
                columns.texts(variant -> json(variant.metafields())), columns.times(Variant::updatedAt)}))
                .map(rows -> rows.rowCount());
    }

    static Uni<Integer> markGone(SqlClient client, UUID storeId, long generation, Instant asOf) {
        return client.preparedQuery(GONE).execute(Tuple.of(storeId, generation, PageColumns.time(asOf)))
                .map(rows -> rows.rowCount());
    }

    private static String json(Map<String, String> metafields) {
        // jsonb refuses an escaped NUL as text refuses a plain one.
        return metafields.isEmpty() ? "{}" : new JsonObject(Map.copyOf(metafields)).encode().replace("\\u0000", "");
    }
}
