package dev.tillbridge.sandbox.clover;

import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sandbox.behaviour.Behaviour;
import dev.tillbridge.sandbox.behaviour.Switch;
import dev.tillbridge.sandbox.http.VendorAnswer;

/**
 * {@code items} and {@code items/{id}}. POST on an item is a partial update, PUT needs its name; {@code DELETE
 * items?itemIds=a,b} deletes several. Clover: docs.clover.com/dev/reference/inventorygetitems and its neighbours.
 */
final class ItemResource implements Resource {

    private final Behaviour behaviour;

    ItemResource(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    @Override
    public String permission() {
        return "INVENTORY";
    }

    @Override
    public String operation(Call call) {
        if (call.rest().size() > 1) {
            return null;
        }
        boolean one = call.rest().size() == 1;
        return switch (call.method()) {
            case "GET" -> one ? "get" : "list";
            case "POST" -> one ? "post" : "create";
            case "PUT" -> one ? "put" : null;
            case "DELETE" -> one ? "delete" : "bulkDelete";
            default -> null;
        };
    }

    @Override
    public void mustExist(Call call) {
        if (!call.rest().isEmpty()) {
            call.merchant().items.get(call.id());
        }
    }

    @Override
    public VendorAnswer answer(Call call) {
        ItemBook items = call.merchant().items;
        return switch (operation(call)) {
            case "list" -> list(call);
            case "get" -> one(call, items.get(call.id()), call.expand());
            case "create" -> create(call);
            case "post" -> update(call, items.get(call.id()), false);
            case "put" -> update(call, items.get(call.id()), true);
            case "delete" -> {
                items.delete(items.get(call.id()));
                yield VendorAnswer.json(200, "{}");
            }
            default -> bulkDelete(call);
        };
    }

    private VendorAnswer list(Call call) {
        boolean deletedToo = behaviour.is(Switch.DELETED_ITEMS, "listed");
        List<Item> found = call.merchant().items.query(ItemFields.OF_ITEMS, call.filters(), call.orderBy(), deletedToo);
        Set<String> expand = call.expand();
        return ItemJson.list(call, ItemFields.OF_ITEMS.allowed(), out -> {
            for (Item item : call.page(found)) {
                ItemJson.item(out, call.merchant(), item, expand);
            }
        });
    }

    private static VendorAnswer create(Call call) {
        JsonNode body = call.body();
        ItemFields.check(body, true, true);
        return one(call, created(call.merchant(), body), Set.of());
    }

    static Item created(Merchant merchant, JsonNode body) {
        String group = body.path("itemGroup").path("id").textValue();
        if (group != null && merchant.collection("item_groups").find(group) == null) {
            throw CloverError.invalidId();
        }
        Item item = merchant.items.create(0);
        ItemFields.apply(item, body);
        // An item joins a group only at its creation. Clover: docs.clover.com/docs/managing-items-item-groups.
        item.itemGroup = group;
        VariantNames.rewrite(merchant, item);
        merchant.items.created(item);
        return item;
    }

    private static VendorAnswer update(Call call, Item item, boolean whole) {
        JsonNode body = call.body();
        ItemFields.check(body, whole, false);
        ItemFields.apply(item, body);
        VariantNames.rewrite(call.merchant(), item);
        call.merchant().items.touched(item);
        return one(call, item, Set.of());
    }

    private static VendorAnswer bulkDelete(Call call) {
        String ids = call.request().query().get("itemIds");
        if (ids == null || ids.isBlank()) {
            throw CloverError.badRequest("itemIds is required");
        }
        ItemBook items = call.merchant().items;
        List<Item> doomed = List.of(ids.split(",", -1)).stream().map(id -> items.get(id.trim())).toList();
        doomed.forEach(items::delete);
        return VendorAnswer.json(200, "{}");
    }

    private static VendorAnswer one(Call call, Item item, Set<String> expand) {
        return ItemJson.answer(call, out -> ItemJson.item(out, call.merchant(), item, expand));
    }
}
