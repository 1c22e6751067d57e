package dev.tillbridge.sandbox.clover;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.tillbridge.sandbox.clover.OrderLine.Tax;

/**
 * What a till makes of an order's lines, in minor units, each step rounded half up (docs.clover.com/docs/calculating-order-totals):
 * <ol>
 * <li>A line is price times amount, plus its modifications, less its discounts: the sum of its percentages, 100 at most, of that,
 * then its amounts, whatever their sign. It never falls below 0. Exchanged lines do not count; refunded ones do.</li>
 * <li>From the sum of the lines the order's discounts are taken in the same manner: percentages, then amounts, not below 0.</li>
 * <li>The service charge is a percentage of the sum, by choice after or before the order's discounts. It is not taxed.</li>
 * <li>Taxes are added unless they are removed or prices hold them (VAT). The order's discounts lower each line in proportion. By
 * choice each rate is taken once of the sum of its lines, or of each line. A flat tax is due once per line.</li>
 * </ol>
 * That percentages are summed up, up to 100, is from com.clover.sdk.v3.order.OrderCalc; which of percentages and amounts comes first,
 * and the base of the service charge, are not documented.
 *
 * @param lines sum of the lines after their discounts
 * @param discounted the same after the order's discounts
 * @param tax added taxes, or under VAT those that the prices hold
 * @param total what is due, without tips
 */
record TillTotal(long lines, long discounted, long serviceCharge, long tax, long total) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
    private static final BigDecimal WHOLE_RATE = BigDecimal.valueOf(10_000_000);
    private static final BigDecimal WHOLE_CHARGE = BigDecimal.valueOf(1_000_000);

    /**
     * @param taxPerLine whether each line's tax is rounded, rather than each rate's
     * @param chargeBeforeDiscounts whether the service charge is taken of the sum before the order's discounts
     */
    static TillTotal of(Order order, boolean taxPerLine, boolean chargeBeforeDiscounts) {
        List<OrderLine> counted = order.lines.stream().filter(line -> !line.exchanged).toList();
        long lines = counted.stream().mapToLong(TillTotal::net).sum();
        long discounted = discounted(lines, order.discounts);
        long charge = order.serviceCharge == null
                ? 0
                : rounded(BigDecimal.valueOf(chargeBeforeDiscounts ? lines : discounted)
                        .multiply(BigDecimal.valueOf(order.serviceCharge.percentageDecimal())), WHOLE_CHARGE);
        long tax = order.taxRemoved ? 0 : tax(counted, lines, discounted, order.isVat, taxPerLine);
        return new TillTotal(lines, discounted, charge, tax, discounted + charge + (order.isVat ? 0 : tax));
    }

    /** A line after its own discounts. */
    static long net(OrderLine line) {
        long amount = line.unitQty == null
                ? line.price
                : rounded(BigDecimal.valueOf(line.price).multiply(BigDecimal.valueOf(line.unitQty)), THOUSAND);
        long modifications = line.modifications.stream().mapToLong(OrderLine.Modification::amount).sum();
        return discounted(amount + modifications, line.discounts);
    }

    private static long discounted(long sum, List<Discount> discounts) {
        if (discounts.isEmpty()) {
            return sum;
        }
        long percent = 0;
        long amount = 0;
        for (Discount discount : discounts) {
            percent += discount.percentage() == null ? 0 : discount.percentage();
            amount += discount.amount() == null ? 0 : Math.abs(discount.amount());
        }
        percent = Math.max(0, Math.min(100, percent));
        long less = rounded(BigDecimal.valueOf(sum).multiply(BigDecimal.valueOf(percent)), HUNDRED) + amount;
        return Math.max(0, sum - less);
    }

    private static long tax(List<OrderLine> counted, long lines, long discounted, boolean vat, boolean perLine) {
        long tax = 0;
        Map<Long, Long> baseByRate = new LinkedHashMap<>();
        for (OrderLine line : counted) {
            long net = net(line);
            for (Tax each : line.taxRates) {
                if (each.flat() != null) {
                    tax += each.flat();
                } else if (perLine) {
                    tax += taxOf(net, each.rate(), lines, discounted, vat);
                } else {
                    baseByRate.merge(each.rate(), net, Long::sum);
                }
            }
        }
        for (Map.Entry<Long, Long> base : baseByRate.entrySet()) {
            tax += taxOf(base.getValue(), base.getKey(), lines, discounted, vat);
        }
        return tax;
    }

    private static long taxOf(long base, long rate, long lines, long discounted, boolean vat) {
        if (lines == 0) {
            return 0;
        }
        BigDecimal whole = vat ? WHOLE_RATE.add(BigDecimal.valueOf(rate)) : WHOLE_RATE;
        return rounded(BigDecimal.valueOf(base).multiply(BigDecimal.valueOf(discounted)).multiply(BigDecimal.valueOf(rate)),
                whole.multiply(BigDecimal.valueOf(lines)));
    }

    private static long rounded(BigDecimal dividend, BigDecimal divisor) {
        return dividend.divide(divisor, 0, RoundingMode.HALF_UP).longValueExact();
    }
}
