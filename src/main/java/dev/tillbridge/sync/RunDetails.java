package dev.tillbridge.sync;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** A run with its failures by reason, and the first rows of them; {@code failures} counts them all. */
record RunDetails(@JsonUnwrapped RunView run, List<FailureCount> failureCounts, List<RunFailure> failureRows) {}
