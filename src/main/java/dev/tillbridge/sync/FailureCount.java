package dev.tillbridge.sync;

import java.time.Instant;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Rows that could not be done for one reason.
 *
 * @param code stable word, such as {@code throttled}
 * @param message of the last of them
 * @param subject likewise
 */
@RegisterForReflection
record FailureCount(String stream, String code, long failures, String message, String subject, Instant lastAt) {}
