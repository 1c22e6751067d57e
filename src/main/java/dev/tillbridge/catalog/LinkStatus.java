package dev.tillbridge.catalog;

import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a variant and an item stand to each other. */
public enum LinkStatus {
    LINKED("linked"),
    /** No counterpart; the reason names near misses. */
    UNLINKED("unlinked"),
    /** The identifier is not unique on one side or both. */
    AMBIGUOUS("ambiguous"),
    /** Linked, but the identifiers no longer agree. */
    DRIFTED("drifted"),
    /** A person removed the link that matching would make. */
    BLOCKED("blocked"),
    /** An item without a variant. */
    TILL_ONLY("till-only");

    private final String text;

    LinkStatus(String text) {
        this.text = text;
    }

    @JsonValue
    public String text() {
        return text;
    }

    public static Optional<LinkStatus> of(String text) {
        return Stream.of(values()).filter(status -> status.text.equals(text)).findFirst();
    }
}
