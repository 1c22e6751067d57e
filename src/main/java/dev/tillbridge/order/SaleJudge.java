package dev.tillbridge.order;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import dev.tillbridge.platform.DoublingGap;

/** What becomes of a sale that was just read: by the channel's rules, without any I/O. */
final class SaleJudge {

    static final String BEFORE_START = "before-start";
    static final String BEFORE_START_REASON = "Sold before the start of the import";
    /** Why a sale is held that could not be read. */
    static final String UNREADABLE = "unreadable";
    private static final Set<String> LEFT_OUT = Set.of("test-order", BEFORE_START);

    private final Rules rules;

    SaleJudge(Rules rules) {
        this.rules = rules;
    }

    /**
     * @param importFrom sales made before it are not imported, unless they were begun under an earlier start
     * @param skipUnpaid whether a sale waits until it is paid; else it is imported as pending once it was left alone
     */
    record Rules(Instant importFrom, boolean skipUnpaid, Duration quiet, Duration firstLook, Duration longestLook,
            Duration abandonedAfter) {}

    /**
     * What is known of the sale.
     *
     * @param begun whether it was judged by more than the start before: units of it may be off the stock, an order may stand
     * @param changed whether its content differs from the reading before
     * @param unchangedFor how long it has been the same, by the database's clock
     * @param looks how often it was looked at without being paid
     */
    record Known(SaleStatus status, String reasonCode, String reason, boolean dismissed, boolean inStore, boolean begun,
            boolean changed, Duration unchangedFor, int looks) {}

    /**
     * @param lookIn when to read it again although no list tells of it; null: not
     * @param actIn when to work on it; null: when it was to be worked on anyway, if ever
     */
    record Verdict(SaleStatus status, String reasonCode, String reason, Duration lookIn, Duration actIn) {

        static Verdict skipped(String code, String reason) {
            return new Verdict(SaleStatus.SKIPPED, code, reason, null, null);
        }

        /** Whether its units never touch the stock. Those of a sale taken back do: what it took off has to go back. */
        boolean leftOut() {
            return status == SaleStatus.SKIPPED && LEFT_OUT.contains(reasonCode);
        }
    }

    Verdict judge(Sale sale, Known known) {
        if (known.dismissed()) {
            return stays(known);
        }
        Verdict verdict = decide(sale, known);
        // Lists tell of a refund when it is made, not when its money has moved, or has not.
        return verdict.status() != SaleStatus.SKIPPED && verdict.lookIn() == null
                && sale.refunds().stream().anyMatch(SaleRefund::pending)
                        ? new Verdict(verdict.status(), verdict.reasonCode(), verdict.reason(), look(known), verdict.actIn())
                        : verdict;
    }

    private Verdict decide(Sale sale, Known known) {
        if (known.inStore()) {
            return new Verdict(SaleStatus.IMPORTED, null, null, PaidRule.paid(sale) ? null : look(known),
                    known.changed() ? Duration.ZERO : null);
        }
        if (known.status() == SaleStatus.CREATING) {
            // Its outcome is found out first; what changed meanwhile is followed then. An open order is looked at all the same.
            return new Verdict(known.status(), known.reasonCode(), known.reason(), PaidRule.paid(sale) ? null : look(known),
                    null);
        }
        if (sale.test()) {
            return Verdict.skipped("test-order", "Made while the till was being tried out");
        }
        if (!known.begun() && sale.createdAt().isBefore(rules.importFrom())) {
            return Verdict.skipped(BEFORE_START, BEFORE_START_REASON);
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

    private static Verdict stays(Known known) {
        return new Verdict(known.status(), known.reasonCode(), known.reason(), null, null);
    }

    /** What a person must see to stays held until the sale changes. */
    private static Verdict paid(Known known) {
        boolean judged = known.status() == SaleStatus.HELD || known.status() == SaleStatus.FAILED
                || known.status() == SaleStatus.READY;
        return judged && !known.changed() && !UNREADABLE.equals(known.reasonCode())
                ? stays(known)
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
                ? pending(known)
                : new Verdict(SaleStatus.WAITING, "settling",
                        "Not paid yet; imported as pending once it was left alone for " + rules.quiet().toMinutes()
                                + " minutes",
                        left, null);
    }

    /** It is looked at all the same: no list tells of an open order that is deleted. */
    private Verdict pending(Known known) {
        Verdict imported = paid(known);
        return new Verdict(imported.status(), imported.reasonCode(), imported.reason(), look(known), imported.actIn());
    }

    /** Null once it was left alone for so long that only a list can bring news of it. */
    private Duration look(Known known) {
        return known.unchangedFor().compareTo(rules.abandonedAfter()) >= 0
                ? null
                : DoublingGap.after(known.looks(), rules.firstLook(), rules.longestLook());
    }
}
