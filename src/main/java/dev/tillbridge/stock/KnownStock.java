package dev.tillbridge.stock;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What Tillbridge knows of an item's quantity on the till before it reads it again. All is explained, or it is in doubt:
 * then {@code settled} is what the till would show without the unexplained change, and {@code unexplained} what it shows.
 *
 * @param settled the last explained value; null before the first reading
 * @param settledAsOf the database's time before that value was asked for or sent; kept while in doubt, so that a sale found
 *        later still explains it
 * @param sent a value that was sent and whose outcome is not known; null where there is none
 * @param unexplained the value the till was last seen with, or left with, while in doubt; else null
 * @param unexplainedSince when the doubt began; else null
 * @param recount whether a recount is open
 */
public record KnownStock(BigDecimal settled, Instant settledAsOf, BigDecimal sent, BigDecimal unexplained,
        Instant unexplainedSince, boolean recount) {

    public static final KnownStock NOTHING = new KnownStock(null, null, null, null, null, false);

    static KnownStock settled(BigDecimal value, Instant asOf) {
        return new KnownStock(value, asOf, null, null, null, false);
    }

    boolean doubtful() {
        return unexplainedSince != null;
    }

    /** The till confirmed the write that this follows from; in doubt, what is settled still rests on an earlier reading. */
    KnownStock confirmed(Instant asOf) {
        return doubtful() ? this : settled(settled, asOf);
    }

    KnownStock withoutIntent() {
        return new KnownStock(settled, settledAsOf, null, unexplained, unexplainedSince, recount);
    }
}
