package dev.tillbridge.product;

import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.catalog.Listing;
import dev.tillbridge.catalog.MatchSql;
import dev.tillbridge.catalog.UniqueIdentifier;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.product.ProductFacts.VariantFacts;

/** Reads which products are to be looked at, and what is known of each. */
@ApplicationScoped
class ProductRepository {

    // One that waits for a person waits no more when the store no longer has it. A product that is done, but has variants without item for a reason, is judged again when one of them changed, and now
    // and then, because the reason may lie on the till.
    private static final String DUE = """
                                      with wanting as (
                                        select v.product_id, max(v.as_of) as as_of, false as gone from variant v
                                        where v.store_id = $1 and not v.gone and v.product_status = 'ACTIVE' and v.product_title is not null
                                          and v.product_id > $3
                                          and not exists (select from link l where l.channel_id = $2 and l.variant_id = v.id)
                                        group by v.product_id
                                        union all
                                        select p.product_id, null, not exists (select from variant v where v.store_id = $1
                                            and v.product_id = p.product_id and not v.gone) from product_publication p
                                        where p.channel_id = $2 and p.product_id > $3 and (p.status in ('OPEN', 'FAILED', 'HELD')
                                          or p.group_name is not null and exists (select from variant v where v.store_id = $1
                                            and v.product_id = p.product_id and not v.gone and v.product_title <> p.title))
                                        union all
                                        select t.product_id, null, false from till_creation t
                                        join variant v on v.store_id = $1 and v.id = t.subject and not v.gone
                                        join link l on l.channel_id = t.channel_id and l.variant_id = t.subject and l.item_id = t.till_id
                                        where t.channel_id = $2 and t.product_id > $3 and t.kind = 'ITEM' and t.option_ids <> '{}'
                                          and coalesce(v.options, '[]') is distinct from t.options)
                                      select w.product_id from wanting w
                                      left join product_publication p on p.channel_id = $2 and p.product_id = w.product_id
                                      where p.status is null
                                        or (p.status <> 'HELD' or w.gone) and (p.retry_at is null or p.retry_at <= clock_timestamp())
                                          and (p.status <> 'DONE' or w.as_of is null or p.updated_at < w.as_of
                                            or p.updated_at < clock_timestamp() - interval '5 minutes')
                                      group by w.product_id order by w.product_id limit $4
                                      """;

    // An item that carries (nearly) the same identifier and belongs to no variant that is there stands in the way: it may be
    // the same thing.
    private static final String FACTS = """
                                        select v.id, v.product_title, v.product_type, v.product_status, v.title, v.options::text as options,
                                          ${sku} as till_sku, ${code} as till_code, v.price, l.item_id, i.group_id, n.id as near_id, n.name as near_name,
                                          exists (select from link_block b where b.channel_id = $2 and b.variant_id = v.id) as blocked
                                        from variant v
                                        left join link l on l.channel_id = $2 and l.variant_id = v.id
                                        left join item i on i.channel_id = $2 and i.id = l.item_id
                                        left join lateral (
                                          select i.id, i.name from item i
                                          where l.item_id is null and i.channel_id = $2 and not i.gone and identifier_fold(${i}) = identifier_fold(${v})
                                            and not exists (select from link k join variant w on w.store_id = $1 and w.id = k.variant_id and not w.gone
                                              where k.channel_id = $2 and k.item_id = i.id)
                                          order by i.id limit 1) n on true
                                        where v.store_id = $1 and v.product_id = $3 and not v.gone and ($4::text is null or true)
                                        order by v.position, v.id
                                        """;

    private static final String MADE = """
                                       select kind, parent, subject, till_id from till_creation
                                       where channel_id = $1 and product_id = $2 and till_id is not null
                                       """;

    private final Pool pool;

    ProductRepository(Pool pool) {
        this.pool = pool;
    }

