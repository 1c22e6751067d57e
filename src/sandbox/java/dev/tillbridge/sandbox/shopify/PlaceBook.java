package dev.tillbridge.sandbox.shopify;

import java.time.Clock;

/** Where a shop's items are stocked, and the locations themselves; part of the {@link ShopifyBook}. */
final class PlaceBook {

    private final Clock clock;
    private final Catalogue catalogue;
    private final ShopEvents events;

    PlaceBook(Clock clock, Catalogue catalogue, ShopEvents events) {
        this.clock = clock;
        this.catalogue = catalogue;
        this.events = events;
    }

    LocationRow addLocation(String name) {
        LocationRow location = catalogue.addLocation(name, clock.millis());
        events.location(WebhookTopic.LOCATIONS_CREATE, location);
        return location;
    }

    /** Levels of a location that is not active any more do not count as stock that can be sold. */
    void change(LocationRow location, String name, boolean active) {
        if (location.active != active) {
            events.location(active ? WebhookTopic.LOCATIONS_ACTIVATE : WebhookTopic.LOCATIONS_DEACTIVATE, location);
        } else if (!location.name.equals(name)) {
            events.location(WebhookTopic.LOCATIONS_UPDATE, location);
        }
        location.name = name;
        location.active = active;
    }

    /** Stocks an item at a location, or activates its level again with its earlier quantity. */
    void activate(VariantRow variant, LocationRow location) {
        catalogue.changing(location, variant);
        connect(variant, location);
    }

    /** Stocks the item if it is not. */
    void connect(VariantRow variant, LocationRow location) {
        if (!location.stocked(variant.slot)) {
            events.level(WebhookTopic.INVENTORY_LEVELS_CONNECT, variant, location);
        }
        location.stock(variant.slot, clock.millis());
    }

    /** The item is no longer stocked at the location. */
    void deactivate(VariantRow variant, LocationRow location) {
        catalogue.changing(location, variant);
        if (location.stocked(variant.slot)) {
            events.level(WebhookTopic.INVENTORY_LEVELS_DISCONNECT, variant, location);
        }
        location.deactivate(variant.slot);
    }
}
