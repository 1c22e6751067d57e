package dev.tillbridge.shipment;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;

import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.journal.Journal;
import dev.tillbridge.journal.JournalEntry;
import dev.tillbridge.notification.Notice;
import dev.tillbridge.notification.NoticeKind;
import dev.tillbridge.notification.Notices;
import dev.tillbridge.shipment.NoteRepository.DueNote;

/** Tells of a note in the sale's story, and of one that could not be written by mail. */
@ApplicationScoped
class NoteStory {

    private final Journal journal;
    private final Notices notices;

    NoteStory(Journal journal, Notices notices) {
        this.journal = journal;
        this.notices = notices;
    }

    /** @param before our lines as they stood; empty where there were none */
    Uni<Void> written(SqlClient connection, ConnectedChannel channel, DueNote note, UUID run, String before, String after,
            String cause) {
        return step(connection, channel, note, run, "shipment-noted", said(before), said(after), cause);
    }

    Uni<Void> settled(SqlClient connection, ConnectedChannel channel, DueNote note) {
        return notices.resolve(connection, channel.id(), NoticeKind.SHIPMENT_FAILED, note.subject());
    }

    Uni<Void> failed(SqlClient connection, ConnectedChannel channel, DueNote note, UUID run, String problem) {
        return step(connection, channel, note, run, "shipment-not-noted", null, said(note.wanted()), problem)
                .chain(() -> notices.raise(connection, new Notice(channel.storeId(), channel.id(), NoticeKind.SHIPMENT_FAILED,
                        note.subject(), "The shipment of order " + note.posOrderId() + " is not in its note at the till",
                        problem,
                        "/api/v1/channels/" + channel.id() + "/orders/" + note.posOrderId())));
    }

    private Uni<Void> step(SqlClient connection, ConnectedChannel channel, DueNote note, UUID run, String kind, String before,
            String after, String cause) {
        return journal.write(connection, new JournalEntry(channel.storeId(), channel.id(), note.subject(), kind, before, after,
                cause, run, JournalEntry.ENGINE));
    }

    private static String said(String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
