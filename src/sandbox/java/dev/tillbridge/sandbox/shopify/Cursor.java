package dev.tillbridge.sandbox.shopify;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A place in a list: after (or before) the row with this id and sort value. Rows that come or go meanwhile shift nothing.
 *
 * @param value what the list is sorted by besides the id, a Long or a String; null if by the id alone
 * @param rank how many rows of the list stand before and at this place
 */
record Cursor(long id, Comparable<?> value, int rank) {

    private static final JsonMapper JSON = new JsonMapper();

    String text() {
        ObjectNode node = JSON.createObjectNode().put("last_id", id);
        if (value instanceof Long number) {
            node.put("last_value", number);
        } else if (value != null) {
            node.put("last_value", value.toString());
        }
        byte[] bytes = node.put("rank", rank).toString().getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @throws ShopifyError if the text is no cursor of ours */
    static Cursor parse(String text) {
        try {
            JsonNode node = JSON.readTree(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
            JsonNode value = node.path("last_value");
            Comparable<?> sorted = value.isMissingNode()
                    ? null
                    : value.isNumber()
                            ? (Comparable<?>) value.longValue()
                            : value.textValue();
            return new Cursor(node.required("last_id").longValue(), sorted, node.path("rank").intValue());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new ShopifyError("BAD_REQUEST", "Invalid cursor for current pagination sort.");
        }
    }
}
