package dev.tillbridge.channel;

import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;

import dev.tillbridge.access.Caller;
import dev.tillbridge.access.CredentialVault;
import dev.tillbridge.channel.ChannelEvents.Entry;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.ProblemCode;

/**
 * Lists, renames, pauses, resumes and deletes channels. A change locks the row, so that what the journal calls "before"
 * is what was there.
 */
@ApplicationScoped
class ChannelService {

    private static final Logger LOG = Logger.getLogger(ChannelService.class);

    private final Pool pool;
    private final FencedTransactions transactions;
    private final ChannelRepository channels;
    private final CredentialVault vault;
    private final ChannelDirectory directory;
    private final ChannelEvents events;
    private final WaitingRuns waiting;

    ChannelService(Pool pool, FencedTransactions transactions, ChannelRepository channels, CredentialVault vault,
            ChannelDirectory directory, ChannelEvents events, WaitingRuns waiting) {
        this.pool = pool;
        this.transactions = transactions;
        this.channels = channels;
        this.vault = vault;
        this.directory = directory;
        this.events = events;
        this.waiting = waiting;
    }

    /** @param storeId the store whose channels are wanted; null: all the caller may see */
    Uni<List<ChannelRecord>> list(UUID storeId, Caller caller) {
        if (storeId != null) {
            caller.requireStore(storeId);
        }
        return channels.list(pool, storeId == null ? caller.storeLimit().orElse(null) : storeId);
    }

    Uni<ChannelRecord> get(UUID id, Caller caller) {
        return channels.get(pool, id).invoke(record -> caller.requireStore(record.channel().storeId()));
    }

    Uni<ChannelRecord> rename(UUID id, String name, Caller caller) {
        return change(id, caller, (connection, before) -> channels
                .taken(connection, before.storeId(), name, before.integration(), before.merchantId(), id)
                .invoke(taken -> {
                    if (taken.name()) {
                        throw ProblemCode.CHANNEL_NAME_TAKEN.problem(Conflicts.detail(ProblemCode.CHANNEL_NAME_TAKEN));
                    }
                })
                .replaceWith(new Change(Entry.channel("channel-renamed", before.name(), name, "The channel was renamed"),
                        () -> channels.rename(connection, id, name))));
    }

    /** Nothing is read from or written to the till until it is resumed. Does nothing where it is paused. */
    Uni<ChannelRecord> pause(UUID id, Caller caller) {
        return change(id, caller, (connection, before) -> Uni.createFrom().item(before.status() == ChannelStatus.PAUSED
                ? null
                : new Change(Entry.channel("channel-paused", before.status(), ChannelStatus.PAUSED, "Paused by a person"),
                        () -> channels.status(connection, id, ChannelStatus.PAUSED, "Paused by " + caller.name())
                                .chain(() -> waiting.cancelOfChannel(connection, id, "Paused by " + caller.name())))));
    }

    /** Does nothing where it is active; one whose token was refused is resumed by a new token only. */
    Uni<ChannelRecord> resume(UUID id, Caller caller) {
        return channels.get(pool, id).chain(record -> change(id, caller, (connection, before) -> switch (before.status()) {
            case CONNECTED, PERMISSIONS_MISSING -> Uni.createFrom().nullItem();
            case UNAUTHORIZED -> Uni.createFrom().failure(ProblemCode.CONFLICT.problem(
                    "The till no longer accepts this channel's token. Make a new one at the till and give it to the channel."));
            case PAUSED -> {
                var status = record.permissions().status();
                yield Uni.createFrom().item(new Change(
                        Entry.channel("channel-resumed", before.status(), status, "Resumed by a person"),
                        () -> channels.status(connection, id, status, null)));
            }
        }));
    }

    /** Its credentials and all that was read of the till go at once; its journal stays. */
    Uni<Void> delete(UUID id, Caller caller) {
        return get(id, caller).chain(record -> {
            var channel = record.channel();
            return connection(id).chain(till -> transactions
                    .alone(channel.storeId(), connection -> channels.lock(connection, id)
                            .chain(() -> vault.delete(connection, id))
                            .chain(() -> waiting.cancelOfChannel(connection, id, "The channel was deleted"))
                            .chain(() -> channels.delete(connection, id))
                            .chain(() -> events.write(connection, channel,
                                    Entry.channel("channel-deleted", channel.name(), null, "The channel was deleted"), caller)))
                    .invoke(() -> {
                        if (till != null) {
                            directory.pointOfSale(channel.integration()).forget(till);
                        }
                        events.committed(channel.storeId());
                    }));
        });
    }

    /** Credentials that no longer decrypt, because a key is lost, must not keep a channel from being deleted. */
    private Uni<TillConnection> connection(UUID id) {
        return directory.tillConnection(id).onFailure().recoverWithItem(failure -> {
            LOG.warnf("The credentials of channel %s cannot be read: %s", id, failure.getMessage());
            return null;
        });
    }

    private Uni<ChannelRecord> change(UUID id, Caller caller, BiFunction<SqlConnection, ConnectedChannel, Uni<Change>> decide) {
        return pool.withTransaction(connection -> channels.lock(connection, id)
                .invoke(record -> caller.requireStore(record.channel().storeId()))
                .chain(record -> decide.apply(connection, record.channel()).chain(change -> change == null
                        ? Uni.createFrom().voidItem()
                        : change.work().get()
                                .chain(() -> events.write(connection, record.channel(), change.entry(), caller))))
                .chain(() -> channels.get(connection, id)))
                .onFailure().transform(Conflicts::explain)
                .invoke(record -> events.committed(record.channel().storeId()));
    }

    private record Change(Entry entry, Supplier<Uni<Void>> work) {}
}
