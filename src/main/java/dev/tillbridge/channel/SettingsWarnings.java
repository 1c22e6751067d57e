package dev.tillbridge.channel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.tillbridge.catalog.Location;
import dev.tillbridge.channel.ChannelSettings.OnRecount;

/** What contradicts itself in settings that are right by themselves: said when they are saved, the first of them on the channel, too. */
final class SettingsWarnings {

    private SettingsWarnings() {}

    /**
     * @param changed the channel, with the settings in question
     * @param ofStore all channels of its store, itself among them or not
     * @param locations those of the store
     * @param known what mappings are picked from
     */
    static List<Warning> of(ChannelRecord changed, List<ChannelRecord> ofStore, List<Location> locations,
            MappingChoices known) {
        var settings = changed.channel().settings();
        var warnings = new ArrayList<Warning>(known.warnings(settings.shipmentSync()));
        if (settings.shipmentSync().enabled() && !settings.orderSync().enabled()) {
            warnings.add(new Warning("shipments-without-orders", "Shipments are kept in step, but sales do not become orders"
                    + " of the store, so only those imported before have any. Turn the orders on, or the shipments off."));
        }
        if (settings.inventorySync().enabled()) {
            stock(changed, ofStore, locations, warnings);
        }
        return List.copyOf(warnings);
    }

    private static void stock(ChannelRecord changed, List<ChannelRecord> ofStore, List<Location> locations,
            List<Warning> warnings) {
        var settings = changed.channel().settings();
        salesLikeRecounts(settings).ifPresent(warnings::add);
        trackStock(changed).ifPresent(warnings::add);
        shared(changed, ofStore, locations).ifPresent(warnings::add);
    }

    static Optional<Warning> salesLikeRecounts(ChannelSettings settings) {
        boolean likely = settings.inventorySync().enabled() && !settings.orderSync().enabled()
                && settings.inventorySync().onRecount() != OnRecount.ADOPT;
        return likely
                ? Optional.of(new Warning("sales-look-like-recounts",
                        "Stock is kept in step without order sync, so every sale at the till"
                                + " looks like a recount. Let counts at the till be adopted (onRecount): the store's stock then follows the till's sales."))
                : Optional.empty();
    }

    static Optional<Warning> trackStock(ChannelRecord record) {
        return record.merchant().trackStock()
                ? Optional.empty()
                : Optional.of(new Warning("track-stock-off",
                        "The till does not count stock. Turn stock tracking on in its inventory settings, or its quantities mean nothing."));
    }

    /** Two tills that show the same last unit both sell it before either hears of the other. */
    private static Optional<Warning> shared(ChannelRecord changed, List<ChannelRecord> ofStore,
            List<Location> locations) {
        Set<String> own = selling(changed, locations);
        String others = ofStore.stream().filter(other -> !other.channel().id().equals(changed.channel().id()))
                .filter(other -> other.channel().settings().inventorySync().enabled())
                .filter(other -> holdsNothingBack(changed) || holdsNothingBack(other))
                .filter(other -> selling(other, locations).stream().anyMatch(own::contains))
                .map(other -> other.channel().name()).collect(Collectors.joining(", "));
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(new Warning("location-shared",
                        "The channel " + others
                                + " sells from the same location, and no safety stock is held back on at least one side:"
                                + " both can sell the last unit within the same seconds. Hold a safety stock of 1 or more back on each."));
    }

    private static boolean holdsNothingBack(ChannelRecord record) {
        return record.channel().settings().inventorySync().safetyStock() == 0;
    }

    private static Set<String> selling(ChannelRecord record, List<Location> locations) {
        var inventory = record.channel().settings().inventorySync();
        return inventory.sellsFromAllLocations()
                ? locations.stream().filter(Location::active).map(Location::id).collect(Collectors.toSet())
                : new HashSet<>(inventory.sellingLocationIds());
    }
}
