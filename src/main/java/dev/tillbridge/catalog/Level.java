package dev.tillbridge.catalog;

import java.time.Instant;

/**
 * How much of an inventory item is available at a location of the storefront.
 *
 * @param available whole units, may be negative; null where the storefront does not count it there
 * @param changedAt the storefront's time of the last change; null where the read does not tell it
 */
public record Level(String inventoryItemId, String locationId, Long available, Instant changedAt) {

    /** One whose time of change was not read. */
    public Level(String inventoryItemId, String locationId, Long available) {
        this(inventoryItemId, locationId, available, null);
    }
}
