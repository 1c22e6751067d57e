package dev.tillbridge.stock;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A quantity that is to be written to the till, its intent stored.
 *
 * @param reading what the till showed when it was decided; null where it had no quantity
 * @param readAt by this machine's monotonic clock, before the reading was asked for
 * @param asOf by the database's clock
 */
record PlannedWrite(DueItem item, BigDecimal reading, StockDecision decision, long readAt, Instant asOf) {

    String cause() {
        return decision.after().unexplainedSince() == null
                ? item.basis().inWords()
                : item.basis().inWords()
                        + "; the till's own change is not explained yet, so it is lowered by the same units and not raised";
    }
}
