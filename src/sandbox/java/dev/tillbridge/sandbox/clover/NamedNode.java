package dev.tillbridge.sandbox.clover;

import com.fasterxml.jackson.databind.JsonNode;

/** What item groups, attributes and options have in common: a name they cannot be without. */
final class NamedNode {

    private static final int LONGEST = 127;

    private NamedNode() {}

    /** @param whole whether the name must be there */
    static void check(JsonNode body, boolean whole) {
        JsonNode name = body.get("name");
        if (name == null || name.isNull()) {
            if (whole) {
                throw CloverError.badRequest("Invalid value for 'name': name is required");
            }
            return;
        }
        if (!name.isTextual() || name.textValue().isBlank() || name.textValue().length() > LONGEST) {
            throw CloverError.badRequest("Invalid value for 'name': a text of at most " + LONGEST + " characters");
        }
    }
}
