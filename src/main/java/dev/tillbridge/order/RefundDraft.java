package dev.tillbridge.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * Money given back at the till, to be written into the store's order. It never restocks: stock goes back by our own
 * adjustments only. It may be sent again verbatim as long as the store keeps the key (Shopify: 24 hours).
 */
public record RefundDraft(String idempotencyKey, String orderId, String note, Instant processedAt, List<Line> lines,
        List<Transaction> transactions) {

    public RefundDraft {
        lines = List.copyOf(lines);
        transactions = List.copyOf(transactions);
    }

    public record Line(String lineId, int quantity) {}

    /** @param parentId the order's transaction that the money came by */
    public record Transaction(String parentId, String gateway, BigDecimal amount) {}
}
