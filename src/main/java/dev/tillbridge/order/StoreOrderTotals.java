package dev.tillbridge.order;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * An order of the store that carries an identity, in figures. Amounts are decimals of {@code currency}.
 *
 * @param ours whether it bears the mark that only orders made by Tillbridge have (Shopify: the {@code id} metafield)
 * @param refunded what was given back in the store
 */
public record StoreOrderTotals(String id, String name, String identity, boolean ours, Instant createdAt, boolean cancelled,
        String currency, BigDecimal total, BigDecimal refunded) {}
