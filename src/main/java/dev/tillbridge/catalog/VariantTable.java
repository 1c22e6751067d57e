package dev.tillbridge.catalog;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.platform.SqlTime;

/** The statements on table {@code variant}. Rows are sorted, so that two writers lock them in the same order. */
final class VariantTable {

    // The store's updated_at alone tells nothing: it moves with every sale.
    private static final String STORE = """
                                        insert into variant as v (store_id, id, product_id, inventory_item_id, title, product_status, sku, barcode, price,
                                                                  tracked, metafields, updated_at, as_of, product_title, product_type, position, options)
                                        select distinct on (r.id) $1::uuid, r.id, r.product_id, r.inventory_item_id, r.title, r.product_status, r.sku, r.barcode,
                                               r.price::numeric, r.tracked, r.metafields::jsonb, r.updated_at, $2::timestamptz,
                                               r.product_title, r.product_type, r.place::int, r.options::jsonb
                                        from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
                                                    $12::boolean[], $13::text[], $14::timestamptz[], $15::text[], $16::text[], $17::bigint[], $18::text[])
                                                    with ordinality
                                             as r (id, product_id, inventory_item_id, title, product_status, sku, barcode, price, tracked, metafields, updated_at,
                                                   product_title, product_type, place, options, position)
                                        order by r.id, r.position desc
                                        on conflict (store_id, id) do update set
                                          product_id = excluded.product_id, inventory_item_id = excluded.inventory_item_id, title = excluded.title,
                                          product_status = excluded.product_status, sku = excluded.sku, barcode = excluded.barcode, price = excluded.price,
                                          tracked = excluded.tracked, metafields = excluded.metafields, updated_at = excluded.updated_at,
                                          as_of = excluded.as_of, gone = false, missing_since = null, product_title = excluded.product_title,
                                          product_type = excluded.product_type, position = excluded.position, options = excluded.options
                                        where v.as_of < excluded.as_of and ($3::boolean or v.gone
                                          or (v.product_id, v.inventory_item_id, v.title, v.product_status, v.sku, v.barcode, v.price, v.tracked, v.metafields,
                                              v.product_title, v.product_type, v.position, v.options)
                                             is distinct from (excluded.product_id, excluded.inventory_item_id, excluded.title, excluded.product_status,
                                                               excluded.sku, excluded.barcode, excluded.price, excluded.tracked, excluded.metafields,
                                                               excluded.product_title, excluded.product_type, excluded.position, excluded.options))
                                        """;

    // A bulk result that misses all, or most of more than a few, is rather Shopify's fault than the merchant's deed: that
    // read alone takes no variant away, only the next whole one that misses it too. A variant seen in between begins anew.
    private static final String GONE = """
                                       with seen as materialized (
                                         select distinct unnest(ids) as id from seen_page
                                         where store_id = $1 and channel_id is null and kind = 'variant' and generation = $2),
                                       known as materialized (
                                         select v.id, s.id is not null as seen, v.missing_since is not null as again
                                         from variant v left join seen s on s.id = v.id
                                         where v.store_id = $1 and not v.gone and (s.id is not null or v.as_of < $3)),
                                       doubt as materialized (
                                         select coalesce(not bool_or(seen) or count(*) > $4 and count(*) filter (where not seen) * 2 > count(*), false)
                                                as doubtful from known),
                                       found as (
                                         update variant v set missing_since = null from known k
                                         where v.store_id = $1 and v.id = k.id and k.seen and k.again),
                                       missed as (
                                         update variant v set missing_since = $3 from known k, doubt d
                                         where v.store_id = $1 and v.id = k.id and not k.seen and not k.again and d.doubtful
                                         returning v.id),
                                       gone as (
                                         update variant v set gone = true, missing_since = null, as_of = $3 from known k, doubt d
                                         where v.store_id = $1 and v.id = k.id and not k.seen and (k.again or not d.doubtful)
                                         returning v.id)
                                       select (select count(*) from gone), (select count(*) from missed)
                                       """;

    // A variant's title begins with its product's. The row's time is renewed, so that a longer read under way cannot put an
    // older status back; what the variant itself changed until then was read just before.
    private static final String STORE_PRODUCTS = """
                                                 with page as materialized (
                                                   select distinct on (id) * from unnest($3::text[], $4::text[], $5::text[], $6::text[]) as r (id, title, status, type)),
                                                 locked as materialized (
                                                   select v.id, p.title, p.status, p.type from variant v join page p on p.id = v.product_id
                                                   where v.store_id = $1 and not v.gone and v.as_of < $2 and v.product_title is not null
                                                     and (v.product_title, v.product_status, v.product_type) is distinct from (p.title, p.status, p.type)
                                                   order by v.id for update of v)
                                                 update variant v set product_title = l.title, product_status = l.status, product_type = l.type, as_of = $2,
                                                   title = case when starts_with(v.title, v.product_title)
                                                     then l.title || substr(v.title, length(v.product_title) + 1) else v.title end
                                                 from locked l where v.store_id = $1 and v.id = l.id
                                                 """;

