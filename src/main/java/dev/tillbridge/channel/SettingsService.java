package dev.tillbridge.channel;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.access.Caller;
import dev.tillbridge.catalog.Location;
import dev.tillbridge.channel.ChannelEvents.Entry;
import dev.tillbridge.channel.SettingsRules.Broken;
import dev.tillbridge.channel.SettingsRules.Circumstances;
import dev.tillbridge.platform.DatabaseClock;
import dev.tillbridge.platform.ProblemCode;

/** Reads and replaces a channel's settings: whole, checked, journalled, and only over the version the sender has seen. */
@ApplicationScoped
class SettingsService {

    private static final Logger LOG = Logger.getLogger(SettingsService.class);
    private static final String UPDATE = """
                                         update channel
                                            set settings = $2, settings_version = settings_version + 1, updated_at = now(), version = version + 1
                                          where id = $1
                                         """;

    private final Pool pool;
    private final ChannelRepository channels;
    private final ChannelDirectory directory;
    private final ChannelEvents events;
    private final Rows rows;
    private final ObjectMapper json;
    private final DatabaseClock clock;
    private final SettingsPreviews previews;

    SettingsService(Pool pool, ChannelRepository channels, ChannelDirectory directory, ChannelEvents events, Rows rows,
            ObjectMapper json, DatabaseClock clock, SettingsPreviews previews) {
        this.pool = pool;
        this.channels = channels;
        this.directory = directory;
        this.events = events;
        this.rows = rows;
        this.json = json;
        this.clock = clock;
        this.previews = previews;
    }

    Uni<SettingsAnswer> get(UUID channelId, Caller caller) {
        return channels.get(pool, channelId).invoke(record -> caller.requireStore(record.channel().storeId()))
                .chain(record -> answer(pool, record));
    }

    /**
     * Replaces the settings; does nothing where they are the same.
     *
     * @param expectedVersion the version the sender has seen; null takes any
     */
    Uni<SettingsAnswer> replace(UUID channelId, ChannelSettings settings, Integer expectedVersion, Caller caller) {
        return pool.withTransaction(connection -> write(connection, channelId, settings, expectedVersion, caller)
                .chain(() -> channels.get(connection, channelId)))
                .invoke(record -> events.committed(record.channel().storeId()))
                .chain(record -> answer(pool, record));
    }

    /** What {@link #replace} would do: it is done in a transaction that is then rolled back. */
    Uni<SettingsAnswer> preview(UUID channelId, ChannelSettings settings, Integer expectedVersion, Caller caller) {
        return pool.getConnection().chain(connection -> connection.begin()
                .chain(transaction -> channels.get(connection, channelId)
                        .chain(before -> write(connection, channelId, settings, expectedVersion, caller)
                                .chain(() -> channels.get(connection, channelId))
                                .chain(after -> answer(connection, after)
                                        .chain(answer -> previews.of(connection, before.channel(), after.channel())
                                                .map(answer::with))))
                        .eventually(transaction::rollback))
                .eventually(connection::close));
    }

    private Uni<Void> write(SqlConnection connection, UUID channelId, ChannelSettings settings, Integer expectedVersion,
            Caller caller) {
        return channels.lock(connection, channelId)
                .invoke(before -> caller.requireStore(before.channel().storeId()))
                .chain(before -> Uni.combine().all()
                        .unis(directory.locations(before.channel().storeId()), clock.now()).asTuple()
                        .chain(known -> {
                            var circumstances = new Circumstances(before.channel().settings(), known.getItem1(),
                                    before.terms(), known.getItem2());
                            check(settings, circumstances);
                            return write(connection, before.channel(), resolved(settings, circumstances), expectedVersion,
                                    caller);
                        }));
    }

    private Uni<SettingsAnswer> answer(SqlClient connection, ChannelRecord record) {
        UUID storeId = record.channel().storeId();
        return channels.list(connection, storeId).chain(ofStore -> directory.locations(storeId)
                .map(locations -> new SettingsAnswer(record.channel().settings(),
                        SettingsWarnings.of(record, ofStore, locations), null, record.channel().settingsVersion())));
    }

    /** The store's active locations as the shop has them now, or as they were last read where it does not answer. */
    Uni<List<Location>> locations(UUID channelId, Caller caller) {
        return directory.channel(channelId).invoke(channel -> caller.requireStore(channel.storeId()))
                .chain(channel -> directory.shopConnection(channel.storeId())
                        .chain(shop -> directory.storefront().profile(shop))
                        .call(profile -> directory.saveLocations(channel.storeId(), profile.locations()))
                        .map(ShopProfile::locations)
                        .onFailure(ConnectorException.class).recoverWithUni(failure -> {
                            LOG.warnf("The locations of store %s are shown as they were last read: %s", channel.storeId(),
                                    failure.getMessage());
                            return directory.locations(channel.storeId());
                        }))
                .map(locations -> locations.stream().filter(Location::active).toList());
    }

    private Uni<Void> write(SqlConnection connection, ConnectedChannel channel, ChannelSettings settings,
            Integer expectedVersion,
            Caller caller) {
        if (expectedVersion != null && expectedVersion != channel.settingsVersion()) {
            throw ProblemCode.SETTINGS_CHANGED.problem("These settings have version " + channel.settingsVersion()
                    + " by now. GET them again, apply your change to what is there, and send it with the new ETag.");
        }
        var difference = SettingsDifference.of(channel.settings(), settings, json);
        if (difference.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return connection.preparedQuery(UPDATE).execute(Tuple.of(channel.id(), rows.stored(settings)))
                .chain(() -> events.write(connection, channel, new Entry("settings", "settings-changed", difference.before(),
                        difference.after(), "The settings were changed by a person"), caller));
    }

    /** What is left to the moment of turning order sync on is written down, so that it does not move with each saving. */
    private static ChannelSettings resolved(ChannelSettings settings, Circumstances known) {
        if (!settings.orderSync().enabled()) {
            return settings;
        }
        var before = known.before().orderSync();
        var now = known.now().truncatedTo(ChronoUnit.SECONDS);
        var from = before.enabled() && before.importFrom() != null ? before.importFrom() : now;
        var start = settings.orderSync().importFrom() == null ? from : settings.orderSync().importFrom();
        var turnedOn = before.enabled() && before.adjustStockFrom() != null ? before.adjustStockFrom() : now;
        var stockFrom = turnedOn.isBefore(start) ? start : turnedOn;
        return settings.withOrderSync(settings.orderSync().resolved(from, stockFrom, known.postingLocation(settings)));
    }

    private static void check(ChannelSettings settings, Circumstances known) {
        var broken = SettingsRules.broken(settings, known);
        if (broken.isEmpty()) {
            return;
        }
        var codes = broken.stream().map(Broken::code).distinct().toList();
        var code = codes.size() == 1 ? codes.get(0) : ProblemCode.VALIDATION_FAILED;
        throw code.problem("Nothing was changed. Correct the fields named in violations and send the settings again.",
                Map.of("violations", broken.stream().map(Broken::violation).toList()));
    }
}
