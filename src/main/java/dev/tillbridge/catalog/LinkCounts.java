package dev.tillbridge.catalog;

/** How many rows the list of links has by status. */
public record LinkCounts(long linked, long unlinked, long ambiguous, long drifted, long blocked, long tillOnly) {}
