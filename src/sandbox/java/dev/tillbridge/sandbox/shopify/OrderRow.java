package dev.tillbridge.sandbox.shopify;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** An order with everything that belongs to it. */
final class OrderRow implements OrderFacts {

    record Attribute(String key, String value) {}

    /** Found by email or phone; customer data is not simulated further. */
    record Customer(long id, String firstName, String lastName) {}

    final int slot;
    final int number;
    final String currency;
    final boolean taxesIncluded;
    final List<LineRow> lines = new ArrayList<>(2);
    final List<ShippingRow> shippingLines = new ArrayList<>(0);
    final List<TransactionRow> transactions = new ArrayList<>(1);
    final List<RefundRow> refunds = new ArrayList<>(0);
    final List<FulfillmentRow> fulfillments = new ArrayList<>(1);
    final List<FulfillmentOrderRow> fulfillmentOrders = new ArrayList<>(1);
    String name;
    String presentmentCurrency;
    String sourceName;
    String sourceIdentifier;
    String sourceUrl;
    String appName = "Tillbridge";
    String note;
    String poNumber;
    String email;
    String phone;
    Customer customer;
    List<String> tags = List.of();
    List<Attribute> attributes = List.of();
    List<TaxRow> taxes = List.of();
    String discountCode;
    boolean test;
    /** What its creation said; null once a later operation makes it be worked out from the transactions. */
    String givenFinancial;
    /** PARTIAL or RESTOCKED where its creation said so. */
    String givenFulfillment;
    String cancelReason;
    /** 0 where it is not cancelled. */
    long cancelledAt;
    /** 0 where it is not closed. */
    long closedAt;
    long createdAt;
    long processedAt;
    long updatedAt;

    OrderRow(int slot, String name, String currency, boolean taxesIncluded, long now) {
        this.slot = slot;
        this.number = 1001 + slot;
        this.name = name == null ? "#" + number : name;
        this.currency = currency;
        this.presentmentCurrency = currency;
        this.taxesIncluded = taxesIncluded;
        this.createdAt = now;
        this.processedAt = now;
        this.updatedAt = now;
    }

    String gid() {
        return OrderBook.ORDERS.gid(slot);
    }

    OrderTotals totals() {
        return new OrderTotals(this);
    }

    /** Null where neither a status nor transactions were given (rec). */
    @Override
    public String financialStatus() {
        if (givenFinancial != null) {
            return givenFinancial;
        }
        OrderTotals totals = totals();
        BigDecimal received = totals.received();
        BigDecimal refunded = totals.refunded();
        if (refunded.signum() > 0) {
            return refunded.compareTo(received) >= 0 ? "REFUNDED" : "PARTIALLY_REFUNDED";
        }
        if (received.signum() > 0) {
            return received.compareTo(totals.currentTotal()) >= 0 ? "PAID" : "PARTIALLY_PAID";
        }
        if (transactions.stream().anyMatch(each -> each.succeeded("VOID"))) {
            return "VOIDED";
        }
        if (totals.capturable().signum() > 0) {
            return "AUTHORIZED";
        }
        if (transactions.isEmpty()) {
            return null;
        }
        return totals.total().signum() == 0 ? "PAID" : "PENDING";
    }

    @Override
    public String fulfillmentStatus() {
        if (givenFulfillment != null) {
            return givenFulfillment.equals("PARTIAL") ? "PARTIALLY_FULFILLED" : givenFulfillment;
        }
        int fulfilled = lines.stream().mapToInt(each -> each.fulfilled).sum();
        int left = lines.stream().mapToInt(LineRow::unfulfilled).sum();
        return fulfilled == 0 ? "UNFULFILLED" : left == 0 ? "FULFILLED" : "PARTIALLY_FULFILLED";
    }

    @Override
    public boolean present() {
        return true;
    }

    @Override
    public long updatedAt() {
        return updatedAt;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> tags() {
        return tags;
    }

    @Override
    public boolean cancelled() {
        return cancelledAt > 0;
    }

    @Override
    public boolean closed() {
        return closedAt > 0;
    }
}
