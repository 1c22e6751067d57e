package dev.tillbridge.sandbox.clover;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Objects of one kind (customers, tax rates …), kept as they were sent. Meant for hundreds, not for the catalogue. */
final class ObjectStore {

    private final CloverIds ids;
    private final LongSupplier wholeSeconds;
    private final Map<String, ObjectNode> byId = new LinkedHashMap<>();

    ObjectStore(CloverIds ids, LongSupplier wholeSeconds) {
        this.ids = ids;
        this.wholeSeconds = wholeSeconds;
    }

    ObjectNode create(JsonNode fields) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("id", ids.next());
        fields.properties().stream().filter(field -> !field.getKey().equals("id"))
                .forEach(field -> node.set(field.getKey(), field.getValue()));
        node.put("modifiedTime", wholeSeconds.getAsLong());
        byId.put(node.get("id").textValue(), node);
        return node;
    }

    void update(ObjectNode node, JsonNode fields) {
        fields.properties().stream().filter(field -> !field.getKey().equals("id"))
                .forEach(field -> node.set(field.getKey(), field.getValue()));
        node.put("modifiedTime", wholeSeconds.getAsLong());
    }

    /** Null if there is none. */
    ObjectNode find(String id) {
        return byId.get(id);
    }

    void remove(String id) {
        byId.remove(id);
    }

    /** All, the newest first. */
    List<ObjectNode> all() {
        List<ObjectNode> all = new ArrayList<>(byId.values());
        Collections.reverse(all);
        return all;
    }
}
