package dev.tillbridge.sandbox.clover;

import java.util.ArrayList;
import java.util.List;

import dev.tillbridge.sandbox.behaviour.Behaviour;
import dev.tillbridge.sandbox.behaviour.Switch;
import dev.tillbridge.sandbox.clover.SaleRow.Moment;

/**
 * What a till does with an order: it adds up, takes payments, gives money back, voids and deletes, and keeps stock and state with
 * it. Totals that a client has given stay as they are.
 */
final class Till {

    /** How long an order has no state where orders are hidden first; a payment of it ends that sooner. */
    static final long HIDDEN_MS = 3_000;
    /** Where orders come late, one order or payment in three does, by this and up to {@link #LATE_SPREAD_MS} more. */
    static final long LATE_MS = 2_000;
    static final int LATE_SPREAD_MS = 4_000;
    private static final int LATE_ONE_IN = 3;
    /** What the devices' clocks are off, where they are: one is slow, the other fast. */
    private static final long[] CLOCK_ERRORS = { -5 * 3_600_000L, 3 * 3_600_000L};
    private static final String LOCKED = "locked";
    private static final String OPEN = "open";

    private final Behaviour behaviour;
    private final SoldStock stock;

    Till(Behaviour behaviour) {
        this.behaviour = behaviour;
        this.stock = new SoldStock(behaviour);
    }

    /** A moment at a device of the merchant's; null for a device stands for none, whose clock is right. */
    Moment moment(Merchant merchant, String device, long millis) {
        int number = device == null ? -1 : merchant.sales.devices.indexOf(device);
        boolean off = number >= 0 && behaviour.is(Switch.DEVICE_CLOCK, "off");
        return SaleBook.moment(millis, off ? CLOCK_ERRORS[number] : 0);
    }

    TillTotal total(Order order) {
        return TillTotal.of(order, behaviour.is(Switch.TAX_ROUNDING, "perLine"),
                behaviour.is(Switch.SERVICE_CHARGE_BASE, "beforeDiscounts"));
    }

    /** Adds up again, unless the total was given. */
    void addUp(Order order) {
        if (!order.totalGiven) {
            order.total = total(order).total();
        }
    }

    /** An order made at a device, complete with its lines; by the switches it comes late, and is hidden first. */
    void open(Order order) {
        SaleBook book = order.merchant.sales;
        long now = book.now();
        order.arrivesAt = now + lateness(book);
        if (behaviour.is(Switch.HIDDEN_ORDERS, "yes") && order.state != null) {
            order.hiddenState = order.state;
            order.state = null;
            book.at(now + HIDDEN_MS, () -> reveal(order, now + HIDDEN_MS));
        }
        book.arrives(order, order.arrivesAt);
        book.at(order.arrivesAt, () -> take(order));
    }

    /** A payment made with the order; by the switch it comes late, and never before its order. */
    void pay(Payment payment) {
        SaleBook book = payment.order.merchant.sales;
        pay(payment, Math.max(payment.order.arrivesAt, book.now() + lateness(book)));
    }

    /** A payment of an order that was open until now; it is hidden no more. */
    void payOpen(Payment payment) {
        reveal(payment.order, payment.order.merchant.sales.now());
        pay(payment);
    }

    /** A payment that cannot come late. */
    void payNow(Payment payment) {
        pay(payment, 0);
    }

    private void pay(Payment payment, long at) {
        Order order = payment.order;
        SaleBook book = order.merchant.sales;
        payment.tax = taxIn(order, payment.amount);
        long received = payment.received() ? payment.amount : 0;
        order.underWay += received;
        book.at(at, () -> {
            order.underWay -= received;
            if (order.paid() == 0 && order.refunds.isEmpty()) {
                // What a void had put back into stock is sold after all.
                order.lines.forEach(line -> line.givenBack = false);
            }
            order.payments.add(payment);
            book.payments.add(payment);
            book.tell(payment, "CREATE");
            book.touched(order, payment.createdTime);
            lock(order);
            take(order);
        });
    }

    /** The part of an amount paid that is tax. */
    long taxIn(Order order, long amount) {
        return order.total == null || order.total == 0
                ? 0
                : Math.round((double) total(order).tax() * amount / order.total);
    }

    private static void lock(Order order) {
        if (OPEN.equalsIgnoreCase(order.state) && !order.stateGiven && order.settled()) {
            order.state = LOCKED;
        }
    }

