package dev.tillbridge.order;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A way in which a till may have added up a sale. Clover's documentation leaves open what each of these says, or its tills do
 * not keep to it (docs.clover.com/docs/calculating-order-totals; community.clover.com/questions/30241 and 31447), so the ways
 * are tried in a fixed order and the first that gives the till's total is taken.
 *
 * @param exchangedCount whether lines that another one took the place of count
 * @param feesAreGoods whether discounts and service charge reach fee lines
 * @param modificationsMeasured whether a measured line has its modifications per unit, not once
 */
record TillWay(DiscountOrder discounts, TaxRounding taxes, ChargeBase charge, boolean exchangedCount, boolean feesAreGoods,
        boolean modificationsMeasured) {

    /** In which order the discounts of a line, or of the sale, are taken off. */
    enum DiscountOrder {
        /** The percentages together, then the amounts: as documented. */
        PERCENTAGES_FIRST,
        /** One after the other, each off what the ones before left. */
        AS_LISTED
    }

    /** Where a tax is rounded half up. */
    enum TaxRounding {
        /** Once for each rate, over the whole sale. */
        PER_RATE,
        /** As PER_RATE, off amounts that a discount of the sale left with fractions of a cent. */
        PER_RATE_UNROUNDED,
        PER_LINE,
        /** As PER_LINE, off amounts that a discount of the sale left with fractions of a cent. */
        PER_LINE_UNROUNDED;

        boolean unrounded() {
            return this == PER_RATE_UNROUNDED || this == PER_LINE_UNROUNDED;
        }

        boolean perLine() {
            return this == PER_LINE || this == PER_LINE_UNROUNDED;
        }
    }

    /** What a service charge is a percentage of. */
    enum ChargeBase {
        AFTER_DISCOUNTS,
        AFTER_LINE_DISCOUNTS,
        BEFORE_DISCOUNTS
    }

    /** The ways that can differ for this sale, the likeliest first. */
    static List<TillWay> of(Sale sale) {
        boolean charged = sale.serviceCharge() != null;
        boolean discounted = !sale.discounts().isEmpty();
        boolean stacked = stacks(sale.discounts()) || sale.lines().stream().anyMatch(line -> stacks(line.discounts()));
        var rounding = new ArrayList<TaxRounding>(List.of(TaxRounding.values()));
        if (!discounted) {
            rounding.removeIf(TaxRounding::unrounded);
        }
        // VAT is inside the prices: its rounding does not move the total.
        boolean taxed = !sale.taxesIncluded() && !sale.taxRemoved();
        boolean reducedCharge = charged && (discounted || sale.lines().stream().anyMatch(line -> !line.discounts().isEmpty()));
        var ways = new ArrayList<TillWay>();
        for (boolean measured : both(sale.lines().stream()
                .anyMatch(line -> line.measured() && !line.modifications().isEmpty()))) {
            for (boolean fees : both((charged || discounted) && sale.lines().stream().anyMatch(SaleLine::fee))) {
                for (boolean exchanged : both(sale.lines().stream().anyMatch(SaleLine::exchanged))) {
                    for (DiscountOrder order : first(stacked, DiscountOrder.values())) {
                        for (ChargeBase base : first(reducedCharge, ChargeBase.values())) {
                            for (TaxRounding tax : taxed ? rounding : List.of(TaxRounding.PER_RATE)) {
                                ways.add(new TillWay(order, tax, base, exchanged, fees, measured));
                            }
                        }
                    }
                }
            }
        }
        return ways;
    }

    private static boolean stacks(List<SaleDiscount> discounts) {
        return discounts.size() > 1 && discounts.stream().map(SaleDiscount::percentage).anyMatch(Objects::nonNull);
    }

    private static List<Boolean> both(boolean open) {
        return open ? List.of(false, true) : List.of(false);
    }

    private static <T> List<T> first(boolean open, T[] values) {
        return Stream.of(values).limit(open ? values.length : 1).toList();
    }
}
