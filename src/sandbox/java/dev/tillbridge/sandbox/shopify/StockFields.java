package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import dev.tillbridge.sandbox.behaviour.Switch;

/** Locations, inventory items, levels and quantities. */
final class StockFields {

    private static final Set<String> QUANTITIES = Set.of("available", "on_hand", "committed", "incoming", "reserved", "damaged",
            "safety_stock", "quality_control");

    private StockFields() {}

    static void add(FieldTable table) {
        table.type("QueryRoot", FieldTable.Root.class)
                .scoped("read_locations", "locations", (root, arguments, call) -> locations(arguments, call))
                .scoped("read_locations", "location", (root, arguments, call) -> arguments.text("id") == null
                        ? call.book().location(null)
                        : call.catalogue().location(arguments.text("id")).orElse(null))
                .scoped("read_inventory", "inventoryItem",
                        (root, arguments, call) -> call.catalogue().item(arguments.text("id")).orElse(null))
                .scoped("read_inventory", "inventoryItems",
                        (root, arguments, call) -> Listing.live(call.catalogue().variants(), Catalogue.ITEMS, ItemRow::new,
                                row -> row.variant().slot, Filters.items(call, "inventoryItems", arguments.text("query"))))
                .scoped("read_inventory", "inventoryLevel",
                        (root, arguments, call) -> call.catalogue().level(arguments.text("id")).orElse(null));
        addLocation(table.type("Location", LocationRow.class));
        addItem(table.type("InventoryItem", ItemRow.class));
        addLevel(table.type("InventoryLevel", LevelRow.class));
    }

    private static void addLocation(FieldTable.Of<LocationRow> type) {
        type.plain("id", row -> Catalogue.LOCATIONS.gid(row.slot))
                .plain("legacyResourceId", row -> Long.toString(Catalogue.LOCATIONS.id(row.slot)))
                .plain("name", row -> row.name).plain("isActive", row -> row.active)
                .plain("isPrimary", row -> row.slot == 0).plain("fulfillsOnlineOrders", row -> row.active)
                .plain("shipsInventory", row -> row.active).plain("hasActiveInventory", row -> row.active)
                .plain("address", row -> address()).plain("createdAt", row -> Timestamps.text(row.createdAt))
                .plain("updatedAt", row -> Timestamps.text(row.createdAt))
                .scoped("read_inventory", "inventoryLevel",
                        (row, arguments, call) -> call.catalogue().item(arguments.text("inventoryItemId"))
                                .map(item -> level(row, item.variant(), arguments)).orElse(null))
                .scoped("read_inventory", "inventoryLevels", (row, arguments, call) -> {
                    Predicate<LevelRow> filter = levelFilter(arguments, call);
                    return Listing.live(call.catalogue().variants(), Catalogue.ITEMS, each -> new LevelRow(row, each),
                            level -> level.variant().slot, filter);
                });
    }

    private static void addItem(FieldTable.Of<ItemRow> type) {
        type.plain("id", row -> Catalogue.ITEMS.gid(row.variant().slot))
                .plain("legacyResourceId", row -> Long.toString(Catalogue.ITEMS.id(row.variant().slot)))
                .plain("sku", row -> row.variant().sku).plain("tracked", row -> row.variant().tracked)
                .plain("requiresShipping", row -> row.variant().requiresShipping)
                .with("duplicateSkuCount", (row, arguments, call) -> duplicates(row.variant(), call))
                .plain("createdAt", row -> Timestamps.text(row.variant().createdAt))
                .plain("updatedAt", row -> Timestamps.text(row.variant().itemUpdatedAt)).plain("unitCost", row -> null)
                .plain("variant", ItemRow::variant)
                .plain("variants", row -> Listing.byId(List.of(row.variant()), each -> Catalogue.VARIANTS.id(each.slot)))
                .with("locationsCount", (row, arguments, call) -> Map.of("count", call.catalogue().locations().stream()
                        .filter(each -> each.stocked(row.variant().slot)).count(), "precision", "EXACT"))
                .with("inventoryLevel", (row, arguments, call) -> call.catalogue().location(arguments.text("locationId"))
                        .map(there -> level(there, row.variant(), arguments)).orElse(null))
                .with("inventoryLevels", (row, arguments, call) -> {
                    Predicate<LevelRow> filter = levelFilter(arguments, call);
                    List<LevelRow> levels = new ArrayList<>(2);
                    for (LocationRow each : call.catalogue().locations()) {
                        LevelRow level = new LevelRow(each, row.variant());
                        if (filter.test(level)) {
                            levels.add(level);
                        }
                    }
                    return Listing.byId(levels, level -> Catalogue.LEVELS.id(level.location().slot));
                });
    }

