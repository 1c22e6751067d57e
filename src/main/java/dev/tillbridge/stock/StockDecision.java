package dev.tillbridge.stock;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/**
 * What to do about one reading of the till.
 *
 * <p>Clover's stock write is absolute and without compare-and-set, so a raise is written only over a reading that is
 * explained. One that is not is only ever lowered, by as much as the target fell below what was expected.
 *
 * @param verdict how the reading was understood
 * @param write the quantity to write; null where nothing is to be written
 * @param meanwhile what is known until the write is confirmed; stored before it is sent
 * @param after what is known once the write is confirmed; the same as {@code meanwhile} where nothing is written
 * @param foundDone whether a write of unknown outcome turned out to be done
 */
public record StockDecision(Verdict verdict, BigDecimal write, KnownStock meanwhile, KnownStock after, boolean foundDone) {

    public enum Verdict {
        /** First reading, new link, or no quantity yet: taken as it is. */
        BASELINE,
        /** A value Tillbridge wrote, or such a value less what was sold since. */
        EXPLAINED,
        /** Not explained, but not for long enough to be a recount. */
        UNEXPLAINED,
        /** Unexplained for too long: a recount is to be opened. */
        RECOUNT,
        /** A recount is open already. */
        UNDER_RECOUNT,
        /** A recount was open, and the till shows again what was expected. */
        RECOUNT_VANISHED
    }

    /**
     * Decides by the ordinary rules.
     *
     * @param reading what the till shows now; null where it has no quantity
     * @param target what it should show
     * @param sold how far sales may have moved it since {@code known.settled}
     * @param recountAfter how long a reading may stay unexplained before it is a recount
     */
    public static StockDecision of(KnownStock known, BigDecimal reading, long target, UnitsSold sold, Instant now,
            Duration recountAfter) {
        boolean foundDone = known.sent() != null && reading != null && known.sent().compareTo(reading) == 0;
        if (reading == null || known.settled() == null) {
            return settle(Verdict.BASELINE, reading, target, foundDone);
        }
        // A lowering of unknown outcome that was done has taken its units off what is expected, too.
        BigDecimal expected = foundDone && known.doubtful()
                ? known.settled().subtract(known.unexplained().subtract(reading))
                : known.settled();
        if (sold.explain(expected, reading)) {
            return settle(known.recount() ? Verdict.RECOUNT_VANISHED : Verdict.EXPLAINED, reading, target, foundDone);
        }
        if (!known.doubtful()) {
            return known.sent() != null && sold.explain(known.sent(), reading)
                    ? settle(Verdict.EXPLAINED, reading, target, foundDone)
                    : follow(Verdict.UNEXPLAINED, known, expected, reading, target, now, false);
        }
        Verdict verdict = Verdict.UNDER_RECOUNT;
        if (!known.recount()) {
            verdict = known.unexplainedSince().plus(recountAfter).isAfter(now) ? Verdict.UNEXPLAINED : Verdict.RECOUNT;
        }
        return follow(verdict, known, expected, reading, target, known.unexplainedSince(), foundDone);
    }

    /** Decides without looking for an explanation: a recount that is settled by overwriting it. */
    public static StockDecision overwrite(BigDecimal reading, long target) {
        return settle(Verdict.BASELINE, reading, target, false);
    }

    /** The till is not to be touched: whatever it shows is accepted. */
    static StockDecision leaveAlone(BigDecimal reading) {
        KnownStock known = KnownStock.settled(reading);
        return new StockDecision(Verdict.BASELINE, null, known, known, false);
    }

    private static StockDecision settle(Verdict verdict, BigDecimal reading, long target, boolean foundDone) {
        BigDecimal wanted = BigDecimal.valueOf(target);
        KnownStock after = KnownStock.settled(wanted);
        if (reading != null && reading.compareTo(wanted) == 0) {
            return new StockDecision(verdict, null, after, after, foundDone);
        }
        return new StockDecision(verdict, wanted, new KnownStock(reading, wanted, null, null, false), after, foundDone);
    }

    /** The doubt moves along: what is expected falls by the units the till is lowered by, so the difference stays the same. */
    private static StockDecision follow(Verdict verdict, KnownStock known, BigDecimal expected, BigDecimal reading, long target,
            Instant since, boolean foundDone) {
        boolean recount = known.recount() || verdict == Verdict.RECOUNT;
        BigDecimal fall = expected.subtract(BigDecimal.valueOf(target)).max(BigDecimal.ZERO);
        BigDecimal lowered = reading.subtract(fall).max(BigDecimal.ZERO);
        if (lowered.compareTo(reading) >= 0) {
            KnownStock same = new KnownStock(expected, null, reading, since, recount);
            return new StockDecision(verdict, null, same, same, foundDone);
        }
        return new StockDecision(verdict, lowered, new KnownStock(expected, lowered, reading, since, recount),
                new KnownStock(expected.subtract(reading.subtract(lowered)), null, lowered, since, recount), foundDone);
    }
}
