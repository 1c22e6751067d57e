package dev.tillbridge.product;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.catalog.LinkMaker;
import dev.tillbridge.channel.NewItem;
import dev.tillbridge.channel.TillItem;
import dev.tillbridge.journal.Journal;
import dev.tillbridge.journal.JournalEntry;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.SqlTime;
import dev.tillbridge.product.Creation.Kind;

/** {@link CreationBook} in the database. */
@ApplicationScoped
class CreationRepository implements CreationBook {

    private static final String CREATIONS = """
                                            select * from till_creation where channel_id = $1 and product_id = $2 order by sent_at, id
                                            """;

    private static final String PUBLICATION = """
                                              select options_sent, category_sent, failures from product_publication
                                              where channel_id = $1 and product_id = $2
                                              """;

    // What looks like the item before it is made: by SKU, or by name where it has none.
    private static final String INTEND = """
                                         insert into till_creation (id, channel_id, product_id, kind, parent, subject, name, sku, code, price, option_ids, before)
                                         select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 || array(
                                           select i.id from item i where $4 = 'ITEM' and $5 = '' and i.channel_id = $2 and not i.gone
                                             and i.sku_key = identifier_key($8)
                                           union all
                                           select i.id from item i where $4 = 'ITEM' and $5 = '' and i.channel_id = $2 and not i.gone
                                             and identifier_key($8) is null and i.name = $7)
                                         on conflict do nothing
                                         returning *
                                         """;

    // $2: of each its options' ids, as arrays in an array.
    private static final String CHANGE_OPTIONS = """
                                                 update till_creation t
                                                 set option_ids = array(select jsonb_array_elements_text(n.ids)), options_joined = false
                                                 from rows from (unnest($1::uuid[]), jsonb_array_elements($2::jsonb)) as n (id, ids)
                                                 where t.id = n.id
                                                 """;

    // Items that had other options before say which.
    private static final String JOINED_OPTIONS = """
                                                 update till_creation t set options_joined = true, given_options = t.option_ids
                                                 from (select id, given_options from till_creation where id = any ($1::uuid[])) b
                                                 where t.id = b.id
                                                 returning t.till_id, ${b.given_options} as before, ${t.option_ids} as after
                                                 """.replace("${b.given_options}", names("b.given_options"))
            .replace("${t.option_ids}", names("t.option_ids"));

    private static final String OPENED = """
                                         insert into product_publication as p (channel_id, product_id, title, status) values ($1, $2, $3, 'OPEN')
                                         on conflict (channel_id, product_id) do update set status = 'OPEN', code = null, reason = null,
                                           retry_at = null
                                         where p.status <> 'OPEN'
                                         """;

    private static final String TAKEN = """
                                        select t.till_id from till_creation t where t.channel_id = $1 and t.till_id = any ($2::text[]) and t.id <> $4
                                        union
                                        select l.item_id from link l where l.channel_id = $1 and l.item_id = any ($2::text[]) and l.variant_id <> $3
                                        """;

    private static final String CONCLUDE = """
                                           insert into product_publication as p (channel_id, product_id, title, status, code, reason, left_out, category,
                                             failures, retry_at)
                                           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, clock_timestamp() + $10 * interval '1 millisecond')
                                           on conflict (channel_id, product_id) do update set title = excluded.title, status = excluded.status,
                                             code = excluded.code, reason = excluded.reason, left_out = excluded.left_out,
                                             category = coalesce(excluded.category, p.category), failures = excluded.failures,
                                             retry_at = excluded.retry_at, updated_at = clock_timestamp()
                                           """;

    private static final String FOLLOWED = """
                                           update till_creation t set options = o -> 'options' from jsonb_array_elements($3::jsonb) o
                                           where t.channel_id = $1 and t.product_id = $2 and t.kind = 'ITEM' and t.subject = o ->> 'id'
                                             and exists (select from link l where l.channel_id = $1 and l.variant_id = t.subject and l.item_id = t.till_id)
                                             and t.options is distinct from o -> 'options'
                                           """;

    /** Names of options, attribute by attribute; null for none. */
    private static String names(String ids) {
        return "(select string_agg(o.name, ' / ' order by a.sent_at, a.id) from till_creation o join till_creation a"
                + " on a.channel_id = o.channel_id and a.kind = 'ATTRIBUTE' and a.till_id = o.parent"
                + " where o.channel_id = t.channel_id and o.kind = 'OPTION' and o.till_id = any (" + ids + "))";
    }

    private final Pool pool;
    private final FencedTransactions transactions;
    private final LinkMaker links;
    private final Journal journal;
    private final ProductNotices notices;

    CreationRepository(Pool pool, FencedTransactions transactions, LinkMaker links, Journal journal, ProductNotices notices) {
        this.pool = pool;
        this.transactions = transactions;
        this.links = links;
        this.journal = journal;
        this.notices = notices;
    }

