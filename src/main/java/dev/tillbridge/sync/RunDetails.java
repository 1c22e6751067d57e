package dev.tillbridge.sync;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** A run with its first failures; {@code failures} counts them all. */
record RunDetails(@JsonUnwrapped RunView run, List<RunFailure> failureRows) {}
