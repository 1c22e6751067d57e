package dev.tillbridge.sandbox.clover;

import java.util.List;

import dev.tillbridge.sandbox.behaviour.Behaviour;
import dev.tillbridge.sandbox.behaviour.Switch;
import dev.tillbridge.sandbox.http.VendorAnswer;

/**
 * {@code item_stocks} and {@code item_stocks/{itemId}}: absolute writes, no delta, no compare-and-set, no need to turn tracking
 * on before. Whether a write changes the item's modifiedTime is a switch. Clover: docs.clover.com/docs/querying-inventory.
 */
final class StockResource implements Resource {

    private final Behaviour behaviour;

    StockResource(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    @Override
    public String permission() {
        return "INVENTORY";
    }

    @Override
    public String operation(Call call) {
        if (call.rest().size() > 1 || (call.rest().isEmpty() && !call.reads())) {
            return null;
        }
        return switch (call.method()) {
            case "GET" -> call.rest().isEmpty() ? "list" : "get";
            case "POST" -> "post";
            case "PUT" -> "put";
            case "DELETE" -> "delete";
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
        if (call.rest().isEmpty()) {
            List<Item> found = items.query(ItemFields.OF_STOCKS, call.filters(), call.orderBy(), false);
            return ItemJson.list(call, ItemFields.OF_STOCKS.allowed(), out -> {
                for (Item item : call.page(found)) {
                    ItemJson.stock(out, item);
                }
            });
        }
        Item item = items.get(call.id());
        if (!call.reads()) {
            items.stock(item, call.method().equals("DELETE") ? null : ItemFields.quantity(call.body()),
                    behaviour.is(Switch.STOCK_WRITE_TOUCHES_ITEM, "yes"));
        }
        return ItemJson.answer(call, out -> ItemJson.stock(out, item));
    }
}
