package dev.tillbridge.sync.reconcile;

import java.util.Optional;

import dev.tillbridge.sync.reconcile.Verdict.Origin;
import dev.tillbridge.sync.reconcile.Verdict.Repair;

/** Whether what is known of an item's quantity on the till is a difference, and which. */
public final class TillStockRule {

    private TillStockRule() {}

    /**
     * @param recount whether a quantity that nothing explains was found since the reconciliation began, or is open
     * @param settledByItself whether the channel's setting settles it without a person
     * @param failures how often in a row it could not be written
     * @param unconfirmed whether a quantity was sent, and for long nothing said whether it arrived
     * @param unwritten whether it does not show what it should, for long, and nothing else of this is the reason
     */
    public record TillStock(boolean recount, boolean settledByItself, int failures, boolean unconfirmed, boolean unwritten) {}

    public static Optional<Verdict> judge(TillStock stock) {
        if (stock.recount()) {
            return Optional.of(stock.settledByItself()
                    ? new Verdict(Origin.FOREIGN_WRITE, "recount",
                            "The till shows a quantity that no sale explains; the channel's setting settles it",
                            Repair.UNDER_WAY)
                    : new Verdict(Origin.FOREIGN_WRITE, "recount",
                            "The till shows a quantity that no sale explains. Settle the recount", Repair.PERSON));
        }
        if (stock.failures() > 0) {
            return Optional.of(new Verdict(Origin.OUR_FAILURE, "stock-not-written",
                    "Its quantity could not be written " + stock.failures() + " times in a row; it is tried again",
                    Repair.UNDER_WAY));
        }
        if (stock.unconfirmed()) {
            return Optional.of(new Verdict(Origin.OUR_FAILURE, "stock-unconfirmed",
                    "A quantity was sent and its answer lost; the item is read again before anything else is sent",
                    Repair.UNDER_WAY));
        }
        return stock.unwritten()
                ? Optional.of(new Verdict(Origin.OUR_FAILURE, "stock-unwritten",
                        "The till does not show what it should, and that was not written yet", Repair.UNDER_WAY))
                : Optional.empty();
    }
}
