package dev.tillbridge.journal;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** Writes the journal: always in the transaction of the change it tells of, so that neither stands without the other. */
@ApplicationScoped
public class Journal {

    private static final String INSERT = """
                                         insert into journal (store_id, channel_id, subject, kind, before, after, cause, run_id, actor)
                                         select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::text[])
                                         """;

    public Uni<Void> write(SqlClient connection, JournalEntry entry) {
        return write(connection, List.of(entry));
    }

    public Uni<Void> write(SqlClient connection, List<JournalEntry> entries) {
        if (entries.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return connection.preparedQuery(INSERT).execute(Tuple.from(List.of(
                uuids(entries, JournalEntry::storeId), uuids(entries, JournalEntry::channelId),
                texts(entries, JournalEntry::subject), texts(entries, JournalEntry::kind),
                texts(entries, JournalEntry::before), texts(entries, JournalEntry::after),
                texts(entries, JournalEntry::cause), uuids(entries, JournalEntry::runId),
                texts(entries, JournalEntry::actor)))).replaceWithVoid();
    }

    private static UUID[] uuids(List<JournalEntry> entries, Function<JournalEntry, UUID> field) {
        return entries.stream().map(field).toArray(UUID[]::new);
    }

    private static String[] texts(List<JournalEntry> entries, Function<JournalEntry, String> field) {
        return entries.stream().map(field).toArray(String[]::new);
    }
}
