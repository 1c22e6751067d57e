package dev.tillbridge.shipment;

import java.time.Instant;
import java.util.List;

/** @param vendorTime the store's time when it answered the first page */
public record ShippedPage(List<ShippedOrder> orders, Instant vendorTime) {

    public ShippedPage {
        orders = List.copyOf(orders);
    }
}
