package dev.tillbridge.order;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a refund of the store out of money given back at the till, or says why a person must look at it. It never restocks.
 */
public final class RefundMapping {

    private RefundMapping() {}

    public sealed interface Result permits Mapped, Held {}

    public record Mapped(RefundDraft draft) implements Result {}

    /**
     * A person must act, or, of {@code tip-only}, nobody.
     *
     * @param code {@code order-not-visible}, {@code currency-differs}, {@code tip-only}, {@code nothing-left} or
     *        {@code refund-exceeds}: the first that holds, in this order
     * @param message a sentence that names what to do
     */
    public record Held(String code, String message) implements Result {}

    /**
     * @param order as it stands now; null where the store does not show it
     * @param origins of the order's lines, from when it was made
     * @param tipsIncluded whether the order holds tips
     * @param key under which the store makes the refund once
     */
    public static Result map(Sale sale, SaleRefund refund, StoreOrder order, List<LineOrigin> origins, boolean tipsIncluded,
            String key) {
        if (order == null) {
            return new Held("order-not-visible", "The store no longer shows the order; an app sees those of the last 60 days."
                    + " Enter the refund in the store by hand.");
        }
        if (!order.currency().equals(sale.currency())) {
            return new Held("currency-differs", "The refund is in " + sale.currency() + ", but the order is in "
                    + order.currency() + ". Enter the refund in the store by hand.");
        }
        BigDecimal amount = MinorUnits.decimal(refund.amount() - (tipsIncluded ? 0 : refund.tip()), sale.currency());
        List<RefundDraft.Line> lines = RefundedLines.of(refund, order, origins);
        if (amount.signum() <= 0 && refund.amount() > 0) {
            return new Held("tip-only", "The refund is of a tip, which is no part of the order. Nothing is left to do.");
        }
        var left = new RefundableMoney(order);
        boolean nothing = amount.signum() > 0 ? left.total().signum() <= 0 : lines.isEmpty();
        if (order.cancelled() || nothing) {
            return new Held("nothing-left", "Nothing is left to refund of the store's order " + order.name()
                    + ". Compare it with the till, then dismiss the refund.");
        }
        BigDecimal due = settleRounding(sale, refund, amount, left.total());
        if (due.compareTo(left.total()) > 0) {
            return new Held("refund-exceeds",
                    "The till gave back " + amount.toPlainString() + " " + sale.currency() + ", but only "
                            + left.total().toPlainString() + " is left to refund of the store's order " + order.name()
                            + ". Enter the refund in the store by hand.");
        }
        return new Mapped(new RefundDraft(key, order.id(), note(refund), refund.createdAt(), lines,
                left.take(due, sale, refund, tipsIncluded)));
    }

    /** What was rounded at the payment is not left behind when all that was paid is given back. */
    private static BigDecimal settleRounding(Sale sale, SaleRefund refund, BigDecimal amount, BigDecimal left) {
        boolean cash = refund.paymentId() == null || sale.payments().stream()
                .anyMatch(payment -> payment.cash() && payment.id().equals(refund.paymentId()));
        BigDecimal rounding = MinorUnits.decimal(CashRounding.of(sale), sale.currency());
        return cash && amount.subtract(rounding).compareTo(left) == 0 ? left : amount;
    }

    private static String note(SaleRefund refund) {
        var words = new ArrayList<String>(List.of("Refunded at the till"));
        if (refund.reason() != null && !refund.reason().isBlank()) {
            words.add(refund.reason().strip());
        }
        return String.join(": ", words);
    }
}
