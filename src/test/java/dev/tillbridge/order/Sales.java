package dev.tillbridge.order;

import java.time.Instant;
import java.util.List;

/** Sales for tables: one line of an item unless said otherwise. */
record Sales(String currency, long total, boolean vat, boolean taxRemoved, String state, String paymentState, boolean deleted,
        List<SaleLine> lines, List<SaleDiscount> discounts, ServiceCharge charge, List<SalePayment> payments,
        List<SaleRefund> refunds) {

    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    static final TaxRate STATE = new TaxRate("T1", "State", 825_000, null);

    static Sales of(long total, SaleLine... lines) {
        return new Sales("USD", total, false, false, "locked", "PAID", false, List.of(lines), List.of(), null,
                List.of(card("P1", total, 0)), List.of());
    }

    Sales in(String other) {
        return new Sales(other, total, vat, taxRemoved, state, paymentState, deleted, lines, discounts, charge, payments,
                refunds);
    }

    Sales vatIncluded() {
        return new Sales(currency, total, true, taxRemoved, state, paymentState, deleted, lines, discounts, charge, payments,
                refunds);
    }

    Sales withoutTaxes() {
        return new Sales(currency, total, vat, true, state, paymentState, deleted, lines, discounts, charge, payments, refunds);
    }

    Sales states(String order, String payment) {
        return new Sales(currency, total, vat, taxRemoved, order, payment, deleted, lines, discounts, charge, payments,
                refunds);
    }

    Sales gone() {
        return new Sales(currency, total, vat, taxRemoved, state, paymentState, true, lines, discounts, charge, payments,
                refunds);
    }

    Sales off(SaleDiscount... more) {
        return new Sales(currency, total, vat, taxRemoved, state, paymentState, deleted, lines, List.of(more), charge, payments,
                refunds);
    }

    Sales charged(long percentage) {
        return new Sales(currency, total, vat, taxRemoved, state, paymentState, deleted, lines, discounts,
                new ServiceCharge("S", "Service", percentage), payments, refunds);
    }

    Sales paid(SalePayment... other) {
        return new Sales(currency, total, vat, taxRemoved, state, paymentState, deleted, lines, discounts, charge,
                List.of(other),
                refunds);
    }

    Sales refunded(SaleRefund... other) {
        return new Sales(currency, total, vat, taxRemoved, state, paymentState, deleted, lines, discounts, charge, payments,
                List.of(other));
    }

    Sale sale() {
        return sale(null, NOON);
    }

    Sale sale(String note, Instant modified) {
        return new Sale("O1", currency, total, vat, taxRemoved, false, state, paymentState, note, note, null, "Table", "E1",
                "Ann", "D1",
                NOON, NOON, modified, deleted, lines, discounts, charge, payments, refunds, null);
    }

    static SaleLine item(String id, String itemId, long price, TaxRate... rates) {
        return new SaleLine(id, itemId, "Item " + itemId, price, null, null, null, null, false, false, false, List.of(),
                List.of(),
                List.of(rates));
    }

    static SaleLine kilos(String id, String itemId, long price, long grams) {
        return new SaleLine(id, itemId, "Almonds", price, grams, "kg", null, null, false, false, false, List.of(), List.of(),
                List.of());
    }

    static SaleLine marked(String id, String itemId, boolean refunded, boolean exchanged, boolean fee) {
        return new SaleLine(id, itemId, "Item " + itemId, 500, null, null, null, null, refunded, exchanged, fee, List.of(),
                List.of(),
                List.of());
    }

    static SaleLine with(SaleLine line, List<SaleLine.Modification> modifications, SaleDiscount... discounts) {
        return new SaleLine(line.id(), line.itemId(), line.name(), line.price(), line.unitQuantity(), line.unitName(), null,
                null, false,
                false, false, modifications, List.of(discounts), line.taxRates());
    }

    static SaleDiscount amount(String name, long amount) {
        return new SaleDiscount("D", name, amount, null);
    }

    static SaleDiscount percent(String name, long percentage) {
        return new SaleDiscount("D", name, null, percentage);
    }

    static SalePayment card(String id, long amount, long tip) {
        return new SalePayment(id, "T", "Credit Card", false, amount, tip, 0, "SUCCESS", NOON, NOON);
    }

    static SalePayment cash(String id, long amount) {
        return new SalePayment(id, "T", "Cash", true, amount, 0, 0, "SUCCESS", NOON.plusSeconds(60), NOON);
    }

    static SalePayment voidedCard(String id, long amount) {
        return new SalePayment(id, "T", "Credit Card", false, amount, 0, 0, "VOIDED", NOON, NOON);
    }

    static SaleRefund refund(String id, String paymentId, long amount, long tip, String... lineIds) {
        return new SaleRefund(id, SaleRefund.Kind.REFUND, paymentId, amount, 0, tip, List.of(lineIds), "SUCCESS", false,
                "Broken", NOON);
    }
}
