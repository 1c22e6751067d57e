package dev.tillbridge.channel;

import java.util.List;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A change of a store's stock by differences, sent verbatim until its outcome is known.
 *
 * @param idempotencyKey kept by Shopify for 24 hours
 * @param reason one of the storefront's reasons (Shopify: {@code correction}, {@code cycle_count_available}, …)
 * @param reference what it stands for, as a URI
 */
@RegisterForReflection
public record StockAdjustment(String idempotencyKey, String reason, String reference, List<Change> changes) {

    public StockAdjustment {
        changes = List.copyOf(changes);
    }

    public record Change(String inventoryItemId, String locationId, long delta) {}
}
