package dev.tillbridge.stock;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A recount as the API shows it.
 *
 * @param expected what the till should have shown when the recount was opened
 * @param counted what it showed
 * @param status OPEN (waits for a person), SETTLING (decided, being done), SETTLED
 * @param resolution OVERWRITE, ADOPT, VANISHED (the till showed again what was expected); null while it waits
 */
record RecountView(UUID id, String itemId, String itemName, String variantId, BigDecimal expected, BigDecimal counted,
        BigDecimal difference, String status, String resolution, Instant openedAt, Instant settledAt, String settledBy) {}
