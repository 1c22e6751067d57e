package dev.tillbridge.channel;

import java.time.Instant;
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
    private final SalesOutlook outlook;

    SettingsService(Pool pool, ChannelRepository channels, ChannelDirectory directory, SettingsChoices choices,
            ChannelEvents events, Rows rows, ObjectMapper json, DatabaseClock clock, SettingsPreviews previews,
            SalesOutlook outlook) {
        this.pool = pool;
        this.channels = channels;
        this.directory = directory;
        this.choices = choices;
        this.events = events;
        this.rows = rows;
        this.json = json;
        this.clock = clock;
        this.previews = previews;
        this.outlook = outlook;
    }

    Uni<SettingsAnswer> get(UUID channelId, Caller caller) {
        return known(channelId, null, caller).chain(known -> channels.get(pool, channelId)
                .chain(record -> answer(pool, record, known)));
    }

    /**
     * Replaces the settings; does nothing where they are the same.
     *
     * @param expectedVersion the version the sender has seen; null takes any
     */
    Uni<SettingsAnswer> replace(UUID channelId, ChannelSettings settings, Integer expectedVersion, Caller caller) {
        return known(channelId, settings, caller).chain(known -> pool
                .withTransaction(connection -> channels.lock(connection, channelId)
                        .chain(before -> change(connection, before, settings, expectedVersion, known)
                                .chain(difference -> tell(connection, before.channel(), difference, caller)))
                        .chain(() -> channels.get(connection, channelId)))
                .invoke(record -> events.committed(record.channel().storeId()))
                .chain(record -> answer(pool, record, known)));
    }

    /** What {@link #replace} would do: {@link SettingsPreviews} changes the settings and takes that back. */
    Uni<SettingsAnswer> preview(UUID channelId, ChannelSettings settings, Integer expectedVersion, Caller caller) {
        return known(channelId, settings, caller).chain(known -> channels.get(pool, channelId)
                .chain(before -> tried(before, settings, expectedVersion, known)
                        .chain(answer -> outlook.of(before.channel(), answer.settings(), known.now())
                                .map(sales -> answer.with(answer.preview().with(sales))))));
    }

    private Uni<SettingsAnswer> tried(ChannelRecord before, ChannelSettings settings, Integer expectedVersion, Known known) {
        return previews.of(before.channel(), settings,
                connection -> change(connection, before, settings, expectedVersion, known)
                        .chain(() -> channels.get(connection, before.channel().id()))
                        .chain(after -> answer(connection, after, known)
                                .map(answer -> new SettingsPreviews.Tried(after.channel(), answer))));
    }

    /** Read before any transaction begins: whoever holds a row and a connection must not wait for others, nor for vendors. */
    private record Known(List<Location> locations, Instant now, MappingChoices choices) {}

    /** @param settings whose mappings are looked up; null: those that are stored */
    private Uni<Known> known(UUID channelId, ChannelSettings settings, Caller caller) {
        return channel(channelId, caller).chain(channel -> Uni.combine().all()
                .unis(directory.locations(channel.storeId()), clock.now(),
                        choices.mappings(channel, settings == null ? channel.settings() : settings))
                .asTuple()).map(read -> new Known(read.getItem1(), read.getItem2(), read.getItem3()));
    }

    private Uni<SettingsDifference> change(SqlConnection connection, ChannelRecord before, ChannelSettings settings,
            Integer expectedVersion, Known known) {
        var channel = before.channel();
        if (expectedVersion != null && expectedVersion != channel.settingsVersion()) {
            throw ProblemCode.SETTINGS_CHANGED.problem("These settings have version " + channel.settingsVersion()
                    + " by now. GET them again, apply your change to what is there, and send it with the new ETag.");
        }
        var circumstances = new Circumstances(channel.settings(), known.locations(), known.choices(), before.terms(),
                known.now());
        check(settings, circumstances);
        var wanted = resolved(settings, circumstances);
        var difference = SettingsDifference.of(channel.settings(), wanted, json);
        return (difference.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection.preparedQuery(UPDATE).execute(Tuple.of(channel.id(), rows.stored(wanted))).replaceWithVoid())
                .replaceWith(difference);
    }

    private Uni<Void> tell(SqlConnection connection, ConnectedChannel channel, SettingsDifference difference, Caller caller) {
        return difference.isEmpty()
                ? Uni.createFrom().voidItem()
                : events.write(connection, channel, new Entry("settings", "settings-changed", difference.before(),
                        difference.after(), "The settings were changed by a person"), caller);
    }

    private Uni<SettingsAnswer> answer(SqlClient connection, ChannelRecord record, Known known) {
        return channels.list(connection, record.channel().storeId())
                .map(ofStore -> new SettingsAnswer(record.channel().settings(),
                        SettingsWarnings.of(record, ofStore, known.locations(), known.choices()), null,
                        record.channel().settingsVersion()));
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
