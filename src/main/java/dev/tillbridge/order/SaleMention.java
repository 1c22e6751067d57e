package dev.tillbridge.order;

import java.time.Instant;

/**
 * What a list of the till's says of a sale: that it, or a payment or refund of it, is there or was changed. The sale itself
 * is then read by its id, because lists cut what belongs to it.
 *
 * @param id of the order, payment, refund or credit
 * @param saleId of the sale it belongs to; null for money given back without a sale
 * @param amount in minor units; null where the list has none
 * @param stamp differs whenever what the list shows of it differs
 * @param money null where it is none that is given back
 * @param changedAt the till's time of the last change; null where the list tells none
 * @param received what is paid; null where it is no payment
 */
public record SaleMention(Kind kind, String id, String saleId, Long amount, Instant createdAt, String stamp, Money money,
        Instant changedAt, Received received) {

    public SaleMention(Kind kind, String id, String saleId, Long amount, Instant createdAt, String stamp, Money money) {
        this(kind, id, saleId, amount, createdAt, stamp, money, null, null);
    }

    public SaleMention(Kind kind, String id, String saleId, Long amount, Instant createdAt, String stamp) {
        this(kind, id, saleId, amount, createdAt, stamp, null);
    }

    /** The same, with another stamp. */
    public SaleMention stamped(String other) {
        return new SaleMention(kind, id, saleId, amount, createdAt, other, money, changedAt, received);
    }

    /**
     * What a payment's row shows beside its amount.
     *
     * @param tip in minor units; zero where there is none
     * @param result as the till writes it
     */
    public record Received(long tip, String result) {}

    /** What became of money that is given back. */
    public enum Money {
        RETURNED,
        PENDING,
        /** It failed, or was taken back itself. */
        NOT_RETURNED;

        /** @param status as the till writes it; null counts as done */
        public static Money of(String status, boolean voided) {
            if (voided) {
                return NOT_RETURNED;
            }
            if (status == null || "SUCCESS".equals(status)) {
                return RETURNED;
            }
            return "PENDING".equals(status) ? PENDING : NOT_RETURNED;
        }
    }

    /** Which list it comes from. */
    public enum Kind {
        ORDER,
        PAYMENT,
        REFUND,
        CREDIT
    }
}
