package dev.tillbridge.channel;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

import dev.tillbridge.access.Caller;
import dev.tillbridge.access.CredentialVault;
import dev.tillbridge.channel.ChannelEvents.Entry;
import dev.tillbridge.platform.ProblemCode;
import dev.tillbridge.platform.Secret;
import dev.tillbridge.platform.Violation;

/** Connects tills and tries their tokens. The till is asked before anything is written, never within a transaction. */
@ApplicationScoped
class ChannelConnector {

    private static final UUID NOBODY = new UUID(0, 0);

    private final Pool pool;
    private final ChannelRepository channels;
    private final CredentialVault vault;
    private final ChannelDirectory directory;
    private final ChannelEvents events;

    ChannelConnector(Pool pool, ChannelRepository channels, CredentialVault vault, ChannelDirectory directory,
            ChannelEvents events) {
        this.pool = pool;
        this.channels = channels;
        this.vault = vault;
        this.directory = directory;
        this.events = events;
    }

    Uni<ChannelRecord> connect(NewChannel channel, Caller caller) {
        caller.requireStore(channel.storeId());
        var till = till(channel.integration(), channel.region(), channel.merchantId());
        return directory.store(channel.storeId())
                .onFailure(NotConnectedException.class).transform(unknown -> invalid("storeId", "is no connected store"))
                .chain(store -> requireFree(channel))
                .chain(() -> probe(till, channel.connection()))
                .chain(probe -> {
                    var id = UUID.randomUUID();
                    return pool.withTransaction(connection -> channels.insert(connection, id, channel, probe)
                            .chain(() -> vault.replace(connection, id, Map.of(Credentials.TOKEN, channel.token())))
                            .chain(() -> events.write(connection, channel.storeId(), id,
                                    Entry.channel("channel-connected", null,
                                            channel.name() + " (" + channel.integration() + " " + channel.merchantId() + ")",
                                            "The channel was connected"),
                                    caller))
                            .chain(() -> channels.get(connection, id)));
                })
                .onFailure().transform(Conflicts::explain)
                .invoke(record -> events.committed(channel.storeId()));
    }

    /** Tries a token that connects nothing yet, told permission by permission. */
    Multi<TillFinding> tryOut(String integration, TillConnection connection) {
        return till(integration, connection.region(), connection.merchantId()).findings(connection)
                .onFailure(ChannelConnector::refused).transform(ChannelConnector::unauthorized);
    }

    /** A new token for the same merchant; it is tried first. It resumes a channel whose old one was refused. */
    Uni<ChannelRecord> replaceToken(UUID id, Secret token, Caller caller) {
        return channels.get(pool, id).invoke(before -> caller.requireStore(before.channel().storeId())).chain(before -> {
            var channel = before.channel();
            var connection = new TillConnection(channel.region(), channel.merchantId(), token);
            return probe(directory.pointOfSale(channel.integration()), connection)
                    .chain(probe -> save(before, probe, "token-replaced", "A new token was given",
                            Map.of(Credentials.TOKEN, token), caller));
        });
    }

    /** Tries the token it has. One that is refused stops the channel; one that works again resumes it, unless a person paused it. */
    Uni<ChannelRecord> check(UUID id, Caller caller) {
        return channels.get(pool, id).invoke(before -> caller.requireStore(before.channel().storeId()))
                .chain(before -> directory.tillConnection(id)
                        .chain(till -> directory.pointOfSale(before.channel().integration()).probe(till))
                        .chain(probe -> save(before, probe, "channel-checked", "The token was tried by a person", Map.of(),
                                caller))
                        .onFailure(ConnectorException.Unauthorized.class)
                        .recoverWithUni(refused -> directory.unauthorized(id, refused.getMessage())
                                .chain(() -> channels.get(pool, id))));
    }

    private Uni<ChannelRecord> save(ChannelRecord before, TillProbe probe, String kind, String cause, Map<String, Secret> kept,
            Caller caller) {
        var channel = before.channel();
        return pool.withTransaction(connection -> channels.lock(connection, channel.id())
                .chain(() -> kept.isEmpty() ? Uni.createFrom().voidItem() : vault.replace(connection, channel.id(), kept))
                .chain(() -> channels.probed(connection, channel.id(), probe))
                .chain(() -> channels.get(connection, channel.id()))
                .call(after -> events.write(connection, channel, Entry.channel(kind, standing(before), standing(after), cause),
                        caller)))
                .invoke(after -> events.committed(channel.storeId()));
    }

    private static String standing(ChannelRecord record) {
        var missing = record.permissions().missing();
        return record.channel().status() + (missing.isEmpty() ? "" : " without " + String.join(", ", missing));
    }

    private Uni<Void> requireFree(NewChannel channel) {
        return channels.taken(pool, channel.storeId(), channel.name(), channel.integration(), channel.merchantId(), NOBODY)
                .invoke(taken -> {
                    if (taken.merchant()) {
                        throw ProblemCode.MERCHANT_ALREADY_CONNECTED
                                .problem(Conflicts.detail(ProblemCode.MERCHANT_ALREADY_CONNECTED));
                    }
                    if (taken.name()) {
                        throw ProblemCode.CHANNEL_NAME_TAKEN.problem(Conflicts.detail(ProblemCode.CHANNEL_NAME_TAKEN));
                    }
                }).replaceWithVoid();
    }

    /** The integration the channel names, if its fields have that integration's form. */
    private PointOfSale till(String key, String region, String merchantId) {
        var integration = directory.integrations().stream()
                .filter(known -> known.kind().equals("till") && known.key().equals(key)).findFirst()
                .orElseThrow(() -> invalid("integration", "is none of those GET /api/v1/integrations lists"));
        integration.fields().stream()
                .filter(field -> field.name().equals("region") && !field.choices().contains(region))
                .findFirst().ifPresent(field -> {
                    throw invalid("region", "must be one of " + String.join(", ", field.choices()));
                });
        var till = directory.pointOfSale(key);
        if (!till.isMerchantId(merchantId)) {
            throw ProblemCode.MERCHANT_ID_MALFORMED.problem("A merchant id is the 13 letters and digits in the address of the"
                    + " merchant's dashboard, such as 3D19QN31ANYR5.",
                    Map.of("violations", List.of(new Violation("merchantId", "has not the form of a merchant id"))));
        }
        return till;
    }

    private static Uni<TillProbe> probe(PointOfSale till, TillConnection connection) {
        return till.probe(connection).onFailure(ChannelConnector::refused).transform(ChannelConnector::unauthorized);
    }

    private static boolean refused(Throwable failure) {
        return failure instanceof ConnectorException.Unauthorized || failure instanceof ConnectorException.Rejected;
    }

    private static Throwable unauthorized(Throwable refused) {
        return ProblemCode.TILL_UNAUTHORIZED.problem(refused.getMessage() + " Nothing was changed.");
    }

    private static RuntimeException invalid(String field, String message) {
        return ProblemCode.VALIDATION_FAILED.problem(
                "Nothing was changed. Correct the fields named in violations and send it again.",
                Map.of("violations", List.of(new Violation(field, message))));
    }
}
