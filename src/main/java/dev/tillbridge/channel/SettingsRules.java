package dev.tillbridge.channel;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import dev.tillbridge.catalog.Location;
import dev.tillbridge.catalog.UniqueIdentifier;
import dev.tillbridge.platform.ProblemCode;
import dev.tillbridge.platform.TextForms;
import dev.tillbridge.platform.Violation;
import dev.tillbridge.price.PriceTerms;

/** What settings must fulfil, whole: every wrong field is named at once. */
final class SettingsRules {

    private static final int MOST_SAFETY_STOCK = 1_000_000;
    private static final int MOST_RECIPIENTS = 20;
    private static final int LONGEST_TEXT = 100;
    private static final Duration LONGEST_RESERVATION = Duration.ofDays(30);
    private static final Pattern MAIL = Pattern
            .compile("[^\\s\\p{Cc}@,;<>\"]{1,64}@[^\\s\\p{Cc}@,;<>\"]{1,190}\\.[^\\s\\p{Cc}@,;<>\".]{2,63}");

    private static final Duration FURTHEST_BACK = Duration.ofDays(90);

    private final ChannelSettings settings;
    private final Circumstances known;
    private final List<Location> locations;
    private final List<Broken> broken = new ArrayList<>();

    private SettingsRules(ChannelSettings settings, Circumstances known) {
        this.settings = settings;
        this.known = known;
        this.locations = known.locations();
    }

    /**
     * What settings are judged by.
     *
     * @param before the settings that these replace
     * @param choices what mappings are picked from
     * @param terms what money means on both sides
     * @param now the database's time
     */
    record Circumstances(ChannelSettings before, List<Location> locations, MappingChoices choices, PriceTerms terms,
            Instant now) {

        /** The location sales are taken from where none is chosen: the one that was resolved before, else the primary one. */
        String postingLocation(ChannelSettings settings) {
            var chosen = settings.orderSync().postingLocationId();
            if (chosen != null) {
                return chosen;
            }
            var earlier = before.orderSync().enabled() ? before.orderSync().postingLocationId() : null;
            return earlier != null
                    ? earlier
                    : locations.stream().filter(Location::primary).map(Location::id).findFirst().orElse(null);
        }
    }

    /** The rules these settings break, in the order of the document; empty where they are right. */
    static List<Broken> broken(ChannelSettings settings, Circumstances known) {
        var rules = new SettingsRules(settings, known);
        rules.identifier();
        rules.orderSync();
        rules.shipmentSync();
        rules.inventorySync();
        rules.broken.addAll(PriceSettingsRules.broken(settings.priceSync(), known.terms()));
        rules.productSync();
        rules.notifications();
        return List.copyOf(rules.broken);
    }

    private void identifier() {
        if (UniqueIdentifier.parse(settings.uniqueIdentifier()).isEmpty()) {
            wrong("uniqueIdentifier", "must be " + UniqueIdentifier.FORMS);
        }
    }

    private void orderSync() {
        var orders = settings.orderSync();
        if (orders.enabled() && !known.terms().tillCurrency().equals(known.terms().storeCurrency())) {
            wrong("orderSync.enabled", "must be false: the till counts in " + known.terms().tillCurrency() + ", the store in "
                    + known.terms().storeCurrency() + ", and orders are not converted");
        }
        start(orders);
        text("orderSync.noteFormat", orders.noteFormat());
        text("orderSync.numberFormat", orders.numberFormat());
        var reservation = orders.unpaidReservation();
        if (reservation.isNegative() || reservation.compareTo(LONGEST_RESERVATION) > 0) {
            wrong("orderSync.unpaidReservation", "must be between PT0S and P30D");
        }
        var posting = orders.enabled() ? known.postingLocation(settings) : orders.postingLocationId();
        if (posting == null) {
            if (orders.enabled()) {
                wrong("orderSync.postingLocationId", "must name a location: the store has no primary one");
            }
            return;
        }
        location("orderSync.postingLocationId", posting);
        var selling = settings.inventorySync().sellingLocationIds();
        if (!selling.isEmpty() && !selling.contains(posting)) {
            wrong("orderSync.postingLocationId",
                    "must be one of inventorySync.sellingLocationIds: what is sold there must be counted there");
        }
    }

