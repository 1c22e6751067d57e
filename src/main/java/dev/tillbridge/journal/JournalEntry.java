package dev.tillbridge.journal;

import java.util.Objects;
import java.util.UUID;

/**
 * One change.
 *
 * @param channelId null where the change is the store's
 * @param subject what was changed: {@code stock:<item id>}, {@code link:<variant id>}, {@code settings}, {@code channel}, {@code store}
 * @param kind what was done, one word: {@code stock-written}, {@code link-made}, {@code link-removed}, {@code recount-opened}, …
 * @param before value before, null where there was none
 * @param after value after, null where there is none
 * @param cause why, as a sentence a merchant understands
 * @param runId the run that did it, null where a person did
 * @param actor {@code tillbridge}, or the name of the key or user
 */
public record JournalEntry(UUID storeId, UUID channelId, String subject, String kind, String before, String after,
        String cause, UUID runId, String actor) {

    public static final String ENGINE = "tillbridge";

    public JournalEntry {
        Objects.requireNonNull(storeId, "storeId");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(actor, "actor");
    }
}
