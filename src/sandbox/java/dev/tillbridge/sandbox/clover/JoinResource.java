package dev.tillbridge.sandbox.clover;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sandbox.http.VendorAnswer;

/**
 * {@code tag_items}, {@code category_items}, {@code tax_rate_items}, {@code item_modifier_groups}: POST
 * {@code {"elements":[{"tag":{"id"},"item":{"id"}}]}} joins, {@code ?delete=true} parts. Clover:
 * docs.clover.com/dev/reference/inventorycreateordeletetagitems.
 */
final class JoinResource implements Resource {

    private final String collection;
    private final String other;

    /**
     * @param collection that items are joined to, such as tags
     * @param other name of its member in an element, such as tag
     */
    JoinResource(String collection, String other) {
        this.collection = collection;
        this.other = other;
    }

    @Override
    public String permission() {
        return "INVENTORY";
    }

    @Override
    public String operation(Call call) {
        return call.rest().isEmpty() && call.method().equals("POST") ? "post" : null;
    }

    @Override
    public void mustExist(Call call) {
        // There is no id in the path.
    }

    @Override
    public VendorAnswer answer(Call call) {
        JsonNode elements = call.body().path("elements");
        if (!elements.isArray()) {
            throw CloverError.badRequest("elements is required");
        }
        ObjectStore store = call.merchant().collection(collection);
        List<Item> items = new java.util.ArrayList<>();
        for (JsonNode element : elements) {
            if (store.find(element.path(other).path("id").asText()) == null) {
                throw CloverError.invalidId();
            }
            items.add(call.merchant().items.get(element.path("item").path("id").asText()));
        }
        boolean parts = "true".equals(call.request().query().get("delete"));
        for (int i = 0; i < items.size(); i++) {
            String id = elements.get(i).path(other).path("id").asText();
            if (parts) {
                items.get(i).part(collection, id);
            } else {
                items.get(i).join(collection, id);
            }
            call.merchant().items.touched(items.get(i));
        }
        return VendorAnswer.json(200, "{}");
    }
}
