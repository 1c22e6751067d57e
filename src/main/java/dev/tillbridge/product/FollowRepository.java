package dev.tillbridge.product;

import java.time.Duration;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.catalog.UniqueIdentifier;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.platform.SqlTime;
import dev.tillbridge.product.Followed.Changed;
import dev.tillbridge.product.Followed.Side;

/** Which linked items are to follow the store. */
@ApplicationScoped
class FollowRepository {

    // Null: a status this version does not know says nothing of whether the item is to be seen.
    private static final String SHOWN = """
                                        case when v.gone or v.product_status in ('ARCHIVED', 'DRAFT', 'UNLISTED') then false
                                          when v.product_status = 'ACTIVE' then true end""";

    // A link that is new to it, or leads to another variant, begins with what the store says now; but an item that was made here
    // stays one, and one that was hidden for a variant that is gone is shown again for the one that took its place.
    private static final String BEGIN = """
                                        insert into followed_item as f (channel_id, item_id, variant_id, made, title, sku, barcode, metafield, shown, identifier)
                                        select l.channel_id, l.item_id, l.variant_id, l.origin = 'CREATED' or exists (select from till_creation t
                                            where t.channel_id = l.channel_id and t.till_id = l.item_id and t.kind = 'ITEM'), v.title, v.sku, v.barcode, v.metafields ->> $2,
                                          ${shown}, $3
                                        from link l join variant v on v.store_id = l.store_id and v.id = l.variant_id
                                        where l.channel_id = $1 and not exists (select from followed_item g
                                          where g.channel_id = l.channel_id and g.item_id = l.item_id and g.variant_id = l.variant_id)
                                        on conflict (channel_id, item_id) do update set variant_id = excluded.variant_id, made = f.made or excluded.made,
                                          title = excluded.title, sku = excluded.sku, barcode = excluded.barcode, metafield = excluded.metafield,
                                          identifier = excluded.identifier, failures = 0, retry_at = null
                                        """.replace("${shown}", SHOWN);

    // Where another identifier is chosen, what it says now is where following begins: the store changed nothing.
    private static final String BASELINE = """
                                           update followed_item f set sku = v.sku, barcode = v.barcode, metafield = v.metafields ->> $2, identifier = $3
                                           from channel c, variant v
                                           where f.channel_id = $1 and c.id = $1 and v.store_id = c.store_id and v.id = f.variant_id
                                             and f.identifier is distinct from $3
                                           """;

    // An item whose variant is gone is followed on without its link, until it is hidden.
    private static final String END = """
                                      delete from followed_item f using channel c
                                      where c.id = $1 and f.channel_id = $1
                                        and not exists (select from link l where l.channel_id = $1 and l.item_id = f.item_id)
                                        and (not exists (select from variant v where v.store_id = c.store_id and v.id = f.variant_id and v.gone)
                                          or not exists (select from item i where i.channel_id = $1 and i.id = f.item_id and not i.gone))
                                      """;

    // Of items made here whatever differs, as far as SQL can tell; of others whatever the store changed.
    private static final String DUE = """
                                      select f.item_id, f.variant_id, f.made, f.failures, i.group_id is not null as grouped,
                                        v.title as store_name, ${sku} as store_sku, ${code} as store_code, not (${shown}) as store_hidden,
                                        i.name, i.sku, i.code, i.hidden,
                                        v.title is distinct from f.title as name_changed, v.as_of,
                                        ${sku} is distinct from ${sku before} as sku_changed,
                                        ${code} is distinct from ${code before} as code_changed,
                                        (${shown}) is distinct from f.shown as shown_changed
                                      from followed_item f
                                      join channel c on c.id = f.channel_id
                                      join variant v on v.store_id = c.store_id and v.id = f.variant_id
                                      join item i on i.channel_id = f.channel_id and i.id = f.item_id and not i.gone
                                      where f.channel_id = $1 and f.item_id > $2 and (f.retry_at is null or f.retry_at <= clock_timestamp())
                                        and (v.gone or exists (select from link l where l.channel_id = $1 and l.item_id = f.item_id
                                          and l.variant_id = f.variant_id))
                                        and case when f.made
                                          then i.group_id is null and i.name <> left(v.title, 127) or i.sku is distinct from ${sku}
                                            or i.code is distinct from ${code} or i.hidden = (${shown})
                                          else (v.title, v.sku, v.barcode, v.metafields ->> $4, ${shown})
                                            is distinct from (f.title, f.sku, f.barcode, f.metafield, f.shown) end
                                      order by f.item_id limit $3
                                      """.replace("${shown}", SHOWN);

