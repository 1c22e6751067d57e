package dev.tillbridge.sync.reconcile;

import java.math.BigDecimal;
import java.util.Optional;

import dev.tillbridge.sync.reconcile.Verdict.Origin;
import dev.tillbridge.sync.reconcile.Verdict.Repair;

/** Whether a till sale has exactly one order in the store, and stands there as it was brought; else what is the matter. */
public final class SaleRule {

    static final String DOUBLED = "order-doubled";

    private SaleRule() {}

    /**
     * A sale made since the start of the import.
     *
     * @param status as it is stored: SEEN, WAITING, READY, CREATING, IMPORTED, HELD, SKIPPED or FAILED
     * @param reason why it is held or failed, in a sentence
     * @param problemCode what is wrong with an order that stands, or with its stock; null where nothing is
     * @param unread whether the till told of it and it was not read since
     * @param posted whether its units are off the store's stock as they should be
     * @param settled whether nothing of it changed shortly before the store's orders were read
     * @param openOrders how many orders of the store bear its identity and are not cancelled
     */
    public record SaleState(String status, String reasonCode, String reason, boolean paid, boolean unread,
            String problemCode, String problem, boolean posted, boolean settled, int openOrders, Order order) {}

    /**
     * What is recorded of its order, and what the store shows of it.
     *
     * @param id null where none is recorded
     * @param cancelled whether Tillbridge cancelled it, or is about to
     * @param comparable whether the store shows orders this old to the app
     * @param shown whether the store shows it
     * @param refundsWritten what Tillbridge wrote as given back; null where that is not known to the cent
     * @param refundsOpen whether a refund still has to be written
     * @param told the deviation that a person was last told of
     */
    public record Order(String id, String name, boolean cancelled, boolean comparable, boolean shown, boolean shownCancelled,
            BigDecimal total, BigDecimal shownTotal, BigDecimal refundsWritten, BigDecimal shownRefunded, boolean refundsOpen,
            String told) {}

    /** Nothing where all is well, a person has decided, or what is under way explains it. */
    public static Optional<Verdict> judge(SaleState sale) {
        if (sale.openOrders() > 1 && sale.settled()) {
            return Optional.of(new Verdict(Origin.OUR_FAILURE, DOUBLED, "The store has " + sale.openOrders()
                    + " orders of this sale; the sweep for doubles keeps the oldest and cancels the others", Repair.UNDER_WAY));
        }
        return sale.order().id() == null ? withoutOrder(sale) : withOrder(sale);
    }

    private static Optional<Verdict> withOrder(SaleState sale) {
        Optional<Verdict> deviation = deviation(sale);
        // One that was told of is the sale's problem until a person has dismissed it; then it is how they left it.
        if (deviation.isPresent() && !(deviation.get().deviation().equals(sale.order().told()) && sale.problemCode() == null)) {
            return deviation;
        }
        return problem(sale).or(() -> unfinished(sale));
    }

    /** What somebody did to the order in the store. */
    private static Optional<Verdict> deviation(SaleState sale) {
        Order order = sale.order();
        if (order.cancelled() || !order.comparable() || !sale.settled()) {
            return Optional.empty();
        }
        if (!order.shown()) {
            return deviation("order-gone", "The store no longer has the order " + order.name()
                    + " of this sale. Enter the sale there by hand if that was a mistake, then dismiss this", order.id());
        }
        if (order.shownCancelled()) {
            return deviation("cancelled-in-store", "The order " + order.name()
                    + " was cancelled in the store, and the sale stands at the till. Enter it there by hand if that was a mistake,"
                    + " then dismiss this", order.id());
        }
        if (differ(order.total(), order.shownTotal())) {
            return deviation("order-edited", "The order " + order.name() + " was changed in the store from "
                    + plain(order.total()) + " to " + plain(order.shownTotal()) + ". Correct it there, or dismiss this",
                    order.id() + ":" + plain(order.shownTotal()));
        }
        // An order that is just being refunded is told of as that.
        return order.refundsOpen() || !differ(order.refundsWritten(), order.shownRefunded())
                ? Optional.empty()
                : deviation("refunded-in-store", "Of the order " + order.name() + " " + plain(order.shownRefunded())
                        + " are given back in the store, and " + plain(order.refundsWritten())
                        + " at the till. Make both agree, or dismiss this",
                        order.id() + ":" + plain(order.shownRefunded()));
    }

    private static Optional<Verdict> deviation(String reason, String detail, String what) {
        return Optional.of(new Verdict(Origin.FOREIGN_WRITE, reason, detail, Repair.PERSON, reason + ":" + what));
    }

    private static Optional<Verdict> problem(SaleState sale) {
        return sale.problemCode() == null
                ? Optional.empty()
                : Optional.of(new Verdict(Origin.OUR_FAILURE, sale.problemCode(), sale.problem(), Repair.PERSON));
    }

    private static Optional<Verdict> unfinished(SaleState sale) {
        if (!sale.settled()) {
            return Optional.empty();
        }
        if (sale.unread()) {
            return underWay("sale-unread", "The till told of it, and it could not be read since");
        }
        if (sale.order().id() != null && sale.order().refundsOpen()) {
            return underWay("refund-unwritten", "A refund of the till is not in the store yet");
        }
        return sale.posted()
                ? Optional.empty()
                : underWay("stock-unposted", "Its units are not off the store's stock yet");
    }

    private static Optional<Verdict> withoutOrder(SaleState sale) {
        return switch (sale.status()) {
            case "HELD" -> Optional.of(new Verdict(Origin.OUR_FAILURE, sale.reasonCode(), sale.reason(), Repair.PERSON));
            case "FAILED" -> underWay(sale.reasonCode() == null ? "failed" : sale.reasonCode(), sale.reason());
            case "SKIPPED" -> sale.openOrders() > 0 && sale.settled()
                    ? Optional.of(new Verdict(Origin.FOREIGN_WRITE, "order-of-skipped-sale",
                            "The store has an order of this sale, which is left out here. Cancel it there, or replay the sale",
                            Repair.PERSON))
                    : problem(sale).or(() -> sale.posted() ? Optional.empty() : unfinished(sale));
            default -> sale.paid() && sale.settled()
                    ? underWay("order-unmade", "It is paid, and has no order in the store yet")
                    : problem(sale).or(() -> unfinished(sale));
        };
    }

    private static Optional<Verdict> underWay(String reason, String detail) {
        return Optional.of(new Verdict(Origin.OUR_FAILURE, reason, detail, Repair.UNDER_WAY));
    }

    /** What is not known differs from nothing. */
    private static boolean differ(BigDecimal ours, BigDecimal shown) {
        return ours != null && shown != null && ours.compareTo(shown) != 0;
    }

    private static String plain(BigDecimal amount) {
        return amount.stripTrailingZeros().toPlainString();
    }
}
