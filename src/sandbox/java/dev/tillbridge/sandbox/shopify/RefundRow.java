package dev.tillbridge.sandbox.shopify;

import java.math.BigDecimal;
import java.util.List;

/** A refund: units taken off the order, shipping given back, money returned. Each may be without the others. */
record RefundRow(long id, OrderRow order, long createdAt, long processedAt, String note, List<Line> lines, BigDecimal shipping,
        List<TransactionRow> transactions) {

    /** @param location where the units went back into stock; null for NO_RESTOCK */
    record Line(long id, LineRow line, int quantity, String restockType, LocationRow location) {}

    BigDecimal money() {
        return transactions.stream().map(TransactionRow::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    BigDecimal linesNet() {
        return lines.stream().map(each -> each.line.net(each.quantity)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    BigDecimal linesTax() {
        return lines.stream().map(each -> each.line.tax(each.quantity)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
