package dev.tillbridge.sync;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A run as the API shows it.
 *
 * @param status REQUESTED, RUNNING, SUCCEEDED, WARNING (over, but some rows failed), FAILED (ended early, see {@code error}),
 *        CANCELLED (its replica stopped)
 * @param phase what is being done: reading, reading-till, matching, writing, publishing, reading-sales, importing; null before it begins
 * @param counts by what was counted: how many so far, and of how many where that is known
 * @param failures how many rows could not be done
 */
record RunView(UUID id, UUID channelId, RunTrigger trigger, String requestedBy, List<String> streams, boolean full,
        String status,
        String phase, Map<String, RunCount> counts, int failures, String error, Instant requestedAt, Instant startedAt,
        Instant finishedAt) {}
