package dev.tillbridge.channel;

import java.util.UUID;

/** A connected store as the engine and the stages see it: no credentials. */
public record ConnectedStore(UUID id, String shopDomain, String name, String currency, boolean taxesIncluded, String timezone,
        StoreStatus status) {}
