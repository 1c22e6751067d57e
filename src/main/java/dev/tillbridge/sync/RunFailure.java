package dev.tillbridge.sync;

import java.time.Instant;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * One row that could not be done.
 *
 * @param subject {@code stock:<item id>} and the like, as in the journal
 * @param code stable word, such as {@code throttled}
 */
@RegisterForReflection
record RunFailure(String stream, String subject, String code, String message, Instant at) {}