    private static void addLevel(FieldTable.Of<LevelRow> type) {
        type.plain("id", Catalogue::gid)
                .plain("isActive", row -> row.location().active && row.location().stocked(row.variant().slot))
                .plain("createdAt", row -> Timestamps.text(row.location().created(row.variant().slot)))
                .plain("updatedAt", row -> Timestamps.text(row.location().updated(row.variant().slot)))
                .plain("item", row -> new ItemRow(row.variant())).plain("location", LevelRow::location)
                .with("quantities", (row, arguments, call) -> quantities(row, arguments.list("names")));
    }

    /** {@code updatedAt} is filled for available, null for the others (rec). */
    private static List<Map<String, Object>> quantities(LevelRow level, List<?> names) {
        List<Map<String, Object>> quantities = new ArrayList<>(names.size());
        LocationRow location = level.location();
        int slot = level.variant().slot;
        for (Object each : names) {
            String name = each.toString();
            if (!QUANTITIES.contains(name)) {
                throw new ShopifyError("INVALID_FIELD_ARGUMENTS", "The specified quantity name \"" + name + "\" is invalid.");
            }
            Map<String, Object> quantity = new LinkedHashMap<>(6);
            quantity.put("id", "gid://shopify/InventoryQuantity/" + Catalogue.LEVELS.id(location.slot) + "?inventory_item_id="
                    + Catalogue.ITEMS.id(slot) + "&name=" + name);
            quantity.put("name", name);
            quantity.put("quantity", (int) location.quantity(slot, name));
            quantity.put("updatedAt", name.equals("available") ? Timestamps.text(location.updated(slot)) : null);
            quantities.add(quantity);
        }
        return quantities;
    }

    private static Predicate<LevelRow> levelFilter(Arguments arguments, Call call) {
        boolean inactive = arguments.flag("includeInactive");
        Predicate<LevelRow> there = row -> inactive
                ? row.location().known(row.variant().slot)
                : row.location().active && row.location().stocked(row.variant().slot);
        String query = arguments.text("query");
        return query == null
                ? there
                : there.and(Filters.levels(call, query, call.shop().lags(Switch.LEVEL_FILTER)));
    }

    private static LevelRow level(LocationRow location, VariantRow variant, Arguments arguments) {
        boolean visible = arguments.flag("includeInactive") ? location.known(variant.slot) : location.stocked(variant.slot);
        return visible ? new LevelRow(location, variant) : null;
    }

    /** Active ones only, unless told otherwise. */
    private static Listing<LocationRow> locations(Arguments arguments, Call call) {
        List<LocationRow> found = new ArrayList<>();
        for (LocationRow each : call.catalogue().locations()) {
            if (each.active || arguments.flag("includeInactive")) {
                found.add(each);
            }
        }
        boolean byId = "ID".equals(arguments.text("sortKey"));
        return Listing.sorted(found, row -> Catalogue.LOCATIONS.id(row.slot), row -> byId ? null : row.name);
    }

    private static long duplicates(VariantRow variant, Call call) {
        return variant.sku == null
                ? 0
                : call.catalogue().variants().stream()
                        .filter(each -> each != null && each != variant && variant.sku.equals(each.sku)).count();
    }

    private static Map<String, Object> address() {
        Map<String, Object> address = new LinkedHashMap<>();
        address.put("address1", "1 Main Street");
        address.put("address2", null);
        address.put("city", "Springfield");
        address.put("country", "United States");
        address.put("countryCode", "US");
        address.put("province", "Illinois");
        address.put("provinceCode", "IL");
        address.put("zip", "62701");
        address.put("phone", null);
        address.put("formatted", List.of("1 Main Street", "Springfield IL 62701", "United States"));
        return address;
    }
}
