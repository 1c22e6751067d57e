package dev.tillbridge.order;

import java.time.Instant;

/**
 * A payment of a sale, in minor units.
 *
 * @param tender the tender's label, such as "Cash"; null where it is not known
 * @param cash whether it was paid in cash, which some countries round
 * @param amount without the tip
 * @param result as the till writes it: {@code SUCCESS}, {@code AUTH_COMPLETED}, {@code VOIDED}, {@code FAIL}, …
 */
public record SalePayment(String id, String tenderId, String tender, boolean cash, long amount, long tip, long tax,
        String result, Instant createdAt, Instant modifiedAt) {

    /** Whether the money was received: Clover's SUCCESS and AUTH_COMPLETED. */
    public boolean received() {
        return "SUCCESS".equals(result) || "AUTH_COMPLETED".equals(result);
    }

    /** Whether the payment was taken back whole before it was settled. */
    public boolean voided() {
        return "VOIDED".equals(result);
    }
}
