package dev.tillbridge.platform;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** One wrong field of a request: its path, such as {@code inventorySync.safetyStock}, and what is wrong with it. */
@RegisterForReflection
public record Violation(String field, String message) {}
