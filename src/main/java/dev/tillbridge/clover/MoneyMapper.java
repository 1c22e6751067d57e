package dev.tillbridge.clover;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.tillbridge.order.SalePayment;
import dev.tillbridge.order.SaleRefund;

/** Payments, refunds and credits of one of Clover's orders. */
final class MoneyMapper {

    /** Whatever the merchant calls it. */
    private static final String CASH = "com.clover.tender.cash";

    private final OrderFields order;
    private final WholeOrder.Names names;
    private final Map<String, Set<String>> linesByRefund = new HashMap<>();

    MoneyMapper(OrderFields order, WholeOrder.Names names, List<OrderWire.LineItem> lines) {
        this.order = order;
        this.names = names;
        for (OrderWire.LineItem line : lines) {
            if (line.refund() != null && line.refund().id() != null) {
                linesByRefund.computeIfAbsent(line.refund().id(), id -> new HashSet<>()).add(line.id());
            }
        }
    }

    SalePayment payment(OrderWire.Payment payment) {
        OrderFields fields = order.of("payment", payment.id());
        OrderWire.Tender shown = payment.tender();
        OrderWire.Tender listed = shown == null || shown.id() == null ? null : names.tenders().get(shown.id());
        // The list tells more than what a payment shows of its tender.
        OrderWire.Tender tender = listed == null ? shown : listed;
        return new SalePayment(payment.id(), shown == null ? null : shown.id(),
                tender == null ? null : OrderFields.text(tender.label()), tender != null && CASH.equals(tender.labelKey()),
                fields.number("amount", payment.amount()), fields.numberOrZero("tipAmount", payment.tipAmount()),
                fields.numberOrZero("taxAmount", payment.taxAmount()),
                fields.required("result", OrderFields.text(payment.result())),
                fields.timeOrNull("createdTime", payment.createdTime()),
                fields.timeOrNull("modifiedTime", payment.modifiedTime()));
    }

    SaleRefund refund(OrderWire.Refund refund) {
        OrderFields fields = order.of("refund", refund.id());
        return new SaleRefund(refund.id(), SaleRefund.Kind.REFUND, refund.payment() == null ? null : refund.payment().id(),
                fields.positive("amount", refund.amount()), fields.numberOrZero("taxAmount", refund.taxAmount()),
                fields.numberOrZero("tipAmount", refund.tipAmount()), lineIds(fields, refund),
                OrderFields.text(refund.status()),
                Boolean.TRUE.equals(refund.voided()), OrderFields.text(refund.reason()),
                fields.timeOrNull("createdTime", refund.createdTime()));
    }

    /** Both sides may name the other: the refund its lines, cut at a hundred, and a line its refund. */
    private List<String> lineIds(OrderFields fields, OrderWire.Refund refund) {
        Set<String> byLine = linesByRefund.getOrDefault(refund.id(), Set.of());
        List<CloverWire.Ref> named = byLine.isEmpty()
                ? fields.uncut("lineItems", refund.lineItems())
                : fields.elements("lineItems", refund.lineItems());
        List<String> ids = new ArrayList<>();
        named.forEach(line -> ids.add(fields.required("lineItems", line.id())));
        byLine.stream().sorted().filter(id -> !ids.contains(id)).forEach(ids::add);
        return ids;
    }

    SaleRefund credit(OrderWire.Credit credit) {
        OrderFields fields = order.of("credit", credit.id());
        return new SaleRefund(credit.id(), SaleRefund.Kind.CREDIT, null, fields.positive("amount", credit.amount()),
                fields.numberOrZero("taxAmount", credit.taxAmount()), 0, List.of(), null, Boolean.TRUE.equals(credit.voided()),
                null, fields.timeOrNull("createdTime", credit.createdTime()));
    }
}
