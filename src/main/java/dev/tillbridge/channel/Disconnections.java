package dev.tillbridge.channel;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.journal.Journal;
import dev.tillbridge.journal.JournalEntry;

/** Stops what no longer accepts its credentials, and says so in the journal. What a person paused stays paused. */
@ApplicationScoped
class Disconnections {

    /** A person's pause outlives the credentials: the reason goes on a second line of it, and a resume finds out by itself. */
    private static final String AFTER = """
                                        case status when 'PAUSED' then 'PAUSED' else 'UNAUTHORIZED' end as after,
                                        case status when 'PAUSED' then concat_ws(E'\\n', split_part(status_reason, E'\\n', 1), $2::text)
                                          else $2::text end as reason""";
    private static final String STOP_CHANNEL = """
                                               update channel set status = before.after, status_reason = before.reason, updated_at = now(), version = channel.version + 1
                                                 from (select id, status, status_reason, %s from channel where id = $1 for update) before
                                                where channel.id = before.id and before.status <> 'UNAUTHORIZED'
                                                  and (before.status, channel.status_reason) is distinct from (before.after, before.reason)
                                               returning store_id, before.status, before.after
                                               """.formatted(AFTER);
    private static final String STOP_STORE = """
                                             update store set status = before.after, status_reason = before.reason, updated_at = now(), version = store.version + 1
                                               from (select id, status, status_reason, %s from store where id = $1 for update) before
                                              where store.id = before.id and before.status <> 'UNAUTHORIZED'
                                                and (before.status, store.status_reason) is distinct from (before.after, before.reason)
                                             returning store.id as store_id, before.status, before.after
                                             """.formatted(AFTER);

    private static final String UNINSTALL_STORE = """
                                                  update store set status = 'PAUSED', status_reason = $2, updated_at = now(), version = store.version + 1
                                                    from (select id, status, status_reason from store where id = $1 for update) before
                                                   where store.id = before.id and (before.status, before.status_reason) is distinct from ('PAUSED', $2::text)
                                                  returning store.id as store_id, before.status, store.status as after
                                                  """;

    private final Pool pool;
    private final Journal journal;
    private final WaitingRuns waiting;
    private final StoreRepository stores;
    private final Event<StoreChanged> storeChanged;
    private final Event<ChannelChanged> channelChanged;

    Disconnections(Pool pool, Journal journal, WaitingRuns waiting, StoreRepository stores,
            Event<StoreChanged> storeChanged,
            Event<ChannelChanged> channelChanged) {
        this.pool = pool;
        this.journal = journal;
        this.waiting = waiting;
        this.stores = stores;
        this.storeChanged = storeChanged;
        this.channelChanged = channelChanged;
    }

    Uni<Void> channel(UUID channelId, String reason) {
        return stop(STOP_CHANNEL, channelId, channelId, "channel", reason)
                .invoke(storeId -> {
                    if (storeId != null) {
                        channelChanged.fire(new ChannelChanged(storeId));
                    }
                }).replaceWithVoid();
    }

    Uni<Void> store(UUID storeId, String reason) {
        return stop(STOP_STORE, storeId, null, "store", reason)
                .invoke(stopped -> {
                    if (stopped != null) {
                        storeChanged.fire(new StoreChanged(stopped));
                    }
                }).replaceWithVoid();
    }

    /** What was paused so is resumed by new credentials; until then nothing is asked of the shop. */
    Uni<Void> uninstalled(UUID storeId, String reason) {
        return stop(UNINSTALL_STORE, storeId, null, "store", reason)
                .invoke(stopped -> {
                    if (stopped != null) {
                        storeChanged.fire(new StoreChanged(stopped));
                    }
                }).replaceWithVoid();
    }

    /** The store's id, or null where nothing had to be stopped. */
    private Uni<UUID> stop(String sql, UUID id, UUID channelId, String subject, String reason) {
        return pool.withTransaction(connection -> connection.preparedQuery(sql).execute(Tuple.of(id, reason)).chain(stopped -> {
            if (stopped.rowCount() == 0) {
                return Uni.createFrom().nullItem();
            }
            var row = stopped.iterator().next();
            var storeId = row.getUUID("store_id");
            return journal.write(connection, new JournalEntry(storeId, channelId, subject, "status-changed",
                    row.getString("status"), row.getString("after"), reason, null, JournalEntry.ENGINE))
                    .chain(() -> channelId == null
                            ? waiting.cancelOfStore(connection, storeId, reason)
                            : waiting.cancelOfChannel(connection, channelId, reason))
                    // Not always on the replica that holds the store.
                    .chain(() -> stores.wake(connection, storeId))
                    .replaceWith(storeId);
        }));
    }
}
