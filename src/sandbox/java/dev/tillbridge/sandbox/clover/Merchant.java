package dev.tillbridge.sandbox.clover;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** A merchant with all that is his. */
final class Merchant {

    final String id;
    /** us, eu or la; us also stands for Clover's own sandbox. */
    final String region;
    final long createdTime;
    final ItemBook items;
    final SaleBook sales;
    final CloverEvents events;
    String name;
    String currency = "USD";
    String timezone = "America/New_York";
    boolean vat;
    boolean trackStock = true;
    boolean updateStock = true;
    private final CloverIds ids;
    private final LongSupplier wholeSeconds;
    private final Map<String, ObjectStore> collections = new LinkedHashMap<>();

    Merchant(String id, String region, String name, CloverIds ids, LongSupplier wholeSeconds, SaleBook sales,
            CloverEvents events) {
        this.id = id;
        this.region = region;
        this.name = name;
        this.createdTime = wholeSeconds.getAsLong();
        this.items = new ItemBook(ids, wholeSeconds, (itemId, change) -> events.item(id, itemId, change));
        this.sales = sales;
        this.events = events;
        sales.tells((objectId, type) -> events.tell(id, objectId, type), events::wake);
        this.ids = ids;
        this.wholeSeconds = wholeSeconds;
    }

    /** A collection by the name it has in addresses; empty at first. */
    ObjectStore collection(String collectionName) {
        return collections.computeIfAbsent(collectionName, unused -> new ObjectStore(ids, wholeSeconds));
    }
}
