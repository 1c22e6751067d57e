package dev.tillbridge.stock;

import java.math.BigDecimal;

/**
 * How far sales may have moved an item's quantity on the till since a value was read or written there.
 *
 * @param certain sold for sure after it, and taken off the till's quantity for sure
 * @param possible sold perhaps: within the clocks' skew, open or unpaid; at least {@code certain}
 * @param returned given back perhaps, by refunds
 */
public record UnitsSold(BigDecimal certain, BigDecimal possible, BigDecimal returned) {

    public static final UnitsSold NONE = new UnitsSold(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    public UnitsSold {
        if (certain.signum() < 0 || returned.signum() < 0 || possible.compareTo(certain) < 0) {
            throw new IllegalArgumentException("Sold units must be 0 <= certain <= possible and 0 <= returned, not "
                    + certain + ", " + possible + ", " + returned);
        }
    }

    /** Whether a till that held {@code before} may show {@code now} by these sales alone. */
    public boolean explain(BigDecimal before, BigDecimal now) {
        BigDecimal lowest = before.subtract(possible);
        BigDecimal highest = before.subtract(certain).add(returned);
        return now.compareTo(lowest) >= 0 && now.compareTo(highest) <= 0;
    }
}
