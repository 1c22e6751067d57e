package dev.tillbridge.sandbox.clover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tillbridge.sandbox.http.VendorAnswer;

/**
 * {@code option_items}: gives items of a group their options, {@code ?delete=true} takes them away; the names of the items are
 * made anew. An option of another group is refused. Clover: docs.clover.com/docs/managing-items-item-groups.
 */
final class OptionItemResource implements Resource {

    private final JoinResource joining = new JoinResource("options", "option");

    @Override
    public String permission() {
        return joining.permission();
    }

    @Override
    public String operation(Call call) {
        return joining.operation(call);
    }

    @Override
    public void mustExist(Call call) {
        joining.mustExist(call);
    }

    @Override
    public VendorAnswer answer(Call call) {
        for (JsonNode element : call.body().path("elements")) {
            check(call.merchant(), element);
        }
        VendorAnswer answer = joining.answer(call);
        for (JsonNode element : call.body().path("elements")) {
            VariantNames.rewrite(call.merchant(), item(call.merchant(), element));
        }
        return answer;
    }

    private static void check(Merchant merchant, JsonNode element) {
        ObjectNode option = merchant.collection("options").find(element.path("option").path("id").asText());
        if (option == null) {
            throw CloverError.invalidId();
        }
        ObjectNode attribute = merchant.collection("attributes").find(VariantNames.attribute(option));
        String group = attribute.path("itemGroup").path("id").asText();
        if (!group.equals(item(merchant, element).itemGroup)) {
            throw CloverError.badRequest("The option does not belong to the item's group");
        }
    }

    private static Item item(Merchant merchant, JsonNode element) {
        return merchant.items.get(element.path("item").path("id").asText());
    }
}
