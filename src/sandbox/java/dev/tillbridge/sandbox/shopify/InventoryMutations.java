package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * inventorySetQuantities, inventoryAdjustQuantities, inventoryActivate. All or nothing: in every recorded refusal the whole
 * group was null. Texts and codes are recorded except where a comment says otherwise.
 */
final class InventoryMutations {

    /** The key of the {@code @idempotent} directive among the arguments, put there by the execution. */
    static final String KEY = "@idempotent";
    private static final List<String> REASONS = List.of("correction", "cycle_count_available", "damaged", "movement_canceled",
            "movement_created", "movement_received", "movement_updated", "other", "promotion", "quality_control", "received",
            "reservation_created", "reservation_deleted", "reservation_updated", "restock", "safety_stock", "shrinkage");
    private static final Set<String> SETTABLE = Set.of("available", "on_hand");
    private static final Set<String> ADJUSTABLE = Set.of("available", "damaged", "incoming", "quality_control", "reserved",
            "safety_stock");
    private static final long BOUND = 1_000_000_000;

    private InventoryMutations() {}

    static void add(FieldTable table) {
        table.type("Mutation", FieldTable.Root.class)
                .scoped("write_inventory", "inventorySetQuantities",
                        (root, arguments, call) -> once("inventorySetQuantities", arguments, call,
                                () -> set(arguments.object("input"), call)))
                .scoped("write_inventory", "inventoryAdjustQuantities",
                        (root, arguments, call) -> once("inventoryAdjustQuantities", arguments, call,
                                () -> adjust(arguments.object("input"), call)))
                .scoped("write_inventory", "inventoryActivate", (root, arguments, call) -> call.shop().keys().once(
                        call.grant().app(), arguments.text(KEY), "inventoryActivate", arguments.values(),
                        () -> activate(arguments, call), errors -> errors.payload("inventoryLevel", null)));
        table.type("InventoryAdjustmentGroup", AdjustmentGroup.class).plain("id", AdjustmentGroup::id)
                .plain("createdAt", group -> Timestamps.text(group.createdAt())).plain("reason", AdjustmentGroup::reason)
                .plain("referenceDocumentUri", AdjustmentGroup::document)
                .with("changes", (group, arguments, call) -> group.changes().stream()
                        .filter(change -> !arguments.given("quantityNames")
                                || arguments.list("quantityNames").contains(change.get("name")))
                        .toList());
    }

    /** The result of a set or adjustment. */
    record AdjustmentGroup(String id, long createdAt, String reason, String document, List<Map<String, Object>> changes) {}

    /** One checked change: {@code delta} of {@code quantity}. */
    private record Change(VariantRow variant, LocationRow location, String quantity, long delta, String ledger) {}

    private static Map<String, Object> once(String mutation, Arguments arguments, Call call,
            Supplier<Map<String, Object>> work) {
        String input = mutation.equals("inventorySetQuantities") ? "InventoryQuantityInput" : "InventoryChangeInput";
        String list = mutation.equals("inventorySetQuantities") ? "quantities" : "changes";
        if (arguments.text(KEY) != null) {
            for (Object each : arguments.object("input").list(list)) {
                if (!Arguments.of(each).given("changeFromQuantity")) {
                    throw new ShopifyError("INVALID_FIELD_ARGUMENTS",
                            input + " must include the following argument: changeFromQuantity.");
                }
            }
        }
        return call.shop().keys().once(call.grant().app(), arguments.text(KEY), mutation, arguments.values(), work,
                errors -> errors.payload("inventoryAdjustmentGroup", null));
    }

    private static Map<String, Object> set(Arguments input, Call call) {
        UserErrors errors = new UserErrors();
        String name = input.text("name");
        if (!SETTABLE.contains(name)) {
            // The text is not recorded.
            errors.add("INVALID_NAME", "The specified quantity name is invalid. Valid values are: available, on_hand.",
                    "input", "name");
        }
        checkReason(input, errors);
        List<Change> changes = new ArrayList<>();
        Set<LevelRow> seen = new HashSet<>();
        List<?> quantities = input.list("quantities");
        for (int i = 0; i < quantities.size(); i++) {
            Arguments entry = Arguments.of(quantities.get(i));
            LevelRow level = level(entry, errors, "quantities", i, call);
            long quantity = entry.integer("quantity");
            checkBounds(quantity, name.equals("on_hand"), errors, "quantities", i, "quantity");
            if (level == null) {
                continue;
            }
            if (!seen.add(level)) {
                errors.add("NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR",
                        "The combination of inventoryItemId and locationId must be unique.", "input", "quantities", i,
                        "locationId");
            }
            compare(entry, level, name, errors, "quantities", i);
            // Setting on_hand moves available by the same number (rec).
            changes.add(new Change(level.variant(), level.location(), "available",
                    quantity - level.location().quantity(level.variant().slot, name), null));
        }
        return errors.none() ? apply(changes, input, call) : errors.payload("inventoryAdjustmentGroup", null);
    }

