package dev.tillbridge.sync.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.journal.Journal;
import dev.tillbridge.journal.JournalEntry;

/**
 * Tells the journal which changes a reconciliation found: under the difference's own subject, and for the stock and the
 * variants of the store under that of each item that follows them.
 */
@ApplicationScoped
class ReconcileJournal {

    private static final String KIND = "reconciled";

    private static final String FOLLOWERS = """
            with told as materialized (
              select * from unnest($2::text[], $3::text[], $4::int[]) as t (variant, item, position)),
            changed as materialized (
              select t.position, v.id from told t join variant v on v.store_id = $1 and v.id = t.variant
              union all
              select t.position, v.id from told t join variant v on v.store_id = $1 and v.inventory_item_id = t.item)
            select d.position, l.channel_id, l.variant_id, l.item_id from changed d
            join channel c on c.store_id = $1
            join link l on l.channel_id = c.id and l.variant_id = d.id
            """;

    private static final String LEVEL = "level:";
    private static final String VARIANT = "variant:";

    private final Journal journal;

    ReconcileJournal(Journal journal) {
        this.journal = journal;
    }

    Uni<Void> told(SqlClient connection, UUID storeId, List<Difference> differences) {
        if (differences.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<JournalEntry> entries = new ArrayList<>();
        List<Difference> followed = new ArrayList<>();
        for (Difference difference : differences) {
            boolean stores = difference.ownerId().equals(storeId);
            entries.add(entry(storeId, stores ? null : difference.ownerId(), difference.subject(), difference));
            if (difference.subject().startsWith(LEVEL) || difference.subject().startsWith(VARIANT)) {
                followed.add(difference);
            }
        }
        return (followed.isEmpty() ? Uni.createFrom().item(List.<JournalEntry>of()) : followers(connection, storeId, followed))
                .invoke(entries::addAll).chain(() -> journal.write(connection, entries));
    }

    private Uni<List<JournalEntry>> followers(SqlClient connection, UUID storeId, List<Difference> followed) {
        Integer[] positions = new Integer[followed.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = i;
        }
        return connection.preparedQuery(FOLLOWERS)
                .execute(Tuple.of(storeId, followed.stream().map(each -> id(each, VARIANT)).toArray(String[]::new),
                        followed.stream().map(each -> id(each, LEVEL)).toArray(String[]::new), positions))
                .map(rows -> rows.stream().map(row -> {
                    Difference difference = followed.get(row.getInteger("position"));
                    String subject = difference.subject().startsWith(LEVEL)
                            ? "stock:" + row.getString("item_id")
                            : "link:" + row.getString("variant_id");
                    return entry(storeId, row.getUUID("channel_id"), subject, difference);
                }).toList());
    }

    /** Null where it is about something else. */
    private static String id(Difference difference, String about) {
        return difference.subject().startsWith(about)
                ? difference.subject().substring(about.length()).replaceFirst("@.*$", "")
                : null;
    }

    private static JournalEntry entry(UUID storeId, UUID channelId, String subject, Difference difference) {
        return new JournalEntry(storeId, channelId, subject, KIND, difference.stored(), difference.found(),
                "Found by a reconciliation: " + difference.verdict().detail(), null, JournalEntry.ENGINE);
    }
}