    private static final String DONE = """
                                       update followed_item f set title = v.title, sku = v.sku, barcode = v.barcode, metafield = v.metafields ->> $3,
                                         shown = ${shown}, failures = 0, retry_at = null
                                       from channel c, variant v
                                       where f.channel_id = $1 and f.item_id = $2 and c.id = $1 and v.store_id = c.store_id and v.id = f.variant_id
                                         and v.as_of = $4
                                       """.replace("${shown}", SHOWN);

    private final Pool pool;

    FollowRepository(Pool pool) {
        this.pool = pool;
    }

    Uni<Void> begin(SqlClient connection, ConnectedChannel channel) {
        return connection.preparedQuery(END).execute(Tuple.of(channel.id()))
                .chain(() -> connection.preparedQuery(BEGIN)
                        .execute(Tuple.of(channel.id(), channel.settings().identifier().metafield(),
                                channel.settings().uniqueIdentifier())))
                .chain(() -> connection.preparedQuery(BASELINE)
                        .execute(Tuple.of(channel.id(), channel.settings().identifier().metafield(),
                                channel.settings().uniqueIdentifier())))
                .replaceWithVoid();
    }

    /** Items that were there before begin anew when product sync is turned on again; those made here stay what they are. */
    Uni<Boolean> followsOthers(ConnectedChannel channel) {
        return pool.preparedQuery("select exists (select from followed_item where channel_id = $1 and not made)")
                .execute(Tuple.of(channel.id())).map(rows -> rows.iterator().next().getBoolean(0));
    }

    Uni<Void> forgetOthers(SqlClient connection, ConnectedChannel channel) {
        return connection.preparedQuery("delete from followed_item where channel_id = $1 and not made")
                .execute(Tuple.of(channel.id())).replaceWithVoid();
    }

    Uni<List<Followed>> due(ConnectedChannel channel, String after, int limit) {
        UniqueIdentifier identifier = channel.settings().identifier();
        String sku = filled(TillFields.sku(identifier));
        String code = filled(TillFields.code(identifier));
        String sql = DUE.replace("${sku before}", before(sku)).replace("${code before}", before(code)).replace("${sku}", sku)
                .replace("${code}", code);
        return pool.preparedQuery(sql).execute(Tuple.of(channel.id(), after, limit, identifier.metafield()))
                .map(rows -> rows.stream().map(FollowRepository::followed).toList());
    }

    /** The same, as it was last followed. */
    private static String before(String column) {
        return column.replace("v.sku", "f.sku").replace("v.barcode", "f.barcode").replace("(v.metafields ->> $4)",
                "f.metafield");
    }

    /** Blanks alone are no identifier. */
    private static String filled(String column) {
        return "case when identifier_key(" + column + ") is not null then " + column + " end";
    }

    /** The item is in step with what the store said then; what it has said since is still to follow. */
    Uni<Void> done(SqlClient connection, ConnectedChannel channel, Followed item) {
        return connection.preparedQuery(DONE).execute(Tuple.of(channel.id(), item.itemId(),
                channel.settings().identifier().metafield(), SqlTime.of(item.asOf()))).replaceWithVoid();
    }

    Uni<Void> failed(SqlClient connection, ConnectedChannel channel, Followed item, int failures, Duration gap) {
        return connection.preparedQuery("""
                update followed_item set failures = $3, retry_at = clock_timestamp() + $4 * interval '1 millisecond'
                where channel_id = $1 and item_id = $2
                """).execute(Tuple.of(channel.id(), item.itemId(), failures, gap.toMillis())).replaceWithVoid();
    }

    private static Followed followed(Row row) {
        return new Followed(row.getString("item_id"), row.getString("variant_id"), row.getBoolean("made"),
                row.getBoolean("grouped"),
                new Side(row.getString("store_name"), row.getString("store_sku"), row.getString("store_code"),
                        row.getBoolean("store_hidden")),
                new Side(row.getString("name"), row.getString("sku"), row.getString("code"), row.getBoolean("hidden")),
                new Changed(row.getBoolean("name_changed"), row.getBoolean("sku_changed"), row.getBoolean("code_changed"),
                        row.getBoolean("shown_changed")),
                row.getInteger("failures"), SqlTime.instant(row, "as_of"));
    }
}
