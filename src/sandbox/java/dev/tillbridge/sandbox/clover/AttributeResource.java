package dev.tillbridge.sandbox.clover;

import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tillbridge.sandbox.http.VendorAnswer;

/**
 * {@code attributes} of item groups and {@code attributes/{id}/options}. Calls that create have no key: sent twice they make
 * two. Clover: docs.clover.com/docs/managing-items-item-groups.
 */
final class AttributeResource implements Resource {

    private static final Fields<ObjectNode> FIELDS = new Fields<ObjectNode>().with("id", node -> node.path("id").asText())
            .with("name", node -> node.path("name").asText())
            .with("itemGroup.id", node -> node.path("itemGroup").path("id").asText());
    private static final Fields<ObjectNode> OPTION_FIELDS = new Fields<ObjectNode>()
            .with("id", node -> node.path("id").asText())
            .with("name", node -> node.path("name").asText());
    private static final Set<String> METHODS = Set.of("GET", "POST");

    @Override
    public String permission() {
        return "INVENTORY";
    }

    @Override
    public String operation(Call call) {
        if (!METHODS.contains(call.method()) || call.rest().size() > 3
                || (call.rest().size() > 1 && !call.rest().get(1).equals("options"))) {
            return null;
        }
        return switch (call.rest().size()) {
            case 0 -> call.reads() ? "list" : "create";
            case 1 -> call.reads() ? "get" : "post";
            case 2 -> call.reads() ? "options.list" : "options.create";
            default -> call.reads() ? "options.get" : "options.post";
        };
    }

    @Override
    public void mustExist(Call call) {
        if (!call.rest().isEmpty() && attributes(call).find(call.id()) == null) {
            throw CloverError.notFound("Attribute not found");
        }
        if (call.rest().size() == 3 && (options(call).find(call.rest().get(2)) == null
                || !VariantNames.attribute(options(call).find(call.rest().get(2))).equals(call.id()))) {
            throw CloverError.notFound("Option not found");
        }
    }

    @Override
    public VendorAnswer answer(Call call) {
        return switch (operation(call)) {
            case "list" -> list(call, FIELDS, attributes(call).all());
            case "options.list" -> list(call, OPTION_FIELDS, attributes(call).find(call.id()) == null ? List.of() : own(call));
            case "create" -> one(call, create(call));
            case "options.create" -> one(call, createOption(call));
            case "get" -> one(call, attributes(call).find(call.id()));
            case "post" -> one(call, rename(call, attributes(call), call.id()));
            case "options.get" -> one(call, options(call).find(call.rest().get(2)));
            default -> one(call, renameOption(call));
        };
    }

    private static ObjectNode create(Call call) {
        NamedNode.check(call.body(), true);
        String group = call.body().path("itemGroup").path("id").asText();
        if (call.merchant().collection("item_groups").find(group) == null) {
            throw CloverError.badRequest("Invalid value for 'itemGroup': an item group is required");
        }
        return attributes(call).create(call.body());
    }

    private static ObjectNode createOption(Call call) {
        NamedNode.check(call.body(), true);
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", call.body().get("name").textValue());
        body.putObject("attribute").put("id", call.id());
        return options(call).create(body);
    }

    private static ObjectNode renameOption(Call call) {
        String option = call.rest().get(2);
        ObjectNode renamed = rename(call, options(call), option);
        VariantNames.rewrite(call.merchant(), item -> item.joined("options").contains(option));
        return renamed;
    }

    private static ObjectNode rename(Call call, ObjectStore store, String id) {
        JsonNode body = call.body();
        NamedNode.check(body, false);
        store.update(store.find(id), JsonNodeFactory.instance.objectNode().set("name", body.get("name")));
        return store.find(id);
    }

    private static List<ObjectNode> own(Call call) {
        return options(call).all().stream().filter(option -> VariantNames.attribute(option).equals(call.id())).toList();
    }

    private static VendorAnswer list(Call call, Fields<ObjectNode> fields, List<ObjectNode> all) {
        List<ObjectNode> found = all.stream().filter(fields.predicate(fields.parse(call.filters()))).toList();
        List<ObjectNode> ordered = call.orderBy() == null
                ? found
                : found.stream().sorted(fields.order(call.orderBy())).toList();
        return ItemJson.list(call, fields.allowed(), out -> {
            for (ObjectNode node : call.page(ordered)) {
                out.writeTree(node);
            }
        });
    }

    private static VendorAnswer one(Call call, ObjectNode node) {
        return ItemJson.answer(call, out -> out.writeTree(node));
    }

    private static ObjectStore attributes(Call call) {
        return call.merchant().collection("attributes");
    }

    private static ObjectStore options(Call call) {
        return call.merchant().collection("options");
    }
}
