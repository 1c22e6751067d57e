package dev.tillbridge.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * An order of the store as it stands now, read by id. Amounts are decimals of {@code currency}.
 *
 * @param financialStatus in the store's words ({@code PAID}, {@code PENDING}, {@code PARTIALLY_REFUNDED}, …); null where unknown
 * @param fulfillments that were not cancelled
 */
public record StoreOrder(String id, String name, String currency, boolean cancelled, String financialStatus, BigDecimal total,
        BigDecimal refunded, Instant createdAt, List<Line> lines, List<Transaction> transactions,
        List<Fulfillment> fulfillments) {

    public StoreOrder {
        lines = List.copyOf(lines);
        transactions = List.copyOf(transactions);
        fulfillments = List.copyOf(fulfillments);
    }

    /** @param key that of {@link OrderDraft.Line}; null for a line not made by us */
    public record Line(String id, String key, String variantId, String title, int quantity, int refundableQuantity,
            BigDecimal unitPrice) {}

    /** @param kind {@code SALE}, {@code REFUND}, …; {@code status}: {@code SUCCESS}, …; {@code parentId}: null for one of its own */
    public record Transaction(String id, String kind, String status, String gateway, BigDecimal amount, String parentId) {}

    public record Fulfillment(String id, String status) {}
}
