package dev.tillbridge.sandbox.clover;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sandbox.behaviour.Behaviour;
import dev.tillbridge.sandbox.behaviour.Switch;
import dev.tillbridge.sandbox.http.VendorAnswer;

/**
 * {@code bulk_items}: POST creates, PUT changes the fields sent; at most 2,500. Clover:
 * docs.clover.com/dev/changelog/clover-api-updates-march-2026 for PUT; POST is held to the same, its limit is not documented.
 * Neither is whether a refused PUT has changed the rows before the refused one, nor the answer's form: switches.
 */
final class BulkItemResource implements Resource {

    static final int MOST = 2_500;

    private final Behaviour behaviour;

    BulkItemResource(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

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

    private static Item checked(ItemBook items, JsonNode body) {
        ItemFields.check(body, false, false);
        return items.get(body.path("id").asText());
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
            if (behaviour.is(Switch.BULK_REFUSAL, "whole")) {
                bodies.forEach(body -> checked(items, body));
            }
            for (JsonNode body : bodies) {
                Item item = checked(items, body);
                ItemFields.apply(item, body);
                VariantNames.rewrite(call.merchant(), item);
                items.touched(item);
                done.add(item);
            }
            if (behaviour.is(Switch.BULK_ANSWER, "none")) {
                return VendorAnswer.json(200, "{}");
            }
            if (behaviour.is(Switch.BULK_ANSWER, "empty")) {
                return VendorAnswer.json(200, "");
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
