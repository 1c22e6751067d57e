package dev.tillbridge.catalog;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import dev.tillbridge.platform.ProblemCode;

/** Where a page of links ended: variants come first, by id, then the items that have none. */
record LinkPosition(boolean items, String after) {

    static final LinkPosition START = new LinkPosition(false, "");
    static final LinkPosition FIRST_ITEM = new LinkPosition(true, "");

    String cursor() {
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString(((items ? "i" : "v") + after).getBytes(StandardCharsets.UTF_8));
    }

    static LinkPosition of(String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return START;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (text.matches("(?s)[vi][^\\x00]*")) {
                return new LinkPosition(text.charAt(0) == 'i', text.substring(1));
            }
        } catch (IllegalArgumentException e) {
            throw ProblemCode.INVALID_REQUEST.problem("cursor is none that this list answered");
        }
        throw ProblemCode.INVALID_REQUEST.problem("cursor is none that this list answered");
    }
}
