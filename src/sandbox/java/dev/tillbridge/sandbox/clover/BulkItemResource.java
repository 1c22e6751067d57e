package dev.tillbridge.sandbox.clover;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sandbox.http.VendorAnswer;

/**
 * {@code bulk_items}: POST creates, PUT changes the fields sent; all or nothing, at most 2,500. Clover:
 * docs.clover.com/dev/changelog/clover-api-updates-march-2026 for PUT; POST is held to the same, its limit is not documented.
 * The answer's form is not documented either: the usual envelope.
 */
final class BulkItemResource implements Resource {

    static final int MOST = 2_500;

    @Override
    public String permission() {
        return "INVENTORY";
    }

    @Override
    public String operation(Call call) {
        return call.rest().isEmpty() && (call.method().equals("POST") || call.method().equals("PUT"))
                ? call.method().equals("POST") ? "post" : "put"
                : null;
    }

    @Override
    public void mustExist(Call call) {
        // There is no id in the path.
    }

    @Override
    public VendorAnswer answer(Call call) {
        JsonNode bodies = call.body().path("items");
        if (!bodies.isArray() || bodies.isEmpty()) {
            throw CloverError.badRequest("items is required");
        }
        if (bodies.size() > MOST) {
            throw CloverError.badRequest("Cannot process more than " + MOST + " items");
        }
        ItemBook items = call.merchant().items;
        List<Item> done = new ArrayList<>();
        if (operation(call).equals("post")) {
            bodies.forEach(body -> ItemFields.check(body, true, true));
            bodies.forEach(body -> done.add(ItemResource.created(call.merchant(), body)));
        } else {
            bodies.forEach(body -> ItemFields.check(body, false, false));
            bodies.forEach(body -> done.add(items.get(body.path("id").asText())));
            for (int i = 0; i < done.size(); i++) {
                ItemFields.apply(done.get(i), bodies.get(i));
                VariantNames.rewrite(call.merchant(), done.get(i));
                items.touched(done.get(i));
            }
        }
        return ItemJson.answer(call, out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("elements");
            for (Item item : done) {
                ItemJson.item(out, call.merchant(), item, Set.of());
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }
}
