package dev.tillbridge.sandbox.shopify;

import java.math.BigDecimal;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What an order adds up to (rec: order-create-math-matrix): lines after discounts, plus shipping, plus taxes that are not in the
 * prices. What is current has everything refunded taken off.
 */
record OrderTotals(OrderRow row) {

    BigDecimal subtotal() {
        return sum(row.lines, line -> line.net(line.quantity));
    }

    BigDecimal shipping() {
        return sum(row.shippingLines, line -> line.price().subtract(line.discount()));
    }

    BigDecimal tax() {
        return sum(row.lines, line -> line.tax(line.quantity)).add(sum(row.shippingLines, line -> TaxRow.sum(line.taxes())))
                .add(TaxRow.sum(row.taxes));
    }

    BigDecimal discounts() {
        return sum(row.lines, line -> line.discount).add(sum(row.shippingLines, ShippingRow::discount));
    }

    BigDecimal total() {
        BigDecimal net = subtotal().add(shipping());
        return row.taxesIncluded ? net : net.add(tax());
    }

    BigDecimal currentSubtotal() {
        return subtotal().subtract(sum(row.refunds, RefundRow::linesNet));
    }

    BigDecimal currentTax() {
        return tax().subtract(sum(row.refunds, RefundRow::linesTax));
    }

    BigDecimal currentDiscounts() {
        return sum(row.lines, line -> line.refunded == line.quantity
                ? BigDecimal.ZERO
                : line.discount.subtract(Amounts.part(line.discount, line.refunded, line.quantity)))
                .add(sum(row.shippingLines, ShippingRow::discount));
    }

    /** Money returned beyond lines and shipping takes the total down, too: a discrepancy of the refund. */
    BigDecimal currentTotal() {
        return total().subtract(sum(row.refunds, refund -> {
            BigDecimal lines = row.taxesIncluded ? refund.linesNet() : refund.linesNet().add(refund.linesTax());
            return lines.add(refund.shipping()).max(refund.money());
        }));
    }

    BigDecimal shippingRefunded() {
        return sum(row.refunds, RefundRow::shipping);
    }

    BigDecimal received() {
        return transactions(each -> each.succeeded("SALE") || each.succeeded("CAPTURE"));
    }

    BigDecimal refunded() {
        return transactions(each -> each.succeeded("REFUND"));
    }

    BigDecimal netPayment() {
        return received().subtract(refunded());
    }

    /** Authorized and neither captured nor voided. */
    BigDecimal capturable() {
        boolean voided = row.transactions.stream().anyMatch(each -> each.succeeded("VOID"));
        BigDecimal open = transactions(each -> each.succeeded("AUTHORIZATION"))
                .subtract(transactions(each -> each.succeeded("CAPTURE")));
        return voided ? BigDecimal.ZERO : open.max(BigDecimal.ZERO);
    }

    BigDecimal outstanding() {
        return currentTotal().subtract(netPayment()).subtract(capturable());
    }

    private BigDecimal transactions(Predicate<TransactionRow> wanted) {
        return row.transactions.stream().filter(wanted).map(TransactionRow::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static <T> BigDecimal sum(Iterable<T> rows, Function<T, BigDecimal> amount) {
        BigDecimal sum = BigDecimal.ZERO;
        for (T each : rows) {
            sum = sum.add(amount.apply(each));
        }
        return sum;
    }
}
