package dev.tillbridge.order;

import java.time.Instant;
import java.util.List;

/**
 * A till sale as the till tells of it, read whole. All money is in minor units of {@code currency}.
 *
 * @param total what the till says is due: with taxes and service charge, without tips (Clover: {@code order.total})
 * @param taxesIncluded whether prices hold the taxes already (Clover: {@code isVat})
 * @param taxRemoved whether the till took the taxes off this sale
 * @param test made while the till was being tried out
 * @param state as the till writes it, in lower case ({@code open}, {@code locked}); null while the till keeps it hidden
 * @param paymentState as the till writes it, in upper case ({@code OPEN}, {@code PAID}, …); null where it says nothing
 * @param orderTypeId null where the sale has none: sold in the shop
 * @param deleted whether the till deleted it
 * @param discounts of the sale as a whole; those of a line stand there
 * @param serviceCharge null where there is none
 * @param refunds given back for payments of this sale, and credits that name it
 * @param customerId null where nobody is named
 */
public record Sale(String id, String currency, long total, boolean taxesIncluded, boolean taxRemoved, boolean test,
        String state, String paymentState, String title, String note, String orderTypeId, String orderType,
        String employeeId, String employee, String deviceId, Instant createdAt, Instant clientCreatedAt, Instant modifiedAt,
        boolean deleted, List<SaleLine> lines, List<SaleDiscount> discounts, ServiceCharge serviceCharge,
        List<SalePayment> payments, List<SaleRefund> refunds, String customerId) {

    public Sale {
        lines = List.copyOf(lines);
        discounts = List.copyOf(discounts);
        payments = List.copyOf(payments);
        refunds = List.copyOf(refunds);
    }

    /** Tips that were received, in minor units. */
    long tips() {
        return payments.stream().filter(SalePayment::received).mapToLong(SalePayment::tip).sum();
    }

    /** The same, paid by these. */
    Sale paidBy(List<SalePayment> those) {
        return new Sale(id, currency, total, taxesIncluded, taxRemoved, test, state, paymentState, title, note, orderTypeId,
                orderType, employeeId, employee, deviceId, createdAt, clientCreatedAt, modifiedAt, deleted, lines, discounts,
                serviceCharge, those, refunds, customerId);
    }

    /** The same, deleted at the till. */
    Sale asDeleted() {
        return new Sale(id, currency, total, taxesIncluded, taxRemoved, test, state, paymentState, title, note, orderTypeId,
                orderType, employeeId, employee, deviceId, createdAt, clientCreatedAt, modifiedAt, true, lines, discounts,
                serviceCharge, payments, refunds, customerId);
    }
}