    @Override
    public Uni<Publication> load(Turn turn, String productId) {
        Tuple key = Tuple.of(turn.channel().id(), productId);
        return pool.preparedQuery(CREATIONS).execute(key)
                .map(rows -> rows.stream().map(CreationRepository::creation).toList())
                .chain(creations -> pool.preparedQuery(PUBLICATION).execute(key).map(rows -> {
                    if (rows.size() == 0) {
                        return Publication.NONE.with(creations);
                    }
                    Row row = rows.iterator().next();
                    return new Publication(creations, row.getBoolean("options_sent"), row.getBoolean("category_sent"),
                            row.getInteger("failures"));
                }));
    }

    @Override
    public Uni<Creation> intend(Turn turn, Creation creation) {
        NewItem item = creation.item();
        return write(turn, connection -> connection.preparedQuery(INTEND).execute(Tuple.from(new Object[]{ creation.id(),
                turn.channel().id(), creation.productId(), creation.kind().name(), creation.parent(), creation.subject(),
                creation.name(), item == null ? null : item.sku(), item == null ? null : item.code(),
                item == null ? null : item.price(), creation.optionIds().toArray(String[]::new),
                creation.before().toArray(String[]::new)}))
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().nullItem()
                        : opened(connection, turn, creation).replaceWith(creation(rows.iterator().next()))));
    }

    private static Uni<Void> opened(SqlConnection connection, Turn turn, Creation creation) {
        return creation.productId().isEmpty()
                ? Uni.createFrom().voidItem()
                : connection.preparedQuery(OPENED)
                        .execute(Tuple.of(turn.channel().id(), creation.productId(), creation.name())).replaceWithVoid();
    }

    @Override
    public Uni<Void> made(Turn turn, Creation creation, TillItem item, String cause) {
        return turn.pass().runId().chain(run -> write(turn, connection -> connection
                .preparedQuery("update till_creation set till_id = $2 where id = $1")
                .execute(Tuple.of(creation.id(), creation.tillId()))
                .chain(() -> creation.kind() == Kind.GROUP ? named(connection, turn, creation) : Uni.createFrom().voidItem())
                .chain(() -> journal.write(connection, entry(turn, creation, run, cause)))
                .chain(() -> item == null
                        ? Uni.createFrom().voidItem()
                        : links.link(connection, turn.channel(), creation.subject(), item.item(), item.asOf(), run, cause)
                                .replaceWithVoid())));
    }

    private static JournalEntry entry(Turn turn, Creation creation, UUID run, String cause) {
        String subject = creation.productId().isEmpty() ? "category:" + creation.name() : "product:" + creation.productId();
        return new JournalEntry(turn.channel().storeId(), turn.channel().id(), subject, word(creation.kind()) + "-made", null,
                creation.name() + " (" + creation.tillId() + ")", cause, run, JournalEntry.ENGINE);
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Uni<Void> withdrawn(Turn turn, Creation creation) {
        return write(turn, connection -> connection.preparedQuery("delete from till_creation where id = $1")
                .execute(Tuple.of(creation.id())).replaceWithVoid());
    }

    @Override
    public Uni<Void> joining(Turn turn, ProductFacts facts, boolean options) {
        return write(turn, connection -> connection.preparedQuery("""
                update product_publication set options_sent = options_sent or $3, category_sent = category_sent or not $3
                where channel_id = $1 and product_id = $2
                """).execute(Tuple.of(turn.channel().id(), facts.productId(), options)).replaceWithVoid());
    }

    @Override
    public Uni<Void> joinedOptions(Turn turn, List<Creation> items) {
        return turn.pass().runId().chain(run -> write(turn, connection -> connection.preparedQuery(JOINED_OPTIONS)
                .execute(Tuple.of(ids(items)))
                .chain(rows -> journal.write(connection, rows.stream()
                        .filter(row -> row.getString("before") != null
                                && !row.getString("before").equals(row.getString("after")))
                        .map(row -> new JournalEntry(turn.channel().storeId(), turn.channel().id(),
                                "item:" + row.getString("till_id"), "item-options-changed", row.getString("before"),
                                row.getString("after"), "The options of its variant were changed in the store", run,
                                JournalEntry.ENGINE))
                        .toList()))));
    }

    @Override
    public Uni<Void> joinedCategory(Turn turn, List<Creation> items) {
        return write(turn, connection -> connection
                .preparedQuery("update till_creation set category_joined = true where id = any ($1::uuid[])")
                .execute(Tuple.of(ids(items))).replaceWithVoid());
    }

    private static UUID[] ids(List<Creation> items) {
        return items.stream().map(Creation::id).toArray(UUID[]::new);
    }

    @Override
    public Uni<Void> renaming(Turn turn, Creation part) {
        return write(turn, connection -> connection
                .preparedQuery("update till_creation set subject = $2, renaming = true where id = $1")
                .execute(Tuple.of(part.id(), part.subject()))
                .chain(() -> opened(connection, turn, part)));
    }

    @Override
    public Uni<Void> renamed(Turn turn, Creation part, String before) {
        return turn.pass().runId().chain(run -> write(turn, connection -> connection
                .preparedQuery("update till_creation set name = $2, renaming = false where id = $1")
                .execute(Tuple.of(part.id(), part.name()))
                .chain(() -> part.kind() == Kind.GROUP ? named(connection, turn, part) : Uni.createFrom().voidItem())
                .chain(() -> part.name().equals(before)
                        ? Uni.createFrom().voidItem()
                        : journal.write(connection, new JournalEntry(turn.channel().storeId(), turn.channel().id(),
                                "product:" + part.productId(), word(part.kind()) + "-renamed", before, part.name(),
                                "It is called so in the store", run, JournalEntry.ENGINE)))));
    }

    private static Uni<Void> named(SqlConnection connection, Turn turn, Creation group) {
        return connection.preparedQuery(
                "update product_publication set group_name = $3 where channel_id = $1 and product_id = $2")
                .execute(Tuple.of(turn.channel().id(), group.productId(), group.name())).replaceWithVoid();
    }

    @Override
    public Uni<Void> changingOptions(Turn turn, List<Creation> items) {
        return write(turn, connection -> connection.preparedQuery(CHANGE_OPTIONS)
                .execute(Tuple.of(ids(items), new JsonArray(items.stream().map(Creation::optionIds).toList())))
                .chain(() -> opened(connection, turn, items.get(0))));
    }

    @Override
    public Uni<Set<String>> taken(Turn turn, Creation creation, Collection<String> tillIds) {
        return tillIds.isEmpty()
                ? Uni.createFrom().item(Set.of())
                : pool.preparedQuery(TAKEN)
                        .execute(Tuple.of(turn.channel().id(), tillIds.toArray(String[]::new), creation.subject(),
                                creation.id()))
                        .map(rows -> {
                            Set<String> taken = new HashSet<>();
                            rows.forEach(row -> taken.add(row.getString(0)));
                            return taken;
                        });
    }

    @Override
    public Uni<Duration> age(Turn turn, Creation creation) {
        return pool.preparedQuery("select (extract(epoch from clock_timestamp() - $1::timestamptz) * 1000)::bigint")
                .execute(Tuple.of(SqlTime.of(creation.sentAt())))
                .map(rows -> Duration.ofMillis(rows.iterator().next().getLong(0)));
    }

    @Override
    public Uni<Void> conclude(Turn turn, ProductFacts facts, Conclusion conclusion) {
        JsonArray leftOut = new JsonArray();
        conclusion.leftOut().forEach(left -> leftOut.add(new JsonObject().put("variantId", left.variantId())
                .put("code", left.code()).put("reason", left.reason())));
        return write(turn, connection -> connection.preparedQuery(CONCLUDE).execute(Tuple.from(new Object[]{
                turn.channel().id(), facts.productId(), facts.title() == null ? "" : facts.title(), conclusion.status().name(),
                conclusion.code(), conclusion.reason(), leftOut, facts.category(), conclusion.failures(),
                conclusion.retryIn() == null ? null : conclusion.retryIn().toMillis()}))
                .chain(() -> conclusion.status() == Conclusion.Status.DONE
                        ? followed(connection, turn, facts)
                        : Uni.createFrom().voidItem())
                .chain(() -> notices.concluded(connection, turn.channel(), facts, conclusion)));
    }

    /** What the store said of options is no news any more. */
    private static Uni<Void> followed(SqlConnection connection, Turn turn, ProductFacts facts) {
        JsonArray options = new JsonArray();
        facts.variants().forEach(variant -> {
            JsonArray its = new JsonArray();
            variant.options().forEach(each -> its.add(new JsonObject().put("name", each.name()).put("value", each.value())));
            options.add(new JsonObject().put("id", variant.id()).put("options", its));
        });
        return connection.preparedQuery(FOLLOWED).execute(Tuple.of(turn.channel().id(), facts.productId(), options))
                .replaceWithVoid();
    }

    private <T> Uni<T> write(Turn turn, Function<SqlConnection, Uni<T>> work) {
        return transactions.write(turn.pass().fence(), work);
    }

    private static Creation creation(Row row) {
        Kind kind = Kind.valueOf(row.getString("kind"));
        String parent = row.getString("parent");
        NewItem item = kind == Kind.ITEM
                ? new NewItem(row.getString("name"), row.getString("sku"), row.getString("code"), row.getLong("price"),
                        parent.isEmpty() ? null : parent)
                : null;
        return new Creation(row.getUUID("id"), row.getString("product_id"), kind, parent, row.getString("subject"),
                row.getString("name"), item, List.of(row.getArrayOfStrings("option_ids")),
                List.of(row.getArrayOfStrings("before")), row.getString("till_id"), row.getBoolean("options_joined"),
                row.getBoolean("category_joined"), row.getBoolean("renaming"), SqlTime.instant(row, "sent_at"));
    }
}
