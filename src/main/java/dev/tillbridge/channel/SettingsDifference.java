package dev.tillbridge.channel;

import java.util.Objects;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The fields in which two settings differ, by path, as the journal keeps them: {@code {"inventorySync.safetyStock":3}}. */
record SettingsDifference(String before, String after) {

    static SettingsDifference of(ChannelSettings before, ChannelSettings after, ObjectMapper json) {
        var old = leaves(json.valueToTree(before));
        var now = leaves(json.valueToTree(after));
        var left = json.createObjectNode();
        var right = json.createObjectNode();
        now.forEach((path, value) -> {
            if (!Objects.equals(old.get(path), value)) {
                left.set(path, old.get(path));
                right.set(path, value);
            }
        });
        return new SettingsDifference(left.toString(), right.toString());
    }

    boolean isEmpty() {
        return before.equals(after);
    }

    private static TreeMap<String, JsonNode> leaves(JsonNode root) {
        var leaves = new TreeMap<String, JsonNode>();
        collect("", root, leaves);
        return leaves;
    }

    private static void collect(String path, JsonNode node, TreeMap<String, JsonNode> leaves) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> collect(path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                    field.getValue(), leaves));
        } else {
            leaves.put(path, node);
        }
    }
}
