package dev.tillbridge.channel;

import java.time.Instant;
import java.util.List;

import dev.tillbridge.catalog.Location;

/** A store with all that is shown of it. */
record StoreRecord(ConnectedStore store, List<Location> locations, List<String> scopesGranted, List<String> scopesMissing,
        boolean webhooksVerifiable, WebhookState webhooks, String statusReason, Instant createdAt) {

    StoreRecord {
        locations = List.copyOf(locations);
        scopesGranted = List.copyOf(scopesGranted);
        scopesMissing = List.copyOf(scopesMissing);
    }
}
