package dev.tillbridge.notification;

import java.time.Instant;
import java.util.UUID;

/**
 * A notice that a digest tells of.
 *
 * @param text null where the digest is full and only counts it
 * @param told it was in a digest before
 */
record OpenNotice(UUID id, NoticeKind kind, Text text, Instant since, boolean told) {

    /** @param path null where there is nothing to look at */
    record Text(String title, String detail, String path) {}
}
