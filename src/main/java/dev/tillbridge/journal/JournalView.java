package dev.tillbridge.journal;

import java.time.Instant;
import java.util.UUID;

/**
 * One change, as the API shows it.
 *
 * @param runId the run that did it, null where a person did
 * @param actor {@code tillbridge}, or the name of the key or user
 */
public record JournalView(long id, Instant at, String subject, String kind, String before, String after, String cause,
        UUID runId, String actor) {}
