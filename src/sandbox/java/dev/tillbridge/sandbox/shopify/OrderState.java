package dev.tillbridge.sandbox.shopify;

import java.util.List;
import java.util.Objects;

/** Orders as {@code GET /_sandbox/state} shows them; amounts as decimals in text. */
record OrderState(String id, String name, String sourceIdentifier, String sourceName, String createdAt, boolean cancelled,
        String total, String tax, String currency, String financialStatus, String fulfillmentStatus, List<Line> lines,
        String refunded, boolean test, List<String> shippingMethods) {

    record Line(String sku, String variantId, String title, int quantity, String unitPrice) {}

    static List<OrderState> of(OrderBook orders) {
        return orders.rows().stream().filter(Objects::nonNull).map(OrderState::of).toList();
    }

    private static OrderState of(OrderRow row) {
        OrderTotals totals = row.totals();
        List<Line> lines = row.lines.stream().map(line -> new Line(line.sku,
                line.liveVariant() == null ? null : Catalogue.VARIANTS.gid(line.variant.slot), line.title, line.quantity,
                Amounts.cents(line.unitPrice).toPlainString())).toList();
        return new OrderState(row.gid(), row.name, row.sourceIdentifier, row.sourceName, Timestamps.text(row.createdAt),
                row.cancelled(), Amounts.cents(totals.total()).toPlainString(), Amounts.cents(totals.tax()).toPlainString(),
                row.currency, row.financialStatus(), row.fulfillmentStatus(), lines,
                Amounts.cents(totals.refunded()).toPlainString(), row.test,
                row.shippingLines.stream().map(ShippingRow::title).toList());
    }
}
