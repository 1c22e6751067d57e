package dev.tillbridge.order;

import java.util.List;

/**
 * A sale added up, in minor units. What is taxed, discounted and charged is told line by line, so that the lines of the
 * store's order carry it.
 *
 * @param lines those that count, in the sale's order
 * @param serviceCharge without tax
 * @param taxesIncluded whether the nets hold the taxes
 */
record SaleSum(List<Line> lines, long serviceCharge, boolean taxesIncluded) {

    SaleSum {
        lines = List.copyOf(lines);
    }

    /** What is due: goods, charges, and the taxes that are not in the prices. */
    long total() {
        long net = lines.stream().mapToLong(Line::net).sum() + serviceCharge;
        return taxesIncluded ? net : net + tax();
    }

    long tax() {
        return lines.stream().flatMap(line -> line.taxes().stream()).mapToLong(Tax::amount).sum();
    }

    /**
     * @param gross price and modifications
     * @param discounts of the line, what each took off, in the line's order
     * @param shared what the sale's discounts took off it
     * @param net what is left
     * @param taxes one for each of the line's rates that is not zero; none where the till took the taxes off
     */
    record Line(SaleLine line, long gross, List<Long> discounts, long shared, long net, List<Tax> taxes) {

        Line {
            discounts = List.copyOf(discounts);
            taxes = List.copyOf(taxes);
        }
    }

    record Tax(TaxRate rate, long amount) {}
}
