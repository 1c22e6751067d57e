package dev.tillbridge.sandbox.clover;

import dev.tillbridge.sandbox.http.VendorAnswer;

/** {@code item_groups}: groups of variants. Clover: docs.clover.com/dev/reference/inventorygetitemgroups and its neighbours. */
final class GroupResource implements Resource {

    private static final String NAME = "item_groups";

    private final StoreResource kept = new StoreResource(NAME, "INVENTORY", java.util.Set.of("GET", "POST", "DELETE"),
            "Item group not found", "id", "name");

    @Override
    public String permission() {
        return kept.permission();
    }

    @Override
    public String operation(Call call) {
        return call.rest().size() > 1 ? null : kept.operation(call);
    }

    @Override
    public void mustExist(Call call) {
        kept.mustExist(call);
    }

    @Override
    public VendorAnswer answer(Call call) {
        if (call.method().equals("POST")) {
            NamedNode.check(call.body(), call.rest().isEmpty());
        }
        VendorAnswer answer = kept.answer(call);
        if (call.method().equals("POST") && !call.rest().isEmpty()) {
            VariantNames.rewrite(call.merchant(), item -> call.id().equals(item.itemGroup));
        }
        return answer;
    }
}
