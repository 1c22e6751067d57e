package dev.tillbridge.sandbox.clover;

/** A payment of an order; money in minor units. Names of com.clover.sdk.v3.payments.Payment. */
final class Payment extends SaleRow {

    final Order order;
    final String tender;
    /** Without the tip. */
    final long amount;
    long tip;
    /** The part of the amount that is tax. */
    long tax;
    boolean cash;
    String result = "SUCCESS";
    String employee;
    String device;
    String voidReason;

    Payment(String id, Moment made, Order order, String tender, long amount) {
        super(id, made);
        this.order = order;
        this.tender = tender;
        this.amount = amount;
        this.employee = order.employee;
        this.device = order.device;
    }

    /** Whether the money came in. */
    boolean received() {
        return result.equals("SUCCESS") || result.equals("AUTH_COMPLETED");
    }

    /** Minor units given back of the amount, without tips. */
    long givenBack() {
        return order.refunds.stream().filter(refund -> refund.payment == this)
                .mapToLong(refund -> refund.amount - refund.tip).sum();
    }
}
