package dev.tillbridge.sync;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

import dev.tillbridge.platform.ProblemCode;

/** Where a page of runs ends. */
record RunPosition(Instant requestedAt, UUID id) {

    String cursor() {
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString((requestedAt + " " + id).getBytes(StandardCharsets.UTF_8));
    }

    /** Null for null; a cursor nobody was given is refused. */
    static RunPosition of(String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", 2);
            return new RunPosition(Instant.parse(parts[0]), UUID.fromString(parts.length > 1 ? parts[1] : ""));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw ProblemCode.INVALID_REQUEST.problem("cursor is no nextCursor of this list: leave it out for the first page");
        }
    }
}
