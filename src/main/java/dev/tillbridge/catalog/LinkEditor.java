package dev.tillbridge.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.journal.Journal;
import dev.tillbridge.journal.JournalEntry;

/** Makes and removes links as persons want them, set-based, in the caller's transaction. */
@ApplicationScoped
class LinkEditor {

    private static final String CHECK = """
                                        select v.id, i.id, mine.item_id, other.variant_id, ${v}, ${i}, mine.drift
                                        from unnest($4::text[], $5::text[]) with ordinality as r (variant_id, item_id, position)
                                        left join variant v on v.store_id = $1 and v.id = r.variant_id and not v.gone and ($3::text is null or true)
                                        left join item i on i.channel_id = $2 and i.id = r.item_id and not i.gone
                                        left join link mine on mine.channel_id = $2 and mine.variant_id = r.variant_id
                                        left join link other on other.channel_id = $2 and other.item_id = r.item_id
                                        order by r.position
                                        """;

    // A person's link lifts their block; what was known of the item's stock and why there was no link holds no longer.
    static final String MAKE = """
                                       with made as (
                                         insert into link (channel_id, store_id, variant_id, item_id, origin, accepted_variant_key, accepted_item_key, created_by)
                                         select $2, $1, r.variant_id, r.item_id, $7, r.variant_key, r.item_key, $8
                                         from unnest($3::text[], $4::text[], $5::text[], $6::text[]) as r (variant_id, item_id, variant_key, item_key)
                                         on conflict do nothing
                                         returning variant_id, item_id),
                                       lifted as (
                                         delete from link_block b using made m
                                         where b.channel_id = $2 and b.variant_id = m.variant_id and b.item_id = m.item_id),
                                       unknown as (
                                         delete from till_stock t using made m where t.channel_id = $2 and t.item_id = m.item_id),
                                       linked as (
                                         delete from unlinked u using made m where u.channel_id = $2 and u.variant_id = m.variant_id)
                                       select variant_id from made
                                       """;

    private static final String CONFIRM = """
                                          update link l set drift = null, accepted_variant_key = r.variant_key, accepted_item_key = r.item_key
                                          from unnest($2::text[], $3::text[], $4::text[]) as r (variant_id, variant_key, item_key)
                                          where l.channel_id = $1 and l.variant_id = r.variant_id
                                          """;

    // A recount decided but not done is pointless, too; unless its adjustment is under way, whose outcome must be learnt.
    private static final String REMOVE = """
                                         with removed as (
                                           delete from link where channel_id = $1 and variant_id = $2 returning variant_id, item_id),
                                         refused as (
                                           insert into link_block (channel_id, variant_id, item_id, created_by)
                                           select $1, variant_id, item_id, $3 from removed on conflict do nothing),
                                         unknown as (
                                           delete from till_stock t using removed r where t.channel_id = $1 and t.item_id = r.item_id),
                                         pointless as (
                                           update recount c set status = 'SETTLED', settled_at = clock_timestamp(), resolution = 'VANISHED', settled_by = $3
                                           from removed r where c.channel_id = $1 and c.item_id = r.item_id and (c.status = 'OPEN' or c.status = 'SETTLING'
                                             and not (c.resolution = 'ADOPT' and exists (select 1 from stock_adjustment a
                                               where a.purpose = 'recount' and a.reference = c.id::text and a.status in ('READY', 'SENT'))))),
                                         said as (
                                           insert into unlinked (channel_id, variant_id, status, reason)
                                           select $1, variant_id, 'blocked', 'A person removed the link to item ' || item_id from removed
                                           on conflict (channel_id, variant_id) do update set status = excluded.status, reason = excluded.reason)
                                         select item_id from removed
                                         """;

    private final Journal journal;

    LinkEditor(Journal journal) {
        this.journal = journal;
    }

    /** @param origin {@code MANUAL} or {@code IMPORTED} */
    record Author(String name, String origin, Function<LinkEdit, String> cause) {}

    /** Judges what is wanted, no variant or item of it twice; where {@code make} is set, makes what can be made. Answers one verdict for each, in their order. */
    Uni<List<LinkEdit>> edit(SqlConnection connection, ConnectedChannel channel, List<LinkEdit> wanted, Author author,
            boolean make) {
        var identifier = UniqueIdentifier.parse(channel.settings().uniqueIdentifier()).orElse(UniqueIdentifier.SKU);
        String check = CHECK.replace("${v}", MatchSql.variantKey(identifier)).replace("${i}", MatchSql.itemKey(identifier));
        return connection.preparedQuery(check)
                .execute(Tuple.of(channel.storeId(), channel.id(), identifier.metafield(),
                        column(wanted, LinkEdit::variantId), column(wanted, LinkEdit::itemId)))
                .flatMap(rows -> {
                    var judged = new ArrayList<LinkEdit>();
                    Map<String, Row> found = new HashMap<>();
                    int at = 0;
                    for (Row row : rows) {
                        LinkEdit edit = judge(wanted.get(at++), row);
                        found.put(edit.variantId(), row);
                        judged.add(edit);
                    }
                    return make ? make(connection, channel, judged, found, author) : Uni.createFrom().item(judged);
                });
    }

