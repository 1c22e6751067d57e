package dev.tillbridge.order;

import java.time.Duration;
import java.time.Instant;

/** What becomes of a sale that was just read: by the channel's rules, without any I/O. */
final class SaleJudge {

    private final Rules rules;

    SaleJudge(Rules rules) {
        this.rules = rules;
    }

    /**
     * @param importFrom sales made before it are not imported
     * @param skipUnpaid whether a sale waits until it is paid; else it is imported as pending once it was left alone
     */
    record Rules(Instant importFrom, boolean skipUnpaid, Duration quiet, Duration firstLook, Duration longestLook,
            Duration abandonedAfter) {}

    /**
     * What is known of the sale.
     *
     * @param changed whether its content differs from the reading before
     * @param unchangedFor how long it has been the same, by the database's clock
     * @param looks how often it was looked at without being paid
     */
    record Known(SaleStatus status, String reasonCode, String reason, boolean dismissed, boolean inStore, boolean changed,
            Duration unchangedFor, int looks) {}

    /**
     * @param lookIn when to read it again although no list tells of it; null: not
     * @param actIn when to work on it; null: when it was to be worked on anyway, if ever
     */
    record Verdict(SaleStatus status, String reasonCode, String reason, Duration lookIn, Duration actIn) {

        static Verdict skipped(String code, String reason) {
            return new Verdict(SaleStatus.SKIPPED, code, reason, null, null);
        }
    }

    Verdict judge(Sale sale, Known known) {
        if (known.dismissed()) {
            return new Verdict(known.status(), known.reasonCode(), known.reason(), null, null);
        }
        if (known.inStore()) {
            return new Verdict(SaleStatus.IMPORTED, null, null, PaidRule.paid(sale) ? null : look(known),
                    known.changed() ? Duration.ZERO : null);
        }
        if (known.status() == SaleStatus.CREATING) {
            // Its outcome is found out first; what changed meanwhile is followed then.
            return new Verdict(SaleStatus.CREATING, known.reasonCode(), known.reason(), null, null);
        }
        if (sale.test()) {
            return Verdict.skipped("test-order", "Made while the till was being tried out");
        }
        if (sale.createdAt().isBefore(rules.importFrom())) {
            return Verdict.skipped("before-start", "Sold before the start of the import");
        }
        if (sale.deleted()) {
            return Verdict.skipped("deleted", "Deleted at the till before it was imported");
        }
        if (PaidRule.empty(sale)) {
            return Verdict.skipped("empty", "An order without lines");
        }
        if (PaidRule.paid(sale)) {
            return paid(known);
        }
        return PaidRule.voided(sale)
                ? Verdict.skipped("voided", "Its payment was voided at the till before it was imported")
                : unpaid(known);
    }

    /** What a person must see to stays held until the sale changes. */
    private static Verdict paid(Known known) {
        boolean judged = known.status() == SaleStatus.HELD || known.status() == SaleStatus.FAILED
                || known.status() == SaleStatus.READY;
        return judged && !known.changed()
                ? new Verdict(known.status(), known.reasonCode(), known.reason(), null, null)
                : new Verdict(SaleStatus.READY, null, null, null, Duration.ZERO);
    }

    private Verdict unpaid(Known known) {
        if (known.unchangedFor().compareTo(rules.abandonedAfter()) >= 0) {
            return Verdict.skipped("abandoned", "Not paid within " + rules.abandonedAfter().toDays() + " days");
        }
        if (rules.skipUnpaid()) {
            return new Verdict(SaleStatus.WAITING, "unpaid", "Not paid yet", look(known), null);
        }
        Duration left = rules.quiet().minus(known.unchangedFor());
        return left.isNegative() || left.isZero()
                ? paid(known)
                : new Verdict(SaleStatus.WAITING, "settling",
                        "Not paid yet; imported as pending once it was left alone for " + rules.quiet().toMinutes()
                                + " minutes",
                        left, null);
    }

    private Duration look(Known known) {
        return DoublingGap.after(known.looks(), rules.firstLook(), rules.longestLook());
    }
}
