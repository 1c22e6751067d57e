package dev.tillbridge.sync;

import java.util.List;
import java.util.UUID;

/** A run that waits to be done by the holder of its store. */
record RequestedRun(UUID id, UUID storeId, UUID channelId, RunTrigger trigger, List<String> streams, boolean full) {}
