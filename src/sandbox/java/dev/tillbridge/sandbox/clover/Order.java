package dev.tillbridge.sandbox.clover;

import java.util.ArrayList;
import java.util.List;

/** An order. Names of com.clover.sdk.v3.order.Order, docs.clover.com/dev/reference/ordergetorders. */
final class Order extends SaleRow {

    final Merchant merchant;
    /** Whether it was made through the REST API rather than at a device. */
    final boolean api;
    final List<OrderLine> lines = new ArrayList<>();
    final List<Discount> discounts = new ArrayList<>();
    final List<Payment> payments = new ArrayList<>();
    final List<Refund> refunds = new ArrayList<>();
    final List<Credit> credits = new ArrayList<>();
    /** Ids of customers. */
    final List<String> customers = new ArrayList<>();
    String currency;
    /** Minor units; null until somebody has written it, for the client owns it. */
    Long total;
    /** Whether the total stays as it was given, whatever the lines say. */
    boolean totalGiven;
    /** Null while it is hidden from lists. */
    String state;
    /** Whether the state stays as it was given, paid or not. */
    boolean stateGiven;
    String title;
    String note;
    String externalReferenceId;
    String employee;
    String device;
    String orderType;
    String payType;
    Charge serviceCharge;
    boolean taxRemoved;
    boolean isVat;
    boolean testMode;
    boolean manualTransaction;
    boolean groupLineItems = true;
    /** 0 unless deleted. */
    long deletedTime;
    /** Payments made that have not arrived yet, in minor units. */
    long underWay;
    /** When it comes into the book; 0 where that is long ago. */
    long arrivesAt;
    /** The state it gets once it is hidden no more; null where it never was. */
    String hiddenState;

    Order(String id, Moment made, Merchant merchant, boolean api) {
        super(id, made);
        this.merchant = merchant;
        this.api = api;
        this.currency = merchant.currency;
        this.isVat = merchant.vat;
    }

    boolean deleted() {
        return deletedTime != 0;
    }

    /** Minor units received, without tips. */
    long paid() {
        return payments.stream().filter(Payment::received).mapToLong(payment -> payment.amount).sum();
    }

    /** Minor units of tips received. */
    long tips() {
        return payments.stream().filter(Payment::received).mapToLong(payment -> payment.tip).sum();
    }

    /** Minor units given back for payments, with tips. */
    long givenBack() {
        return refunds.stream().mapToLong(refund -> refund.amount).sum();
    }

    /**
     * {@code OPEN, PAID, REFUNDED, CREDITED, PARTIALLY_PAID, PARTIALLY_REFUNDED}; null, and absent from answers, until a payment
     * or credit was tried. Cash rounded down leaves PARTIALLY_PAID (facts, section 8).
     */
    String paymentState() {
        if (payments.isEmpty() && credits.isEmpty()) {
            return null;
        }
        long goods = refunds.stream().mapToLong(refund -> refund.amount - refund.tip).sum();
        if (goods > 0) {
            return goods >= paid() ? "REFUNDED" : "PARTIALLY_REFUNDED";
        }
        if (!credits.isEmpty()) {
            return "CREDITED";
        }
        if (payments.stream().noneMatch(Payment::received)) {
            return "OPEN";
        }
        return paid() >= (total == null ? 0 : total) ? "PAID" : "PARTIALLY_PAID";
    }

    /** Whether the till is done with it: covered, or locked with a payment (rounded cash) or with nothing to pay. */
    boolean settled() {
        boolean locked = "locked".equalsIgnoreCase(state);
        boolean received = payments.stream().anyMatch(Payment::received);
        boolean nothingToPay = total != null && total == 0 && !lines.isEmpty();
        return received ? locked || paid() >= (total == null ? 0 : total) : locked && nothingToPay;
    }
}