    /** Whether what the channel matches by was part of a full read of the store: before, each variant looks as if it had none. */
    Uni<Boolean> identifierRead(SqlClient client, ConnectedChannel channel) {
        String metafield = channel.settings().identifier().metafield();
        return metafield == null
                ? Uni.createFrom().item(true)
                : client.preparedQuery(MatchSql.METAFIELD_READ).execute(Tuple.of(channel.storeId(), metafield))
                        .map(rows -> rows.iterator().next().getBoolean(0));
    }

    Uni<Boolean> identifierRead(ConnectedChannel channel) {
        return identifierRead(pool, channel);
    }

    /** What was made of a product. */
    Uni<Made> made(SqlClient client, ConnectedChannel channel, String productId) {
        return client.preparedQuery(MADE).execute(Tuple.of(channel.id(), productId)).map(rows -> {
            var made = new Made.Parts();
            rows.forEach(row -> made.add(Creation.Kind.valueOf(row.getString("kind")), row.getString("parent"),
                    row.getString("subject"), row.getString("till_id")));
            return made.all();
        });
    }

    /** Ids of products to be looked at, in their order, after this one. */
    Uni<List<String>> due(ConnectedChannel channel, String after, int limit) {
        return due(pool, channel, after, limit);
    }

    Uni<List<String>> due(SqlClient client, ConnectedChannel channel, String after, int limit) {
        return client.preparedQuery(DUE).execute(Tuple.of(channel.storeId(), channel.id(), after, limit))
                .map(rows -> rows.stream().map(row -> row.getString(0)).toList());
    }

    /** A product without variants is gone, and known by its id alone. */
    Uni<ProductFacts> facts(ConnectedChannel channel, String productId) {
        return facts(pool, channel, productId);
    }

    Uni<ProductFacts> facts(SqlClient client, ConnectedChannel channel, String productId) {
        UniqueIdentifier identifier = channel.settings().identifier();
        String sql = FACTS.replace("${sku}", TillFields.sku(identifier)).replace("${code}", TillFields.code(identifier))
                .replace("${v}", MatchSql.variantKey(identifier).replace("$3", "$4"))
                .replace("${i}", MatchSql.itemKey(identifier));
        return client.preparedQuery(sql)
                .execute(Tuple.of(channel.storeId(), channel.id(), productId, identifier.metafield()))
                .map(rows -> facts(productId, rows));
    }

    private static ProductFacts facts(String productId, RowSet<Row> rows) {
        List<VariantFacts> variants = new ArrayList<>();
        String title = null;
        String type = null;
        boolean active = false;
        for (Row row : rows) {
            title = row.getString("product_title");
            type = row.getString("product_type");
            active = "ACTIVE".equals(row.getString("product_status")) && title != null;
            variants.add(new VariantFacts(row.getString("id"), row.getString("title"), options(row.getString("options")),
                    blankToNull(row.getString("till_sku")), blankToNull(row.getString("till_code")), row.getBigDecimal("price"),
                    row.getString("item_id"), row.getString("group_id"), obstacle(row)));
        }
        return new ProductFacts(productId, title, blankToNull(type), active, variants);
    }

    private static LeftOut obstacle(Row row) {
        if (row.getBoolean("blocked")) {
            return new LeftOut(row.getString("id"), "blocked",
                    "A person removed its link to an item; link it to one by hand");
        }
        return row.getString("near_id") == null
                ? null
                : new LeftOut(row.getString("id"), "item-alike", "The till's item \"" + row.getString("near_name") + "\" ("
                        + row.getString("near_id")
                        + ") has the same identifier, or nearly: link it by hand, or change one of them");
    }

    private static List<Listing.Option> options(String json) {
        List<Listing.Option> options = new ArrayList<>();
        if (json != null) {
            new JsonArray(json).forEach(each -> options.add(new Listing.Option(((JsonObject) each).getString("name"),
                    ((JsonObject) each).getString("value"))));
        }
        return options;
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
