package dev.tillbridge.sandbox.clover;

import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tillbridge.sandbox.http.VendorAnswer;

/**
 * A collection that is kept as it was sent: customers, employees, tenders, order types, tax rates, tags, categories, modifier
 * groups.
 */
final class StoreResource implements Resource {

    private final String name;
    private final String permission;
    private final Set<String> methods;
    private final String notFound;
    private final Fields<ObjectNode> fields = new Fields<>();
    private Set<String> expandable = Set.of();

    /**
     * @param methods allowed on the collection and its members
     * @param notFound details of the 404
     * @param filters fields it may be filtered and ordered by
     */
    StoreResource(String name, String permission, Set<String> methods, String notFound, String... filters) {
        this.name = name;
        this.permission = permission;
        this.methods = methods;
        this.notFound = notFound;
        for (String filter : filters) {
            fields.with(filter, node -> value(node, filter));
        }
    }

    /** The same, but these fields are only shown where they are expanded. */
    StoreResource expanding(String... names) {
        expandable = Set.of(names);
        return this;
    }

    private static Object value(ObjectNode node, String field) {
        if (!node.hasNonNull(field)) {
            return null;
        }
        return node.get(field).isNumber()
                ? node.get(field).decimalValue()
                : node.get(field).isBoolean() ? (Object) node.get(field).booleanValue() : node.get(field).asText();
    }

    @Override
    public String permission() {
        return permission;
    }

    @Override
    public String operation(Call call) {
        // Below a member: as far as looking an unknown one up goes, its sub-collections answer like itself.
        if (!methods.contains(call.method()) || call.rest().size() > 2) {
            return null;
        }
        boolean one = !call.rest().isEmpty();
        return switch (call.method()) {
            case "GET" -> one ? "get" : "list";
            case "POST" -> one ? "post" : "create";
            default -> one ? "delete" : null;
        };
    }

    @Override
    public void mustExist(Call call) {
        if (!call.rest().isEmpty() && call.merchant().collection(name).find(call.id()) == null) {
            throw CloverError.notFound(notFound);
        }
    }

    @Override
    public VendorAnswer answer(Call call) {
        ObjectStore store = call.merchant().collection(name);
        return switch (operation(call)) {
            case "list" -> list(call, store);
            case "create" -> tree(call, store.create(call.body()));
            case "post" -> {
                store.update(store.find(call.id()), call.body());
                yield tree(call, store.find(call.id()));
            }
            case "get" -> tree(call, store.find(call.id()));
            default -> {
                store.remove(call.id());
                yield VendorAnswer.json(200, "{}");
            }
        };
    }

    private VendorAnswer list(Call call, ObjectStore store) {
        List<Filter> filters = fields.parse(call.filters());
        List<ObjectNode> found = store.all().stream().filter(fields.predicate(filters)).toList();
        if (call.orderBy() != null) {
            found = found.stream().sorted(fields.order(call.orderBy())).toList();
        }
        List<ObjectNode> page = call.page(found);
        return ItemJson.list(call, fields.allowed(), out -> {
            for (ObjectNode node : page) {
                out.writeTree(shown(call, node));
            }
        });
    }

    private VendorAnswer tree(Call call, ObjectNode node) {
        return ItemJson.answer(call, out -> out.writeTree(shown(call, node)));
    }

    private ObjectNode shown(Call call, ObjectNode node) {
        List<String> hidden = expandable.stream().filter(field -> node.has(field) && !call.expand().contains(field)).toList();
        return hidden.isEmpty() ? node : node.deepCopy().without(hidden);
    }
}