    private static final String GONE_OF_PRODUCT = """
                                                  update variant set gone = true, missing_since = null, as_of = $4
                                                  where store_id = $1 and product_id = $2 and not gone and as_of < $4 and id <> all ($3::text[])
                                                  """;

    /** Of so few variants a person may well delete most at once. */
    private static final int FEW = 20;

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
        return client.preparedQuery(STORE).execute(Tuple.from(new Object[]{ storeId, SqlTime.of(asOf), renew,
                columns.texts(Variant::id), columns.texts(Variant::productId), columns.texts(Variant::inventoryItemId),
                columns.texts(Variant::title), columns.texts(Variant::productStatus), columns.texts(Variant::sku),
                columns.texts(Variant::barcode), columns.decimals(Variant::price), columns.booleans(Variant::tracked),
                columns.texts(variant -> json(variant.metafields())), columns.times(Variant::updatedAt),
                columns.texts(variant -> variant.listing().productTitle()),
                columns.texts(variant -> variant.listing().productType()),
                columns.longs(variant -> (long) variant.listing().position()),
                columns.texts(variant -> json(variant.listing().options()))}))
                .map(rows -> rows.rowCount());
    }

    /** Stores what products say of themselves on their variants' rows, and answers how many rows it wrote. */
    static Uni<Integer> storeProducts(SqlClient client, UUID storeId, List<ChangedProduct> products, Instant asOf) {
        if (products.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        var columns = new PageColumns<>(products);
        return client.preparedQuery(STORE_PRODUCTS)
                .execute(Tuple.of(storeId, SqlTime.of(asOf)).addArrayOfString(columns.texts(ChangedProduct::id))
                        .addArrayOfString(columns.texts(ChangedProduct::title))
                        .addArrayOfString(columns.texts(ChangedProduct::status))
                        .addArrayOfString(columns.texts(ChangedProduct::type)))
                .map(rows -> rows.rowCount());
    }

    /** @param missed how many variants were not seen, but stay until the next whole read */
    record Gone(int gone, int missed) {}

    static Uni<Gone> markGone(SqlClient client, UUID storeId, long generation, Instant asOf) {
        return client.preparedQuery(GONE).execute(Tuple.of(storeId, generation, SqlTime.of(asOf), FEW))
                .map(rows -> rows.iterator().next())
                .map(row -> new Gone(row.getLong(0).intValue(), row.getLong(1).intValue()));
    }

    /** Takes away the product's variants that are not among these; answers how many. */
    static Uni<Integer> markGoneOfProduct(SqlClient client, UUID storeId, String productId, List<String> there, Instant asOf) {
        return client.preparedQuery(GONE_OF_PRODUCT)
                .execute(Tuple.of(storeId, productId, there.toArray(String[]::new), SqlTime.of(asOf)))
                .map(rows -> rows.rowCount());
    }

    static Uni<List<String>> productsOfItems(SqlClient client, UUID storeId, Collection<String> inventoryItemIds) {
        return client.preparedQuery(
                "select distinct product_id from variant where store_id = $1 and inventory_item_id = any ($2::text[]) order by 1")
                .execute(Tuple.of(storeId, inventoryItemIds.toArray(String[]::new)))
                .map(rows -> rows.stream().map(row -> row.getString(0)).toList());
    }

    /** How many variants of these products are known; those of which none is are left out. */
    static Uni<Map<String, Integer>> counts(SqlClient client, UUID storeId, Collection<String> productIds) {
        return client.preparedQuery("select product_id, count(*)::int as known from variant"
                + " where store_id = $1 and product_id = any ($2::text[]) and not gone group by product_id")
                .execute(Tuple.of(storeId, productIds.toArray(String[]::new)))
                .map(rows -> rows.stream()
                        .collect(Collectors.toMap(row -> row.getString("product_id"), row -> row.getInteger("known"))));
    }

    private static String json(List<Listing.Option> options) {
        var array = new JsonArray();
        options.forEach(option -> array.add(new JsonObject().put("name", option.name()).put("value", option.value())));
        return array.encode().replace("\\u0000", "");
    }

    private static String json(Map<String, String> metafields) {
        // jsonb refuses an escaped NUL as text refuses a plain one.
        return metafields.isEmpty() ? "{}" : new JsonObject(Map.copyOf(metafields)).encode().replace("\\u0000", "");
    }
}