    /** Clover shows orders of the last 90 days only, and cuts what is older without a word (docs.clover.com, changelog July 2023). */
    private void start(ChannelSettings.OrderSync orders) {
        var from = orders.importFrom();
        var turnedOn = orders.enabled() && !known.before().orderSync().enabled();
        if (from != null && (turnedOn || !from.equals(known.before().orderSync().importFrom()))
                && from.isBefore(known.now().minus(FURTHEST_BACK))) {
            wrong("orderSync.importFrom", "may be 90 days back at most, because the till shows no older sales: not before "
                    + known.now().minus(FURTHEST_BACK).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1));
        }
        if (from != null && orders.adjustStockFrom() != null && orders.adjustStockFrom().isBefore(from)) {
            wrong("orderSync.adjustStockFrom",
                    "must not be before orderSync.importFrom: what is not imported touches no stock");
        }
    }

    private void text(String field, ChannelSettings.TextFormat format) {
        text(field + ".prefix", format.prefix());
        text(field + ".suffix", format.suffix());
    }

    private void text(String field, String text) {
        if (text.length() > LONGEST_TEXT) {
            wrong(field, "may have " + LONGEST_TEXT + " characters");
        }
        if (!TextForms.isReadable(text)) {
            wrong(field, TextForms.READABLE_MESSAGE);
        }
    }

    private void shipmentSync() {
        var methods = new HashSet<String>();
        var mappings = settings.shipmentSync().mappings();
        for (var index = 0; index < mappings.size(); index++) {
            var field = "shipmentSync.mappings[" + index + "]";
            var mapping = mappings.get(index);
            if (isBlank(mapping.channelMethod())) {
                wrong(field + ".channelMethod", "is missing");
            } else if (!methods.add(mapping.channelMethod())) {
                wrong(field + ".channelMethod", "is mapped twice");
            }
            if (isBlank(mapping.storeMethod())) {
                wrong(field + ".storeMethod", "is missing");
            }
            text(field + ".channelMethod", Objects.requireNonNullElse(mapping.channelMethod(), ""));
            text(field + ".storeMethod", Objects.requireNonNullElse(mapping.storeMethod(), ""));
            chosen(field, mapping);
        }
    }

    /**
     * An order type that is chosen now must be there; one that was chosen before, and has gone since, is a warning. So is a shipping
     * method that delivery profiles do not list: a shop has others besides (local delivery, apps), and an order takes any name.
     */
    private void chosen(String field, ChannelSettings.ShipmentSync.Mapping mapping) {
        var before = known.before().shipmentSync().mappings();
        if (isText(mapping.channelMethod()) && known.choices().lacksType(mapping.channelMethod())
                && before.stream().noneMatch(old -> mapping.channelMethod().equals(old.channelMethod()))) {
            wrong(field + ".channelMethod", "is no order type of the till; GET …/settings/choices lists them");
        }
    }

    private void inventorySync() {
        var inventory = settings.inventorySync();
        if (inventory.safetyStock() < 0 || inventory.safetyStock() > MOST_SAFETY_STOCK) {
            wrong("inventorySync.safetyStock", "must be between 0 and " + MOST_SAFETY_STOCK);
        }
        Set<String> seen = new HashSet<>();
        var selling = inventory.sellingLocationIds();
        for (var index = 0; index < selling.size(); index++) {
            var field = "inventorySync.sellingLocationIds[" + index + "]";
            if (!seen.add(selling.get(index))) {
                wrong(field, "is there twice");
            } else {
                location(field, selling.get(index));
            }
        }
    }

    private void productSync() {
        var inventory = settings.productSync().defaultInventory();
        if (inventory != null && (inventory < 0 || inventory > MOST_SAFETY_STOCK)) {
            wrong("productSync.defaultInventory", "must be between 0 and " + MOST_SAFETY_STOCK + ", or null");
        }
    }

    private void notifications() {
        var recipients = settings.notifications().recipients();
        if (recipients.size() > MOST_RECIPIENTS) {
            wrong("notifications.recipients", "may have " + MOST_RECIPIENTS + " addresses");
        }
        for (var index = 0; index < recipients.size(); index++) {
            if (!MAIL.matcher(recipients.get(index)).matches()) {
                wrong("notifications.recipients[" + index + "]", "is no mail address");
            }
        }
    }

    private void location(String field, String id) {
        var known = locations.stream().filter(location -> location.id().equals(id)).findFirst();
        if (known.isEmpty()) {
            broken.add(new Broken(ProblemCode.UNKNOWN_LOCATION, new Violation(field,
                    "is no location of the store; GET …/settings/choices lists them")));
        } else if (!known.get().active()) {
            wrong(field, "is a location that is not active in the store");
        }
    }

    private void wrong(String field, String message) {
        broken.add(new Broken(ProblemCode.VALIDATION_FAILED, new Violation(field, message)));
    }

    private static boolean isText(String text) {
        return !isBlank(text) && TextForms.isReadable(text);
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    /** A rule that is broken: under which code it is answered where it is the only kind, and where. */
    record Broken(ProblemCode code, Violation violation) {}
}
