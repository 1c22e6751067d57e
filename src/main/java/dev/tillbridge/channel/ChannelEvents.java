package dev.tillbridge.channel;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;

import dev.tillbridge.access.Caller;
import dev.tillbridge.journal.Journal;
import dev.tillbridge.journal.JournalEntry;

/** What follows every change of a channel by a person: journal and a store that is due, in the same transaction; a wake-up after it. */
@ApplicationScoped
class ChannelEvents {

    private final Journal journal;
    private final StoreRepository stores;
    private final Event<ChannelChanged> changed;

    ChannelEvents(Journal journal, StoreRepository stores, Event<ChannelChanged> changed) {
        this.journal = journal;
        this.stores = stores;
        this.changed = changed;
    }

    Uni<Void> write(SqlClient connection, ConnectedChannel channel, Entry entry, Caller caller) {
        return write(connection, channel.storeId(), channel.id(), entry, caller);
    }

    Uni<Void> write(SqlClient connection, UUID storeId, UUID channelId, Entry entry, Caller caller) {
        return journal.write(connection, new JournalEntry(storeId, channelId, entry.subject(), entry.kind(), entry.before(),
                entry.after(), entry.cause(), null, caller.name()))
                .chain(() -> stores.wake(connection, storeId));
    }

    /** To be called once the transaction is committed. */
    void committed(UUID storeId) {
        changed.fire(new ChannelChanged(storeId));
    }

    /** What happened, as the journal shows it. */
    record Entry(String subject, String kind, String before, String after, String cause) {

        static Entry channel(String kind, Object before, Object after, String cause) {
            return new Entry("channel", kind, before == null ? null : before.toString(),
                    after == null ? null : after.toString(),
                    cause);
        }
    }
}
