package dev.tillbridge.shopify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.Level;
import dev.tillbridge.channel.AdjustedLevels;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.channel.StockAdjustment;
import dev.tillbridge.platform.DatabaseClock;

/** Reads levels by id and changes them by differences. */
@Singleton
class ShopifyStock {

    /** The most an array argument holds (shopify.dev/docs/api/usage/limits). */
    private static final int MOST = 250;
    /** Locations read at the same time. */
    private static final int WIDTH = 4;

    private final ShopifyCalls calls;
    private final GraphqlDocuments documents;
    private final DatabaseClock clock;

    ShopifyStock(ShopifyCalls calls, GraphqlDocuments documents, DatabaseClock clock) {
        this.calls = calls;
        this.documents = documents;
        this.clock = clock;
    }

    Uni<List<Level>> levels(ShopConnection shop, List<String> itemIds, Collection<String> locationIds, Priority priority) {
        if (itemIds.size() > MOST) {
            return Uni.createFrom().failure(new IllegalArgumentException("At most " + MOST + " items at once"));
        }
        Map<String, Set<String>> byLocation = new LinkedHashMap<>();
        locationIds.forEach(location -> byLocation.put(location, new LinkedHashSet<>(itemIds)));
        return levels(shop, byLocation, priority);
    }

    Uni<AdjustedLevels> adjust(ShopConnection shop, StockAdjustment adjustment) {
        if (adjustment.changes().isEmpty() || adjustment.changes().size() > MOST) {
            return Uni.createFrom().failure(new IllegalArgumentException("An adjustment has 1 to " + MOST + " changes"));
        }
        return Uni.createFrom().deferred(() -> calls.call(shop, ShopifyOperation.STOCK_ADJUST,
                Map.of("idempotencyKey", adjustment.idempotencyKey(), "input", input(adjustment)), Priority.SALES))
                .chain(answer -> {
                    var payload = answer.as(Wire.Adjusted.class, ShopifyOperation.STOCK_ADJUST).inventoryAdjustQuantities();
                    if (payload == null) {
                        throw ShopifyFailures.invalid(ShopifyOperation.STOCK_ADJUST);
                    }
                    var refused = ShopifyFailures.judge(payload.userErrors(), ShopifyOperation.STOCK_ADJUST);
                    if (refused != null) {
                        throw refused;
                    }
                    return confirmed(shop, adjustment);
                });
    }

    private Uni<AdjustedLevels> confirmed(ShopConnection shop, StockAdjustment adjustment) {
        Map<String, Set<String>> touched = new LinkedHashMap<>();
        for (var change : adjustment.changes()) {
            touched.computeIfAbsent(change.locationId(), location -> new LinkedHashSet<>()).add(change.inventoryItemId());
        }
        return clock.now().chain(asOf -> levels(shop, touched, Priority.SALES).map(levels -> new AdjustedLevels(levels, asOf)))
                // The stock is changed: whoever asked must not take this for a refusal, but send the same again.
                .onFailure().transform(failure -> new ConnectorException.Transient("levels-not-read",
                        "The stock was adjusted, but the levels could not be read afterwards: " + failure.getMessage(), true,
                        failure));
    }

    private Uni<List<Level>> levels(ShopConnection shop, Map<String, Set<String>> byLocation, Priority priority) {
        return Multi.createFrom().iterable(byLocation.entrySet()).onItem()
                .transformToUni(entry -> levelsAt(shop, entry.getKey(), entry.getValue(), priority)).merge(WIDTH)
                .collect().in(ArrayList<Level>::new, List::addAll).map(List::copyOf);
    }

    /** One location at a time: 250 items with level and quantity are 750 points at most, where two locations might pass 1,000. */
    private Uni<List<Level>> levelsAt(ShopConnection shop, String locationId, Set<String> itemIds, Priority priority) {
        if (itemIds.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        var variables = new HashMap<String, Object>();
        variables.put("ids", itemIds.stream().map(id -> Gid.of("InventoryItem", id)).toList());
        variables.put("locationId", Gid.of("Location", locationId));
        return calls.call(shop, new ShopifyCalls.Call(ShopifyOperation.LEVELS_BY_ID,
                documents.text(ShopifyOperation.LEVELS_BY_ID), variables, priority, itemIds.size()))
                .map(answer -> {
                    var nodes = answer.as(Wire.LevelsById.class, ShopifyOperation.LEVELS_BY_ID).nodes();
                    if (nodes == null) {
                        throw ShopifyFailures.invalid(ShopifyOperation.LEVELS_BY_ID);
                    }
                    // An item that is gone comes as null; one that is not stocked there has no level.
                    return nodes.stream().filter(node -> node != null && node.id() != null)
                            .map(node -> new Level(Gid.number("InventoryItem", node.id()), locationId,
                                    node.inventoryLevel() == null
                                            ? null
                                            : CatalogMapper.available(node.inventoryLevel().quantities())))
                            .toList();
                });
    }

    private static Map<String, Object> input(StockAdjustment adjustment) {
        List<Map<String, Object>> changes = new ArrayList<>();
        for (var change : adjustment.changes()) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("delta", change.delta());
            entry.put("inventoryItemId", Gid.of("InventoryItem", change.inventoryItemId()));
            entry.put("locationId", Gid.of("Location", change.locationId()));
            // Required even to say that no comparison is wanted: differences need none.
            entry.put("changeFromQuantity", null);
            changes.add(entry);
        }
        var input = new LinkedHashMap<String, Object>();
        input.put("name", "available");
        input.put("reason", adjustment.reason());
        input.put("referenceDocumentUri", adjustment.reference());
        input.put("changes", changes);
        return input;
    }
}
