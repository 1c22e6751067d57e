package dev.tillbridge.channel;

import java.util.UUID;

/** Fired after a store was connected, changed or deleted and that is committed, on the replica where it happened. */
public record StoreChanged(UUID storeId) {}
