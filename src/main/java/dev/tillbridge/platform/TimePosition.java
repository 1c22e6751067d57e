package dev.tillbridge.platform;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** Where a page of a list ends that goes by time: the last row's time and id. */
public record TimePosition(Instant at, UUID id) {

    public String cursor() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((at + " " + id).getBytes(StandardCharsets.UTF_8));
    }

    /** Null for null; a cursor nobody was given is refused. */
    public static TimePosition of(String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", 2);
            return new TimePosition(Instant.parse(parts[0]), UUID.fromString(parts.length > 1 ? parts[1] : ""));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw ProblemCode.INVALID_REQUEST.problem("cursor is no nextCursor of this list: leave it out for the first page");
        }
    }
}
