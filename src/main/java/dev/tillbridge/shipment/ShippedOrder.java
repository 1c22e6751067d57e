package dev.tillbridge.shipment;

import java.time.Instant;
import java.util.List;

/**
 * An order of the store with what was sent of it.
 *
 * @param id the store's
 * @param updatedAt the store's time of its last change: of two readings the one with the later time is the newer
 * @param shippingMethod the title of its shipping line; null where it has none
 * @param shipments oldest first
 * @param whole whether these are all, with all their parcels; otherwise it is to be read by its id
 */
public record ShippedOrder(String id, Instant updatedAt, boolean cancelled, String shippingMethod, List<Shipment> shipments,
        boolean whole) {

    public ShippedOrder {
        shipments = List.copyOf(shipments);
    }
}
