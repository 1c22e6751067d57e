package dev.tillbridge.channel;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
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

    SettingsService(Pool pool, ChannelRepository channels, ChannelDirectory directory, SettingsChoices choices,
            ChannelEvents events, Rows rows, ObjectMapper json, DatabaseClock clock) {
        this.pool = pool;
        this.channels = channels;
        this.directory = directory;
        this.choices = choices;
        this.events = events;
        this.rows = rows;
        this.json = json;
        this.clock = clock;
    }

    /** Settings with the version they have, and what is to be said of them. */
    record Shown(ConnectedChannel channel, List<Warning> warnings) {}

    Uni<Shown> get(UUID channelId, Caller caller) {
        return channel(channelId, caller).chain(channel -> choices.mappings(channel, channel.settings())
                .map(known -> shown(channel, known)));
    }

    /**
     * Replaces the settings; does nothing where they are the same.
     *
     * @param expectedVersion the version the sender has seen; null takes any
     */
    Uni<Shown> replace(UUID channelId, ChannelSettings settings, Integer expectedVersion, Caller caller) {
        return channel(channelId, caller)
                // Vendors are asked before the transaction begins.
                .chain(channel -> Uni.combine().all().unis(directory.locations(channel.storeId()), clock.now(),
                        choices.mappings(channel, settings)).asTuple())
                .chain(known -> pool.withTransaction(connection -> channels.lock(connection, channelId)
                        .chain(before -> {
                            var circumstances = new Circumstances(before.channel().settings(), known.getItem1(),
                                    known.getItem3(), before.merchant().currency(), before.storeCurrency(),
                                    known.getItem2());
                            check(settings, circumstances);
                            return write(connection, before.channel(), resolved(settings, circumstances), expectedVersion,
                                    caller);
                        }))
                        .chain(() -> directory.channel(channelId))
                        .invoke(channel -> events.committed(channel.storeId()))
                        .map(channel -> shown(channel, known.getItem3())));
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

    private static Shown shown(ConnectedChannel channel, MappingChoices known) {
        var settings = channel.settings();
        var warnings = new ArrayList<>(known.warnings(settings.shipmentSync()));
        if (settings.shipmentSync().enabled() && !settings.orderSync().enabled()) {
            warnings.add(new Warning("shipments-without-orders", "Shipments are kept in step, but sales do not become orders"
                    + " of the store, so only those imported before have any. Turn orderSync on, or shipmentSync off."));
        }
        return new Shown(channel, List.copyOf(warnings));
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
