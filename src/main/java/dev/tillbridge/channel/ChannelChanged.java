package dev.tillbridge.channel;

import java.util.UUID;

/** Fired after a channel of this store was connected, changed, paused, resumed or deleted and that is committed, on the replica where it happened. */
public record ChannelChanged(UUID storeId) {}
