package dev.tillbridge.sandbox.shopify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lines, transactions and refunds of orders. */
final class OrderParts {

    private OrderParts() {}

    static void add(FieldTable table) {
        addLine(table.type("LineItem", LineRow.class));
        table.type("ShippingLine", ShippingRow.class).plain("id", row -> Gid.of("ShippingLine", row.id()))
                .plain("title", ShippingRow::title).plain("code", ShippingRow::code).plain("source", ShippingRow::source)
                .plain("originalPriceSet", row -> Amounts.bag(row.price(), row.currency()))
                .plain("discountedPriceSet", row -> Amounts.bag(row.price().subtract(row.discount()), row.currency()))
                .plain("taxLines", row -> TaxRow.shown(row.taxes(), row.currency()));
        table.type("OrderTransaction", TransactionRow.class).plain("id", TransactionRow::gid)
                .plain("kind", TransactionRow::kind).plain("status", TransactionRow::status)
                .plain("gateway", TransactionRow::gateway).plain("test", TransactionRow::test)
                .plain("createdAt", row -> Timestamps.text(row.createdAt()))
                .plain("processedAt", row -> Timestamps.text(row.processedAt()))
                .plain("amountSet", row -> Amounts.bag(row.amount(), row.currency()))
                .plain("parentTransaction", TransactionRow::parent);
        addRefund(table.type("Refund", RefundRow.class));
        table.type("RefundLineItem", RefundRow.Line.class).plain("id", row -> Gid.of("RefundLineItem", row.id()))
                .plain("lineItem", RefundRow.Line::line).plain("location", RefundRow.Line::location)
                .plain("quantity", RefundRow.Line::quantity).plain("restockType", RefundRow.Line::restockType)
                .plain("restocked", row -> row.location() != null)
                .plain("subtotalSet", row -> Amounts.bag(row.line().net(row.quantity()), row.line().currency))
                .plain("totalTaxSet", row -> Amounts.bag(row.line().tax(row.quantity()), row.line().currency));
    }

    private static void addLine(FieldTable.Of<LineRow> type) {
        type.plain("id", LineRow::gid)
                .plain("name", row -> row.variantTitle == null ? row.title : row.title + " - " + row.variantTitle)
                .plain("title", row -> row.title).plain("variantTitle", row -> row.variantTitle).plain("sku", row -> row.sku)
                .plain("quantity", row -> row.quantity).plain("currentQuantity", LineRow::current)
                .plain("refundableQuantity", LineRow::current).plain("unfulfilledQuantity", LineRow::unfulfilled)
                .plain("requiresShipping", row -> row.requiresShipping).plain("taxable", row -> row.taxable)
                .plain("variant", LineRow::liveVariant)
                .plain("product", row -> row.liveVariant() == null ? null : row.variant.product)
                .plain("originalUnitPriceSet", row -> Amounts.bag(row.unitPrice, row.currency))
                .plain("originalTotalSet", row -> Amounts.bag(row.gross(), row.currency))
                .plain("discountedUnitPriceAfterAllDiscountsSet", row -> Amounts.bag(row.net(1), row.currency))
                .plain("discountAllocations", row -> row.discount.signum() == 0
                        ? List.of()
                        : List.of(Map.of("allocatedAmountSet", Amounts.bag(row.discount, row.currency))))
                .with("taxLines", (row, arguments, call) -> OrderFields.first(TaxRow.shown(row.taxes, row.currency), arguments))
                .plain("customAttributes", row -> OrderFields.shown(row.properties));
    }

    private static void addRefund(FieldTable.Of<RefundRow> type) {
        type.plain("id", row -> Gid.of("Refund", row.id())).plain("legacyResourceId", row -> Long.toString(row.id()))
                .plain("note", RefundRow::note).plain("createdAt", row -> Timestamps.text(row.createdAt()))
                .plain("processedAt", row -> Timestamps.text(row.processedAt()))
                .plain("updatedAt", row -> Timestamps.text(row.createdAt())).plain("order", RefundRow::order)
                .plain("totalRefundedSet", row -> Amounts.bag(row.money(), row.order().currency))
                .plain("refundLineItems", row -> Listing.byId(row.lines(), RefundRow.Line::id))
                .plain("transactions", row -> Listing.byId(row.transactions(), TransactionRow::id));
    }

    /** A payload of an order and one more thing. */
    static Map<String, Object> payload(UserErrors errors, OrderRow order, String field, Object value) {
        Map<String, Object> payload = new LinkedHashMap<>(errors.payload("order", order));
        payload.put(field, value);
        return payload;
    }
}
