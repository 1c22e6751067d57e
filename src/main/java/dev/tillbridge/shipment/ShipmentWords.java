package dev.tillbridge.shipment;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.tillbridge.order.TillNote;

/** What the till's note says of an order's shipments: a line for each, in the words of a shop. */
final class ShipmentWords {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final String LINK = "https?://\\S+";

    private ShipmentWords() {}

    /**
     * How an order came about.
     *
     * @param handedOver whether it was made as handed over already: its first fulfilment is then Tillbridge's own
     * @param method what it is shipped by, in the till's words and the store's; null where nobody said
     * @param zone the store's
     * @param cancelledByUs whether Tillbridge cancels the order, because the till took the sale back
     */
    record Told(boolean handedOver, String method, ZoneId zone, boolean cancelledByUs) {}

    /**
     * A line for each shipment, oldest first, and one where the store cancelled the order; none where there is nothing to tell.
     * Our own shipment counts only once somebody said how it is followed.
     */
    static List<String> lines(ShippedOrder order, Told told) {
        List<Shipment> shipments = order.shipments();
        List<String> lines = new ArrayList<>();
        for (int place = 0; place < shipments.size(); place++) {
            Shipment shipment = shipments.get(place);
            boolean ours = told.handedOver() && place == 0;
            if (!ours || !shipment.parcels().isEmpty()) {
                lines.add(line(shipment, told));
            }
        }
        if (order.cancelled() && !told.cancelledByUs()) {
            lines.add(TillNote.MARK + "the order was cancelled in the store");
        }
        return lines;
    }

    /**
     * These lines in so many characters: without links if need be, and in the end without the oldest.
     *
     * @return empty where there is not even room for the last one
     */
    static Optional<List<String>> fitting(List<String> lines, int room) {
        if (length(lines) <= room) {
            return Optional.of(lines);
        }
        List<String> shorter = lines.stream().map(line -> line.replaceAll(LINK, "").replaceAll(" {2,}", " ").strip()).toList();
        for (int left = 0; left < shorter.size(); left++) {
            List<String> some = new ArrayList<>(shorter.subList(left, shorter.size()));
            if (left > 0) {
                some.add(0, TillNote.MARK + left + (left == 1 ? " earlier shipment is" : " earlier shipments are")
                        + " in the store alone");
            }
            if (length(some) <= room) {
                return Optional.of(some);
            }
        }
        return Optional.empty();
    }

    /** What an order is shipped by: the till's order type where it is mapped to the store's method, and the store's method. */
    static String method(String storeMethod, String mappedMethod, String orderType) {
        return storeMethod != null && storeMethod.equals(mappedMethod) && orderType != null
                && !orderType.equalsIgnoreCase(storeMethod) ? orderType + " (" + storeMethod + ")" : storeMethod;
    }

    private static String line(Shipment shipment, Told told) {
        String day = DAY.format(shipment.createdAt().atZone(told.zone()));
        if (shipment.cancelled()) {
            return plain(TillNote.MARK + "shipment " + shipment.name() + " of " + day + " was cancelled");
        }
        String parcels = shipment.parcels().stream().map(ShipmentWords::parcel).collect(Collectors.joining("; "));
        return plain(Stream.of(TillNote.MARK + "sent on " + day + " (" + shipment.name() + ")", told.method(),
                parcels.isEmpty() ? null : parcels).filter(Objects::nonNull).collect(Collectors.joining(", ")));
    }

    private static String parcel(Shipment.Parcel parcel) {
        return Stream.of(parcel.carrier(), parcel.number(), parcel.link()).filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
    }

    /** One line, whatever a person typed as a tracking number. */
    private static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    private static int length(List<String> lines) {
        return String.join("\n", lines).length();
    }
}
