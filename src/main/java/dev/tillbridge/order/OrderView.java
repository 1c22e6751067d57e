package dev.tillbridge.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.tillbridge.journal.JournalView;

/**
 * A till sale as the API shows it.
 *
 * @param posOrderId the till's order id; of kind CREDIT, money given back without a sale, the credit's
 * @param status SEEN, WAITING, READY, CREATING, IMPORTED, HELD (a person must act), SKIPPED, FAILED (tried again)
 * @param stock NONE, RESERVED, SENT, POSTED, RETURNED
 * @param reason why it is held, skipped, waiting or failed; null where there is nothing to say
 * @param problems what is wrong although it was imported, or with its stock or shipment; empty where all is well
 * @param posTotal what the till says is due
 * @param storeTotal the store's sum; null where there is no order
 * @param storeOrder null where there is none
 * @param sides line by line on both sides; left out of lists
 * @param history its whole story, oldest first; left out of lists
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record OrderView(String posOrderId, String kind, String status, String stock, Reason reason, List<Reason> problems,
        boolean paid, Instant createdAt, Amount posTotal, Amount storeTotal, StoreOrderView storeOrder, List<LineView> lines,
        List<RefundView> refunds, @JsonInclude(JsonInclude.Include.NON_NULL) OrderSides sides,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<JournalView> history) {

    /** {@code code}: a stable word; {@code text}: what is the matter and what helps. */
    record Reason(String code, String text) {}

    /** {@code amount}: a decimal, as text. */
    record Amount(String amount, String currency) {

        static Amount of(BigDecimal amount, String currency) {
            return amount == null || currency == null
                    ? null
                    : new Amount(amount.setScale(Math.max(MinorUnits.decimals(currency), amount.stripTrailingZeros().scale()))
                            .toPlainString(), currency);
        }
    }

    /** {@code former}: orders of this sale that were cancelled. */
    record StoreOrderView(String id, String name, boolean cancelled, List<String> former) {}

    /** @param variantId null where the item has no link, or the line no item */
    record LineView(String itemId, String name, BigDecimal units, BigDecimal returned, String variantId, String sku) {}

    record RefundView(String posRefundId, String status, Amount amount, Reason reason, String storeRefundId) {}
}
