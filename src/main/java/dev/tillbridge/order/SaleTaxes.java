package dev.tillbridge.order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** The taxes of a sale's lines, in minor units: on top of the prices, or contained in them. */
final class SaleTaxes {

    /** Decimals of exact amounts; far more than rounding to cents can feel. */
    static final int SCALE = 30;

    // Clover's unit: 10,000,000 is 100 %.
    private static final BigDecimal WHOLE = BigDecimal.valueOf(10_000_000);

    private SaleTaxes() {}

    /** A rate of a line, and its tax before rounding. */
    private record Exact(int line, int position, BigDecimal amount) {}

    /**
     * The taxes of each line, in the order of its rates.
     *
     * @param net of each line, after all discounts
     * @param bases what each line's taxes are taken off
     */
    static List<List<SaleSum.Tax>> of(Sale sale, TillWay way, List<SaleLine> lines, long[] net, List<BigDecimal> bases) {
        var taxes = new ArrayList<List<SaleSum.Tax>>();
        var perRate = new LinkedHashMap<TaxRate, List<Exact>>();
        for (int line = 0; line < net.length; line++) {
            var ofLine = new ArrayList<SaleSum.Tax>();
            taxes.add(ofLine);
            if (sale.taxRemoved()) {
                continue;
            }
            long flat = 0;
            for (TaxRate rate : lines.get(line).taxRates()) {
                if (rate.flat() != null && rate.flat() > 0) {
                    // Contained in the price, it cannot be more than the price.
                    long amount = sale.taxesIncluded() ? Math.min(rate.flat(), Math.max(0, net[line] - flat)) : rate.flat();
                    flat += amount;
                    ofLine.add(new SaleSum.Tax(rate, amount));
                }
            }
            BigDecimal base = sale.taxesIncluded() ? bases.get(line).subtract(BigDecimal.valueOf(flat)) : bases.get(line);
            BigDecimal divisor = sale.taxesIncluded() ? WHOLE.add(sumOfRates(lines.get(line))) : WHOLE;
            for (TaxRate rate : lines.get(line).taxRates()) {
                if (rate.flat() == null && rate.rate() > 0) {
                    BigDecimal exact = base.max(BigDecimal.ZERO).multiply(BigDecimal.valueOf(rate.rate()))
                            .divide(divisor, SCALE, RoundingMode.HALF_UP);
                    perRate.computeIfAbsent(rate, none -> new ArrayList<>()).add(new Exact(line, ofLine.size(), exact));
                    ofLine.add(new SaleSum.Tax(rate, exact.setScale(0, RoundingMode.HALF_UP).longValue()));
                }
            }
        }
        if (!way.taxes().perLine()) {
            perRate.forEach((rate, exact) -> roundOnce(rate, exact, taxes));
        }
        return taxes;
    }

    /** A rate is rounded once over the sale; the lines share the result. */
    private static void roundOnce(TaxRate rate, List<Exact> exact, List<List<SaleSum.Tax>> taxes) {
        long[] shares = LargestRemainder.round(exact.stream().map(Exact::amount).toList());
        for (int index = 0; index < shares.length; index++) {
            taxes.get(exact.get(index).line()).set(exact.get(index).position(), new SaleSum.Tax(rate, shares[index]));
        }
    }

    private static BigDecimal sumOfRates(SaleLine line) {
        return BigDecimal.valueOf(line.taxRates().stream().filter(rate -> rate.flat() == null && rate.rate() > 0)
                .mapToLong(TaxRate::rate).sum());
    }
}
