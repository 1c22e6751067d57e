package dev.tillbridge.order;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;

import dev.tillbridge.journal.Journal;
import dev.tillbridge.journal.JournalEntry;

/** Tells a sale's story in the journal, step by step: {@code order:<the till's order id>}. */
@ApplicationScoped
class SaleStory {

    private final Journal journal;

    SaleStory(Journal journal) {
        this.journal = journal;
    }

    /** A step that the engine took. */
    Uni<Void> step(SqlClient connection, SaleRow row, UUID run, String kind, String before, String after, String cause) {
        return journal.write(connection, new JournalEntry(row.storeId(), row.channelId(), row.subject(), kind, before, after,
                cause, run, JournalEntry.ENGINE));
    }

    /** A step that a person took. */
    Uni<Void> decided(SqlClient connection, SaleRow row, String kind, String before, String after, String cause,
            String actor) {
        return journal.write(connection, new JournalEntry(row.storeId(), row.channelId(), row.subject(), kind, before, after,
                cause, null, actor));
    }
}