    /** A tip put on a payment later. */
    void tip(Payment payment, long tip) {
        payment.tip = tip;
        touched(payment);
        if (behaviour.is(Switch.TIP_TOUCHES_ORDER, "yes")) {
            payment.order.merchant.sales.touched(payment.order);
        }
    }

    /** Something of the order but its lines was written. */
    void written(Order order) {
        order.merchant.sales.touched(order);
        take(order);
    }

    /** The order's lines were changed: it adds up and takes from stock anew, and is open where that is not paid. */
    void linesChanged(Order order) {
        addUp(order);
        if (order.paymentState() != null && order.paymentState().equals("PARTIALLY_PAID")
                && LOCKED.equalsIgnoreCase(order.state)) {
            order.state = OPEN;
        }
        written(order);
    }

    /**
     * Gives money back for the order's payments, the first ones first.
     *
     * @param amount without tip
     * @param lines given back with it; may be empty
     * @throws IllegalArgumentException if not so much was paid
     */
    List<Refund> refund(Order order, List<Payment> payments, long amount, long tip, List<OrderLine> lines) {
        SaleBook book = order.merchant.sales;
        long most = payments.stream().mapToLong(payment -> payment.amount - payment.givenBack()).sum();
        if (payments.isEmpty() || amount > most || amount < 0 || amount + tip == 0) {
            throw new IllegalArgumentException("Of this order " + most + " can be given back, not " + amount + ".");
        }
        List<String> lineIds = lines.stream().map(line -> line.id).toList();
        List<Refund> made = new ArrayList<>();
        long left = amount;
        long tipLeft = tip;
        for (Payment payment : payments) {
            long part = Math.min(left, payment.amount - payment.givenBack());
            if (part + tipLeft > 0) {
                Refund refund = new Refund(book.newId(), moment(order.merchant, order.device, book.now()), payment,
                        part + tipLeft, tipLeft, made.isEmpty() ? lineIds : List.of());
                order.refunds.add(refund);
                book.refunds.add(refund);
                touched(payment);
                made.add(refund);
                left -= part;
                tipLeft = 0;
            }
        }
        lines.forEach(line -> {
            line.refunded = true;
            line.refund = made.get(0).id;
        });
        boolean all = order.payments.stream().filter(Payment::received).allMatch(each -> each.givenBack() >= each.amount);
        stock.giveBack(order.merchant, all ? order.lines : lines);
        moneyGivenBack(order);
        return made;
    }

    /** A manual refund; its order may be null. */
    void credit(Merchant merchant, Credit credit) {
        merchant.sales.credits.add(credit);
        if (credit.order != null) {
            credit.order.credits.add(credit);
            moneyGivenBack(credit.order);
        }
    }

    /** Takes back every payment before it was settled with the bank; the order is open again. */
    List<Payment> voidPayments(Order order) {
        List<Payment> voided = order.payments.stream().filter(Payment::received).toList();
        for (Payment payment : voided) {
            payment.result = "VOIDED";
            payment.voidReason = "USER_CANCEL";
            touched(payment);
        }
        order.state = OPEN;
        order.merchant.sales.touched(order);
        stock.giveBack(order.merchant, order.lines);
        return voided;
    }

    void delete(Order order) {
        SaleBook book = order.merchant.sales;
        order.deletedTime = book.serverNow();
        book.stamp(order, book.now());
        book.tell(order, "DELETE");
        stock.giveBack(order.merchant, order.lines);
    }

    /** An order on its way has not been heard of: its goods are taken when it arrives. */
    private void take(Order order) {
        if (!order.merchant.sales.isUnderWay(order)) {
            stock.take(order);
        }
    }

    private void reveal(Order order, long at) {
        if (order.state == null && order.hiddenState != null) {
            order.state = order.hiddenState;
            lock(order);
            order.merchant.sales.touched(order, at);
            take(order);
        }
    }

    private void touched(Payment payment) {
        SaleBook book = payment.order.merchant.sales;
        payment.modifiedTime = book.serverNow();
        book.payments.changed();
        book.tell(payment, "UPDATE");
    }

    private void moneyGivenBack(Order order) {
        if (behaviour.is(Switch.REFUND_TOUCHES_ORDER, "yes")) {
            order.merchant.sales.touched(order);
        }
    }

    private long lateness(SaleBook book) {
        return behaviour.is(Switch.LATE_ORDERS, "yes") && book.chance.nextInt(LATE_ONE_IN) == 0
                ? LATE_MS + book.chance.nextInt(LATE_SPREAD_MS)
                : 0;
    }
}
