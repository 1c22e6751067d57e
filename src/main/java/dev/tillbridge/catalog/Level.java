package dev.tillbridge.catalog;

/**
 * How much of an inventory item is available at a location of the storefront.
 *
 * @param available whole units, may be negative; null where the storefront does not count it there
 */
public record Level(String inventoryItemId, String locationId, Long available) {}
