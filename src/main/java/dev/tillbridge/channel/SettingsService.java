package dev.tillbridge.channel;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

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

    private static final String UPDATE = """
                                         update channel
                                            set settings = $2, settings_version = settings_version + 1, updated_at = now(), version = version + 1
                                          where id = $1
                                         """;

    private final Pool pool;
    private final ChannelRepository channels;
    private final ChannelDirectory directory;
    private final SettingsChoices choices;
    private final ChannelEvents events;
    private final Rows rows;
    private final ObjectMapper json;
    private final DatabaseClock clock;
    private final SettingsPreviews previews;

    SettingsService(Pool pool, ChannelRepository channels, ChannelDirectory directory, SettingsChoices choices,
            ChannelEvents events, Rows rows, ObjectMapper json, DatabaseClock clock, SettingsPreviews previews) {
        this.pool = pool;
        this.channels = channels;
        this.directory = directory;
        this.choices = choices;
        this.events = events;
        this.rows = rows;
        this.json = json;
        this.clock = clock;
        this.previews = previews;
    }

    Uni<SettingsAnswer> get(UUID channelId, Caller caller) {
        return channels.get(pool, channelId).invoke(record -> caller.requireStore(record.channel().storeId()))
                .chain(record -> choices.mappings(record.channel(), record.channel().settings())
                        .chain(known -> answer(pool, record, known)));
    }

    /**
     * Replaces the settings; does nothing where they are the same.
     *
     * @param expectedVersion the version the sender has seen; null takes any
     */
    Uni<SettingsAnswer> replace(UUID channelId, ChannelSettings settings, Integer expectedVersion, Caller caller) {
        return mappings(channelId, settings, caller).chain(known -> pool
                .withTransaction(
                        connection -> write(connection, new Change(channelId, settings, known, expectedVersion, caller)))
                .invoke(record -> events.committed(record.channel().storeId()))
                .chain(record -> answer(pool, record, known)));
    }

    /** What {@link #replace} would do: it is done in a transaction that is then rolled back. */
    Uni<SettingsAnswer> preview(UUID channelId, ChannelSettings settings, Integer expectedVersion, Caller caller) {
        return mappings(channelId, settings, caller).chain(known -> pool.getConnection().chain(connection -> connection.begin()
                .chain(transaction -> channels.get(connection, channelId)
                        .chain(before -> write(connection, new Change(channelId, settings, known, expectedVersion, caller))
                                .chain(after -> answer(connection, after, known)
                                        .chain(answer -> previews.of(connection, before.channel(), after.channel())
                                                .map(answer::with))))
                        .eventually(transaction::rollback))
                .eventually(connection::close)));
    }

    /** @param known what mappings are picked from */
    private record Change(UUID channelId, ChannelSettings settings, MappingChoices known, Integer expectedVersion,
            Caller caller) {}

    /** Vendors are asked before the transaction begins. */
    private Uni<MappingChoices> mappings(UUID channelId, ChannelSettings settings, Caller caller) {
        return channel(channelId, caller).chain(channel -> choices.mappings(channel, settings));
    }

    /** Answers the channel as it is then. */
    private Uni<ChannelRecord> write(SqlConnection connection, Change change) {
        return channels.lock(connection, change.channelId())
                .chain(before -> Uni.combine().all()
                        .unis(directory.locations(before.channel().storeId()), clock.now()).asTuple()
                        .chain(read -> {
                            var circumstances = new Circumstances(before.channel().settings(), read.getItem1(),
                                    change.known(), before.terms(), read.getItem2());
                            check(change.settings(), circumstances);
                            return write(connection, before.channel(), resolved(change.settings(), circumstances),
                                    change.expectedVersion(), change.caller());
                        }))
                .chain(() -> channels.get(connection, change.channelId()));
    }

    private Uni<SettingsAnswer> answer(SqlClient connection, ChannelRecord record, MappingChoices known) {
        UUID storeId = record.channel().storeId();
        return channels.list(connection, storeId).chain(ofStore -> directory.locations(storeId)
                .map(locations -> new SettingsAnswer(record.channel().settings(),
                        SettingsWarnings.of(record, ofStore, locations, known), null, record.channel().settingsVersion())));
    }

    /** The store's active locations, and what mappings are picked from. */
    Uni<Choices> choices(UUID channelId, Caller caller) {
        return channel(channelId, caller).chain(channel -> Uni.combine().all()
                .unis(choices.locations(channel), choices.mappings(channel)).asTuple())
                .map(read -> new Choices(read.getItem1(), read.getItem2()));
    }

    record Choices(List<Location> locations, MappingChoices mappings) {}

    private Uni<ConnectedChannel> channel(UUID channelId, Caller caller) {
        return directory.channel(channelId).invoke(channel -> caller.requireStore(channel.storeId()));
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
