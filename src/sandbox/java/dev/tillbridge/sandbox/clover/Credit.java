package dev.tillbridge.sandbox.clover;

/** A manual refund, of no payment. Names of com.clover.sdk.v3.payments.Credit; the amount is positive, in minor units. */
final class Credit extends SaleRow {

    /** Null where it is tied to none. */
    final Order order;
    final long amount;
    final String tender;
    String employee;
    String device;

    Credit(String id, Moment made, Order order, long amount, String tender) {
        super(id, made);
        this.order = order;
        this.amount = amount;
        this.tender = tender;
    }
}
