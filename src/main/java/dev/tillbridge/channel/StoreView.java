package dev.tillbridge.channel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A store as the API shows it. */
record StoreView(UUID id, String shopDomain, String name, String currency, boolean taxesIncluded, String timezone,
        List<LocationView> locations, Scopes scopes, boolean webhooksVerifiable, WebhookState webhooks, StoreStatus status,
        String statusReason,
        List<Warning> warnings, Instant createdAt) {

    static StoreView of(StoreRecord record) {
        var store = record.store();
        return new StoreView(store.id(), store.shopDomain(), store.name(), store.currency(), store.taxesIncluded(),
                store.timezone(), record.locations().stream().map(location -> new LocationView(location.id(), location.name(),
                        location.active(), location.primary())).toList(),
                new Scopes(record.scopesGranted(), record.scopesMissing()), record.webhooksVerifiable(), record.webhooks(),
                store.status(),
                record.statusReason(), warnings(record), record.createdAt());
    }

    private static List<Warning> warnings(StoreRecord record) {
        var warnings = new ArrayList<Warning>();
        if (!record.scopesMissing().isEmpty()) {
            warnings.add(new Warning("scopes-missing", "The credentials lack " + String.join(", ", record.scopesMissing())
                    + ". Grant them to the app in Shopify and send the credentials again; what needs them does not work until then."));
        }
        if (!record.webhooksVerifiable()) {
            warnings.add(new Warning("webhooks-unverifiable",
                    "Without the app's client secret webhooks cannot be verified, so changes"
                            + " are found by polling. Send the app's client secret with the credentials to have them."));
        }
        if (record.webhooks().status() == WebhookState.Status.SILENT) {
            warnings.add(new Warning("webhooks-silent",
                    "No webhook has come since " + record.webhooks().lastReceivedAt() + ", although polling finds changes."
                            + " Changes are found by polling until then; look whether Shopify reaches this service."));
        }
        if (record.webhooks().problem() != null) {
            warnings.add(new Warning("webhooks-incomplete", record.webhooks().problem()));
        }
        return List.copyOf(warnings);
    }

    record LocationView(String id, String name, boolean active, boolean primary) {}

    record Scopes(List<String> granted, List<String> missing) {}
}
