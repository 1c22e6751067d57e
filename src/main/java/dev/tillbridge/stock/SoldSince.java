package dev.tillbridge.stock;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * An item's units in the sales found since its quantity was last explained.
 *
 * <p>A till lowers its stock no later than Tillbridge finds the sale: what was found before a reading was asked for is in it.
 * Whether sales lower the till at all, when, and whether refunds raise it, Clover's documents leave open
 * (https://docs.clover.com/dev/docs/managing-item-availability), so the range is wide until the till has shown it.
 *
 * @param moved of sales found since, or still unpaid: a till that lowers at payment may do so any moment
 * @param paid of these, begun and paid for after the explained quantity and before the reading for sure, by the till's clock less
 *        its skew
 * @param returned of refunds found since
 */
public record SoldSince(BigDecimal moved, BigDecimal paid, BigDecimal returned) {

    public static final SoldSince NONE = new SoldSince(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    /** @param lowers whether sales are known to lower the till's stock by themselves */
    public UnitsSold range(boolean lowers) {
        return new UnitsSold(lowers ? paid : BigDecimal.ZERO, moved, returned);
    }

    /** What the reading shows of whether sales lower this till's stock by themselves; empty where it shows nothing. */
    public Optional<Boolean> lowers(KnownStock known, BigDecimal reading) {
        if (paid.signum() == 0 || reading == null || known.settled() == null || known.sent() != null) {
            return Optional.empty();
        }
        if (reading.compareTo(known.settled()) == 0 && returned.signum() == 0) {
            return Optional.of(false);
        }
        boolean lowered = reading.compareTo(known.settled().subtract(paid)) <= 0
                && reading.compareTo(known.settled().subtract(moved)) >= 0;
        return lowered ? Optional.of(true) : Optional.empty();
    }
}
