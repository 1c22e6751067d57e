package dev.tillbridge.platform;

/** One wrong field of a request: its path, such as {@code inventorySync.safetyStock}, and what is wrong with it. */
public record Violation(String field, String message) {}
