package dev.tillbridge.sync.reconcile;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * One difference, as it is told.
 *
 * @param ownerId the store, or the channel that it concerns
 * @param kind VARIANT, LEVEL, ITEM, SALE, ORDER, TILL_STOCK, PRICE or MONEY
 * @param subject as in the journal: {@code order:<id>}, {@code stock:<item>}, {@code level:<item>@<location>}, …
 * @param units found less stored; null where it is not about units
 * @param money found less stored, in {@code currency}; null where it is not about money
 * @param since how old it is; null where nobody knows
 */
record Difference(UUID ownerId, String kind, String subject, Verdict verdict, String stored, String found, BigDecimal units,
        BigDecimal money, String currency, Instant since) {}
