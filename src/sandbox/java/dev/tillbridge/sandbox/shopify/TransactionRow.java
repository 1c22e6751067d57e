package dev.tillbridge.sandbox.shopify;

import java.math.BigDecimal;

/**
 * Money that came, went or was promised.
 *
 * @param kind SALE, AUTHORIZATION, CAPTURE, REFUND, VOID, …
 * @param parent the transaction a refund gives back; null for one of its own
 */
record TransactionRow(long id, String kind, String status, String gateway, BigDecimal amount, String currency, long createdAt,
        long processedAt, boolean test, TransactionRow parent) {

    String gid() {
        return Gid.of("OrderTransaction", id);
    }

    /** Whether this gave money of that one back. */
    boolean refunds(TransactionRow paid) {
        return succeeded("REFUND") && parent != null && parent.id == paid.id;
    }

    boolean succeeded(String wanted) {
        return kind.equals(wanted) && status.equals("SUCCESS");
    }
}
