package dev.tillbridge.order;

import java.util.ArrayList;
import java.util.List;

/** What was paid, as transactions of the store's order. */
final class OrderPayments {

    /** How it was paid where the till does not say. */
    private static final String GATEWAY = "Clover";

    private OrderPayments() {}

    /** A payment and its part of the order's total, in minor units. */
    record Part(SalePayment payment, String gateway, long amount) {}

    /**
     * The received payments, refunded ones whole, because refunds follow. They add up to the order's total: a cash payment
     * takes up what was rounded.
     */
    static List<OrderDraft.Transaction> transactions(Sale sale, boolean tipsIncluded) {
        return parts(sale, tipsIncluded).stream().map(part -> new OrderDraft.Transaction(part.gateway(),
                MinorUnits.decimal(part.amount(), sale.currency()), part.payment().createdAt())).toList();
    }

    /** In the order of the sale's payments; nothing where nothing was paid. */
    static List<Part> parts(Sale sale, boolean tipsIncluded) {
        long rounding = CashRounding.of(sale);
        SalePayment rounded = rounding == 0 ? null : roundedMost(sale, rounding);
        var parts = new ArrayList<Part>();
        for (SalePayment payment : sale.payments()) {
            long amount = payment.amount() + (tipsIncluded ? payment.tip() : 0) - (payment.equals(rounded) ? rounding : 0);
            if (payment.received() && amount > 0) {
                parts.add(new Part(payment, payment.tender() == null || payment.tender().isBlank() ? GATEWAY : payment.tender(),
                        amount));
            }
        }
        return parts;
    }

    /** The last rounded cash payment that can take it. */
    private static SalePayment roundedMost(Sale sale, long rounding) {
        SalePayment found = null;
        for (SalePayment payment : CashRounding.rounded(sale)) {
            if (found == null || payment.amount() >= rounding) {
                found = payment;
            }
        }
        return found;
    }
}