    /** Removes a variant's link and leaves a block; answers the item's id, null where there was no link. */
    Uni<String> remove(SqlConnection connection, ConnectedChannel channel, String variantId, String actor) {
        return connection.preparedQuery(REMOVE).execute(Tuple.of(channel.id(), variantId, actor)).flatMap(rows -> {
            if (rows.size() == 0) {
                return Uni.createFrom().nullItem();
            }
            String itemId = rows.iterator().next().getString(0);
            return journal.write(connection, entry(channel, variantId, "link-removed", itemId, null,
                    "removed by a person; matching will not make it again", actor)).replaceWith(itemId);
        });
    }

    private static LinkEdit judge(LinkEdit wanted, Row row) {
        if (row.getString(0) == null) {
            return wanted.with(LinkEdit.Verdict.UNKNOWN, "The shop has no variant " + wanted.variantId());
        }
        if (row.getString(1) == null) {
            return wanted.with(LinkEdit.Verdict.UNKNOWN, "The till has no item " + wanted.itemId());
        }
        if (wanted.itemId().equals(row.getString(2))) {
            return wanted.with(LinkEdit.Verdict.UNCHANGED, row.getString(6));
        }
        if (row.getString(2) != null) {
            return wanted.with(LinkEdit.Verdict.CONFLICT, "The variant is linked to item " + row.getString(2));
        }
        if (row.getString(3) != null) {
            return wanted.with(LinkEdit.Verdict.CONFLICT, "The item is linked to variant " + row.getString(3));
        }
        return wanted.with(LinkEdit.Verdict.ADDED, null);
    }

    private Uni<List<LinkEdit>> make(SqlConnection connection, ConnectedChannel channel, List<LinkEdit> judged,
            Map<String, Row> found, Author author) {
        var adding = judged.stream().filter(edit -> edit.verdict() == LinkEdit.Verdict.ADDED).toList();
        var confirming = judged.stream().filter(edit -> edit.verdict() == LinkEdit.Verdict.UNCHANGED).toList();
        return connection.preparedQuery(MAKE)
                .execute(Tuple.of(channel.storeId(), channel.id())
                        .addArrayOfString(column(adding, LinkEdit::variantId))
                        .addArrayOfString(column(adding, LinkEdit::itemId))
                        .addArrayOfString(column(adding, edit -> found.get(edit.variantId()).getString(4)))
                        .addArrayOfString(column(adding, edit -> found.get(edit.variantId()).getString(5)))
                        .addString(author.origin()).addString(author.name()))
                .flatMap(rows -> {
                    Set<String> made = new HashSet<>();
                    rows.forEach(row -> made.add(row.getString(0)));
                    var outcome = judged.stream()
                            .map(edit -> edit.verdict() == LinkEdit.Verdict.ADDED && !made.contains(edit.variantId())
                                    ? edit.with(LinkEdit.Verdict.CONFLICT, "Variant or item was linked to another just now")
                                    : edit)
                            .toList();
                    var entries = new ArrayList<JournalEntry>();
                    outcome.stream().filter(edit -> edit.verdict() == LinkEdit.Verdict.ADDED)
                            .forEach(edit -> entries.add(entry(channel, edit.variantId(), "link-made", null, edit.itemId(),
                                    author.cause().apply(edit), author.name())));
                    confirming.stream().filter(edit -> edit.reason() != null)
                            .forEach(edit -> entries.add(entry(channel, edit.variantId(), "link-confirmed", edit.reason(),
                                    edit.itemId(), author.cause().apply(edit), author.name())));
                    return journal.write(connection, entries).replaceWith(outcome);
                })
                .call(() -> confirming.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : connection.preparedQuery(CONFIRM).execute(Tuple.of(channel.id(),
                                column(confirming, LinkEdit::variantId),
                                column(confirming, edit -> found.get(edit.variantId()).getString(4)),
                                column(confirming, edit -> found.get(edit.variantId()).getString(5)))));
    }

    private static JournalEntry entry(ConnectedChannel channel, String variantId, String kind, String before, String after,
            String cause, String actor) {
        return new JournalEntry(channel.storeId(), channel.id(), "link:" + variantId, kind, before, after, cause, null, actor);
    }

    private static String[] column(List<LinkEdit> edits, Function<LinkEdit, String> field) {
        return edits.stream().map(field).map(text -> text == null ? null : text.replace("\0", "")).toArray(String[]::new);
    }
}
