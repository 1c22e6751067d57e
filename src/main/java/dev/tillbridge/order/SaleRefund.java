package dev.tillbridge.order;

import java.time.Instant;
import java.util.List;

/**
 * Money given back, in minor units, positive.
 *
 * @param paymentId null for a credit, which is tied to no payment
 * @param amount with tax and tip
 * @param lineIds the lines it is for; empty where it is by amount
 * @param status as the till writes it: {@code SUCCESS}, {@code FAIL}, {@code PENDING}, {@code VOIDED}; null counts as SUCCESS
 */
public record SaleRefund(String id, Kind kind, String paymentId, long amount, long tax, long tip, List<String> lineIds,
        String status, boolean voided, String reason, Instant createdAt) {

    public SaleRefund {
        lineIds = List.copyOf(lineIds);
    }

    /** Whether the money was really given back. */
    public boolean effective() {
        return SaleMention.Money.of(status, voided) == SaleMention.Money.RETURNED;
    }

    /** Whether the money may still move. */
    public boolean pending() {
        return SaleMention.Money.of(status, voided) == SaleMention.Money.PENDING;
    }

    /** What the till calls it. */
    public enum Kind {
        /** Of a payment. */
        REFUND,
        /** A manual refund, of no payment. */
        CREDIT
    }
}
