package dev.tillbridge.shipment;

import java.time.Instant;
import java.util.List;

/**
 * Goods of an order that left the store, in one or more parcels.
 *
 * @param id the store's
 * @param name what the store calls it, such as {@code #1001-F1}
 * @param cancelled taken back since
 * @param parcels how each is followed; empty where nobody said
 */
public record Shipment(String id, String name, boolean cancelled, Instant createdAt, List<Parcel> parcels) {

    public Shipment {
        parcels = List.copyOf(parcels);
    }

    /** Each part is null where the store does not say it. */
    public record Parcel(String carrier, String number, String link) {}
}
