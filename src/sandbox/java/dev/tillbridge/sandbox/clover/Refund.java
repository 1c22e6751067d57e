package dev.tillbridge.sandbox.clover;

import java.util.List;

/**
 * Money given back for a payment. Names of com.clover.sdk.v3.payments.Refund. The amount is positive, with tax and tip, in
 * minor units.
 */
final class Refund extends SaleRow {

    final Payment payment;
    final long amount;
    final long tip;
    final long tax;
    /** Ids of the lines it is for; empty where it is by amount. */
    final List<String> lines;

    Refund(String id, Moment made, Payment payment, long amount, long tip, List<String> lines) {
        super(id, made);
        this.payment = payment;
        this.amount = amount;
        this.tip = tip;
        this.lines = List.copyOf(lines);
        this.tax = payment.amount == 0 ? 0 : Math.round((double) payment.tax * (amount - tip) / payment.amount);
    }
}