    private static Map<String, Object> adjust(Arguments input, Call call) {
        UserErrors errors = new UserErrors();
        String name = input.text("name");
        if (!ADJUSTABLE.contains(name)) {
            // The text is not recorded.
            errors.add("INVALID_QUANTITY_NAME", "The specified quantity name is invalid. Valid values are: available,"
                    + " damaged, incoming, quality_control, reserved, safety_stock.", "input", "name");
        }
        checkReason(input, errors);
        List<Change> changes = new ArrayList<>();
        Map<LevelRow, Long> sums = new LinkedHashMap<>();
        List<?> given = input.list("changes");
        for (int i = 0; i < given.size(); i++) {
            Arguments entry = Arguments.of(given.get(i));
            LevelRow level = level(entry, errors, "changes", i, call);
            String ledger = entry.text("ledgerDocumentUri");
            if (ledger != null && name.equals("available")) {
                errors.add("INVALID_AVAILABLE_DOCUMENT",
                        "A ledger document URI is not allowed when adjusting available.", "input", "changes", i,
                        "ledgerDocumentUri");
            } else if (ledger == null && !name.equals("available")) {
                errors.add("INVALID_QUANTITY_DOCUMENT",
                        "A ledger document URI is required except when adjusting available.", "input", "changes", i,
                        "ledgerDocumentUri");
            }
            if (level == null || !ADJUSTABLE.contains(name)) {
                continue;
            }
            long delta = entry.integer("delta");
            compare(entry, level, name, errors, "changes", i);
            long result = sums.merge(level, delta, Long::sum)
                    + level.location().quantity(level.variant().slot, name);
            checkBounds(result, false, errors, "changes", i, "delta");
            changes.add(new Change(level.variant(), level.location(), name, delta, ledger));
        }
        return errors.none() ? apply(changes, input, call) : errors.payload("inventoryAdjustmentGroup", null);
    }

    /** A call that changes nothing has no group (rec). A change of a part of on_hand is told as a change of on_hand, too. */
    private static Map<String, Object> apply(List<Change> changes, Arguments input, Call call) {
        List<Map<String, Object>> told = new ArrayList<>();
        for (Change each : changes) {
            LocationRow location = each.location();
            int slot = each.variant().slot;
            boolean fresh = !location.stocked(slot);
            if (each.delta() != 0 || fresh) {
                call.book().setQuantity(each.variant(), location, each.quantity(),
                        (int) (location.quantity(slot, each.quantity()) + each.delta()));
            }
            if (each.delta() != 0) {
                told.add(told(each, each.quantity()));
                if (!each.quantity().equals("incoming")) {
                    told.add(told(each, "on_hand"));
                }
            }
        }
        AdjustmentGroup group = told.isEmpty()
                ? null
                : new AdjustmentGroup(call.shop().nextGroup(), call.shop().now(), input.text("reason"),
                        input.text("referenceDocumentUri"), told);
        return new UserErrors().payload("inventoryAdjustmentGroup", group);
    }

    private static Map<String, Object> told(Change change, String quantity) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("name", quantity);
        told.put("delta", (int) change.delta());
        told.put("quantityAfterChange", null);
        told.put("item", new ItemRow(change.variant()));
        told.put("location", change.location());
        told.put("ledgerDocumentUri", change.ledger());
        return told;
    }

    private static Map<String, Object> activate(Arguments arguments, Call call) {
        UserErrors errors = new UserErrors();
        VariantRow variant = call.catalogue().item(arguments.text("inventoryItemId")).map(ItemRow::variant).orElse(null);
        LocationRow location = call.catalogue().location(arguments.text("locationId")).orElse(null);
        if (variant == null) {
            errors.add(null, "The inventory item could not be found.", "inventoryItemId");
        }
        if (location == null || !location.active) {
            errors.add(null, "The location could not be found.", "locationId");
        }
        if (!errors.none()) {
            return errors.payload("inventoryLevel", null);
        }
        boolean known = location.known(variant.slot);
        call.book().places().activate(variant, location);
        Integer available = arguments.integer("available");
        if (available != null && !known) {
            call.book().setQuantity(variant, location, "available", available);
        }
        return errors.payload("inventoryLevel", new LevelRow(location, variant));
    }

    private static void checkReason(Arguments input, UserErrors errors) {
        if (!REASONS.contains(input.text("reason"))) {
            errors.add("INVALID_REASON",
                    "The specified reason is invalid. Valid values are: " + String.join(", ", REASONS) + ".", "input",
                    "reason");
        }
    }

    private static LevelRow level(Arguments entry, UserErrors errors, String list, int index, Call call) {
        VariantRow variant = call.catalogue().item(entry.text("inventoryItemId")).map(ItemRow::variant).orElse(null);
        LocationRow location = call.catalogue().location(entry.text("locationId")).orElse(null);
        if (variant == null) {
            errors.add("INVALID_INVENTORY_ITEM", "The specified inventory item could not be found.", "input", list, index,
                    "inventoryItemId");
        }
        if (location == null || !location.active) {
            errors.add("INVALID_LOCATION", "The specified location could not be found.", "input", list, index, "locationId");
            return null;
        }
        return variant == null ? null : new LevelRow(location, variant);
    }

    private static void compare(Arguments entry, LevelRow level, String name, UserErrors errors, String list, int index) {
        Integer expected = entry.integer("changeFromQuantity");
        if (expected != null && expected != level.location().quantity(level.variant().slot, name)) {
            errors.add("CHANGE_FROM_QUANTITY_STALE",
                    "The changeFromQuantity argument no longer matches the persisted quantity.", "input", list, index,
                    "changeFromQuantity");
        }
    }

    private static void checkBounds(long quantity, boolean noNegative, UserErrors errors, String list, int index,
            String field) {
        if (noNegative && quantity < 0) {
            errors.add("INVALID_QUANTITY_NEGATIVE", "The quantity can't be negative.", "input", list, index, field);
        } else if (quantity < -BOUND) {
            errors.add("INVALID_QUANTITY_TOO_LOW", "The quantity can't be lower than -1,000,000,000.", "input", list, index,
                    field);
        } else if (quantity > BOUND) {
            errors.add("INVALID_QUANTITY_TOO_HIGH", "The quantity can't be higher than 1,000,000,000.", "input", list, index,
                    field);
        }
    }
}
