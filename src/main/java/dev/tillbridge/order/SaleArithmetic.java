package dev.tillbridge.order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds up a sale as the till did, to the cent: prices and modifications, discounts of the lines, discounts of the sale shared
 * among the lines, service charge, taxes. Everything is rounded half up (docs.clover.com/docs/calculating-order-totals).
 * Refunded lines count, because they were sold; the refund comes after.
 */
final class SaleArithmetic {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal WHOLE_CHARGE = BigDecimal.valueOf(1_000_000);

    private SaleArithmetic() {}

    /**
     * The sum by the first way that gives the till's total, and the taxes its payments name where several do; by the
     * likeliest way where none gives the total, so that both totals can be told.
     */
    static SaleSum of(Sale sale) {
        long taxPaid = sale.payments().stream().filter(SalePayment::received).mapToLong(SalePayment::tax).sum();
        SaleSum likeliest = null;
        SaleSum found = null;
        for (TillWay way : TillWay.of(sale)) {
            SaleSum sum = of(sale, way);
            likeliest = likeliest == null ? sum : likeliest;
            if (sum.total() == sale.total()) {
                if (taxPaid == 0 || sum.tax() == taxPaid) {
                    return sum;
                }
                found = found == null ? sum : found;
            }
        }
        return found == null ? likeliest : found;
    }

    static SaleSum of(Sale sale, TillWay way) {
        List<SaleLine> lines = sale.lines().stream().filter(line -> way.exchangedCount() || !line.exchanged()).toList();
        var gross = new long[lines.size()];
        var net = new long[lines.size()];
        var shareable = new long[lines.size()];
        var taken = new ArrayList<List<Long>>();
        long before = 0;
        for (int index = 0; index < gross.length; index++) {
            SaleLine line = lines.get(index);
            gross[index] = gross(line, way);
            taken.add(discounts(line.discounts(), gross[index], way));
            net[index] = gross[index] - taken.get(index).stream().mapToLong(Long::longValue).sum();
            if (way.feesAreGoods() || !line.fee()) {
                before += gross[index];
                shareable[index] = Math.max(net[index], 0);
            }
        }
        long afterLines = sum(shareable);
        long[] shared = shared(sale, shareable, way);
        long afterAll = afterLines - sum(shared);
        for (int index = 0; index < net.length; index++) {
            net[index] -= shared[index];
        }
        var taxes = SaleTaxes.of(sale, way, lines, net, unrounded(way, net, shareable, afterLines, afterAll));
        var summed = new ArrayList<SaleSum.Line>();
        for (int index = 0; index < net.length; index++) {
            summed.add(new SaleSum.Line(lines.get(index), gross[index], taken.get(index), shared[index], net[index],
                    taxes.get(index)));
        }
        long base = switch (way.charge()) {
            case AFTER_DISCOUNTS -> afterAll;
            case AFTER_LINE_DISCOUNTS -> afterLines;
            case BEFORE_DISCOUNTS -> before;
        };
        return new SaleSum(summed, charge(sale.serviceCharge(), base), sale.taxesIncluded());
    }

    private static long gross(SaleLine line, TillWay way) {
        long modifications = line.modifications().stream().mapToLong(SaleLine.Modification::amount).sum();
        if (!line.measured()) {
            return line.price() + modifications;
        }
        return way.modificationsMeasured()
                ? half(BigDecimal.valueOf(line.price() + modifications).multiply(line.units()))
                : half(BigDecimal.valueOf(line.price()).multiply(line.units())) + modifications;
    }

    /** What each discount takes off an amount: never more than is left, and nothing off what is not positive. */
    private static List<Long> discounts(List<SaleDiscount> discounts, long amount, TillWay way) {
        var taken = new Long[discounts.size()];
        long left = Math.max(amount, 0);
        if (way.discounts() == TillWay.DiscountOrder.AS_LISTED) {
            for (int index = 0; index < taken.length; index++) {
                SaleDiscount discount = discounts.get(index);
                taken[index] = discount.percentage() == null
                        ? off(discount, left)
                        : Math.min(left, percent(left, Math.abs(discount.percentage())));
                left -= taken[index];
            }
            return List.of(taken);
        }
        // Percentages add up, and each is off the whole; rounding is done on their sum.
        long base = left;
        long percentage = 0;
        for (int index = 0; index < taken.length; index++) {
            if (discounts.get(index).percentage() != null) {
                percentage = Math.min(100, percentage + Math.abs(discounts.get(index).percentage()));
                long rest = base - percent(base, percentage);
                taken[index] = left - rest;
                left = rest;
            }
        }
        for (int index = 0; index < taken.length; index++) {
            if (taken[index] == null) {
                taken[index] = off(discounts.get(index), left);
                left -= taken[index];
            }
        }
        return List.of(taken);
    }

    /** What the sale's discounts take off each line, in proportion to what is left of it. */
    private static long[] shared(Sale sale, long[] shareable, TillWay way) {
        var left = shareable.clone();
        for (long amount : discounts(sale.discounts(), sum(shareable), way)) {
            long[] shares = LargestRemainder.distribute(amount, left);
            for (int index = 0; index < left.length; index++) {
                left[index] -= shares[index];
            }
        }
        var shared = new long[left.length];
        for (int index = 0; index < left.length; index++) {
            shared[index] = shareable[index] - left[index];
        }
        return shared;
    }

    /** What a line's taxes are taken off; with fractions of a cent where the way leaves them in. */
    private static List<BigDecimal> unrounded(TillWay way, long[] net, long[] shareable, long afterLines, long afterAll) {
        var bases = new ArrayList<BigDecimal>();
        for (int index = 0; index < net.length; index++) {
            boolean fraction = way.taxes().unrounded() && shareable[index] > 0;
            bases.add(fraction
                    ? BigDecimal.valueOf(shareable[index]).multiply(BigDecimal.valueOf(afterAll))
                            .divide(BigDecimal.valueOf(afterLines), SaleTaxes.SCALE, RoundingMode.HALF_UP)
                    : BigDecimal.valueOf(net[index]));
        }
        return bases;
    }

    private static long off(SaleDiscount discount, long left) {
        return discount.amount() == null ? 0 : Math.min(left, Math.abs(discount.amount()));
    }

    private static long percent(long amount, long percentage) {
        return half(BigDecimal.valueOf(amount).multiply(BigDecimal.valueOf(percentage)).divide(HUNDRED));
    }

    private static long charge(ServiceCharge charge, long base) {
        return charge == null
                ? 0
                : half(BigDecimal.valueOf(base).multiply(BigDecimal.valueOf(charge.percentage())).divide(WHOLE_CHARGE));
    }

    private static long half(BigDecimal exact) {
        return exact.setScale(0, RoundingMode.HALF_UP).longValue();
    }

    private static long sum(long[] amounts) {
        long sum = 0;
        for (long amount : amounts) {
            sum += amount;
        }
        return sum;
    }
}
