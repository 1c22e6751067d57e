package dev.tillbridge.sandbox.clover;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An inventory item with its stock. Clover: docs.clover.com/dev/reference/inventorygetitem; names, types and lengths of
 * com.clover.sdk.v3.inventory.Item.
 */
final class Item {

    final String id;
    /** Position in the order of creation. */
    final long number;
    final long createdTime;
    String name;
    String alternateName;
    String code;
    String sku;
    /** Minor units. */
    long price;
    String priceType = "FIXED";
    String unitName;
    long cost;
    String colorCode;
    String itemGroup;
    boolean hidden;
    boolean available = true;
    boolean autoManage;
    boolean defaultTaxRates = true;
    boolean isRevenue = true;
    /** Epoch milliseconds, whole seconds. */
    long modifiedTime;
    /** 0 unless deleted. */
    long deletedTime;
    /** Null until first set. */
    BigDecimal quantity;
    long stockModifiedTime;
    /** Ids of what is joined to it by collection: tags, categories, taxRates, modifierGroups. Empty for most. */
    private Map<String, List<String>> joined = Map.of();

    Item(String id, long number, long createdTime) {
        this.id = id;
        this.number = number;
        this.createdTime = createdTime;
        this.modifiedTime = createdTime;
    }

    boolean deleted() {
        return deletedTime != 0;
    }

    List<String> joined(String collection) {
        return joined.getOrDefault(collection, List.of());
    }

    void join(String collection, String other) {
        if (joined.isEmpty()) {
            joined = new HashMap<>();
        }
        List<String> ids = joined.computeIfAbsent(collection, unused -> new ArrayList<>());
        if (!ids.contains(other)) {
            ids.add(other);
        }
    }

    void part(String collection, String other) {
        if (!joined(collection).isEmpty()) {
            joined.get(collection).remove(other);
        }
    }
}
