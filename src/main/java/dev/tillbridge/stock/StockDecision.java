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
        /** A recount was open, and the till shows again what was expected, or sales found since explain it. */
        RECOUNT_VANISHED
    }

    /**
     * Decides by the ordinary rules.
     *
     * @param reading what the till shows; null where it has no quantity
     * @param target what it should show
     * @param sold how far sales may have moved it since {@code known.settledAsOf}
     * @param asOf the database's time before the reading was asked for
     * @param recountAfter how long a reading may stay unexplained before it is a recount
     */
    public static StockDecision of(KnownStock known, BigDecimal reading, BigDecimal target, UnitsSold sold, Instant asOf,
            Duration recountAfter) {
        boolean foundDone = known.sent() != null && reading != null && known.sent().compareTo(reading) == 0;
        if (reading == null || known.settled() == null) {
            return settle(Verdict.BASELINE, reading, target, asOf, foundDone);
        }
        BigDecimal done = expectedIfDone(known);
        // A lowering in doubt that is found done is no coincidence: only what is expected after it counts.
        boolean explainedUndone = !(foundDone && known.doubtful()) && sold.explain(known.settled(), reading);
        if (explainedUndone || (done != null && sold.explain(done, reading))) {
            return settle(known.recount() ? Verdict.RECOUNT_VANISHED : Verdict.EXPLAINED, reading, target, asOf, foundDone);
        }
        Verdict verdict = Verdict.UNDER_RECOUNT;
        Instant since = known.doubtful() ? known.unexplainedSince() : asOf;
        if (!known.recount()) {
            boolean young = !known.doubtful() || since.plus(recountAfter).isAfter(asOf);
            verdict = young ? Verdict.UNEXPLAINED : Verdict.RECOUNT;
        }
        BigDecimal expected = done == null ? known.settled() : nearer(known.settled(), done, reading, foundDone);
        // Where it is open whether the last lowering was done, the till is lowered as if it was not.
        BigDecimal fallFrom = foundDone ? expected : expected.max(known.settled());
        return follow(verdict, known, expected, fallFrom, reading, target, since, foundDone);
    }

    /** Decides without looking for an explanation: a recount that is settled by overwriting it. */
    public static StockDecision overwrite(BigDecimal reading, BigDecimal target, Instant asOf) {
        return settle(Verdict.BASELINE, reading, target, asOf, false);
    }

    /** The till is not to be touched: whatever it shows is accepted. */
    static StockDecision leaveAlone(BigDecimal reading, Instant asOf) {
        KnownStock known = KnownStock.settled(reading, asOf);
        return new StockDecision(Verdict.BASELINE, null, known, known, false);
    }

    /**
     * What would be expected if the write of unknown outcome was done; null where there is none. In doubt it was a lowering,
     * which has taken its units off what is expected, too.
     */
    private static BigDecimal expectedIfDone(KnownStock known) {
        if (known.sent() == null || !known.doubtful()) {
            return known.sent();
        }
        return known.settled().subtract(known.unexplained().subtract(known.sent()));
    }

    /** Sales lower a quantity: of the two it may have come from, the one it is least below; above both, the higher. */
    private static BigDecimal nearer(BigDecimal settled, BigDecimal done, BigDecimal reading, boolean foundDone) {
        if (foundDone) {
            return done;
        }
        BigDecimal lower = settled.min(done);
        return reading.compareTo(lower) <= 0 ? lower : settled.max(done);
    }

    private static StockDecision settle(Verdict verdict, BigDecimal reading, BigDecimal target, Instant asOf,
            boolean foundDone) {
        KnownStock after = KnownStock.settled(target, asOf);
        if (reading != null && reading.compareTo(target) == 0) {
            return new StockDecision(verdict, null, after, after, foundDone);
        }
        return new StockDecision(verdict, target, new KnownStock(reading, asOf, target, null, null, false), after, foundDone);
    }

    /** The doubt moves along: what is expected falls by the units the till is lowered by, so the difference stays the same. */
    private static StockDecision follow(Verdict verdict, KnownStock known, BigDecimal expected, BigDecimal fallFrom,
            BigDecimal reading, BigDecimal target, Instant since, boolean foundDone) {
        boolean recount = known.recount() || verdict == Verdict.RECOUNT;
        BigDecimal fall = fallFrom.subtract(target).max(BigDecimal.ZERO);
        BigDecimal lowered = reading.subtract(fall).max(BigDecimal.ZERO);
        Instant asOf = known.settledAsOf();
        if (lowered.compareTo(reading) >= 0) {
            KnownStock same = new KnownStock(expected, asOf, null, reading, since, recount);
            return new StockDecision(verdict, null, same, same, foundDone);
        }
        return new StockDecision(verdict, lowered, new KnownStock(expected, asOf, lowered, reading, since, recount),
                new KnownStock(expected.subtract(reading.subtract(lowered)), asOf, null, lowered, since, recount), foundDone);
    }
}
