package dev.tillbridge.sandbox.control;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.MultiMap;

/**
 * A call of the control API.
 *
 * @param body an object; empty where none was sent
 */
public record ControlRequest(JsonNode body, MultiMap query, Map<String, String> path) {

    /** Refuses a body with a field that is not one of these: a misspelt field must not be silently without effect. */
    public ControlRequest only(String... fields) {
        List<String> legal = List.of(fields);
        for (Iterator<String> names = body.fieldNames(); names.hasNext();) {
            String name = names.next();
            if (!legal.contains(name)) {
                throw new BadControlInput("Unknown field \"" + name + "\". Fields: " + String.join(", ", legal) + ".");
            }
        }
        return this;
    }

    public boolean has(String field) {
        return body.hasNonNull(field);
    }

    /** A text that must be there. */
    public String text(String field) {
        String value = text(field, null);
        if (value == null) {
            throw new BadControlInput("Give \"" + field + "\" (text).");
        }
        return value;
    }

    public String text(String field, String fallback) {
        JsonNode node = body.get(field);
        if (node == null || node.isNull()) {
            return fallback;
        }
        if (!node.isTextual()) {
            throw new BadControlInput("\"" + field + "\" must be a text.");
        }
        return node.textValue();
    }

    /** A number that must be there. */
    public BigDecimal decimal(String field) {
        JsonNode node = body.get(field);
        if (node == null || !node.isNumber()) {
            throw new BadControlInput("Give \"" + field + "\" (a number).");
        }
        return node.decimalValue();
    }

    public int integer(String field, int fallback) {
        JsonNode node = body.get(field);
        if (node == null || node.isNull()) {
            return fallback;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw new BadControlInput("\"" + field + "\" must be a whole number.");
        }
        return node.intValue();
    }

    public boolean flag(String field, boolean fallback) {
        JsonNode node = body.get(field);
        if (node == null || node.isNull()) {
            return fallback;
        }
        if (!node.isBoolean()) {
            throw new BadControlInput("\"" + field + "\" must be true or false.");
        }
        return node.booleanValue();
    }
}
