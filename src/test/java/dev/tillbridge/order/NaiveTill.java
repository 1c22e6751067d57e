package dev.tillbridge.order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A till of its own, to hold the mapping against: it adds up a sale step by step in decimals, and shares no arithmetic with
 * the product.
 */
final class NaiveTill {

    private static final int DECIMALS = 40;
    private static final int ENOUGH = 15;
    private static final BigDecimal HUNDRED = new BigDecimal(100);
    private static final BigDecimal WHOLE = new BigDecimal("1E7");

    private final Sale sale;
    private final Habits habits;

    NaiveTill(Sale sale, Habits habits) {
        this.sale = sale;
        this.habits = habits;
    }

    enum TaxRounded {
        PER_SALE(false, false),
        PER_SALE_FROM_FRACTIONS(false, true),
        PER_LINE(true, false),
        PER_LINE_FROM_FRACTIONS(true, true);

        private final boolean perLine;
        private final boolean fromFractions;

        TaxRounded(boolean perLine, boolean fromFractions) {
            this.perLine = perLine;
            this.fromFractions = fromFractions;
        }
    }

    enum ChargeOn {
        REST,
        LINES,
        PRICES
    }

    /** How this till does what no till documents. */
    record Habits(boolean percentagesFirst, TaxRounded taxes, ChargeOn charge, boolean exchanged, boolean feesToo,
            boolean modifiersByWeight) {

        static List<Habits> all() {
            var all = new ArrayList<Habits>();
            for (int bits = 0; bits < 16; bits++) {
                for (TaxRounded tax : TaxRounded.values()) {
                    for (ChargeOn charge : ChargeOn.values()) {
                        all.add(new Habits((bits & 1) == 0, tax, charge, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0));
                    }
                }
            }
            return all;
        }
    }

    /** A line of the receipt: what is left of it, its taxes by name, and what tells it from a line that looks the same. */
    record Row(SaleLine line, BigDecimal net, Map<String, BigDecimal> taxes, String look) {}

    record Receipt(List<Row> rows, BigDecimal charge, BigDecimal total) {

        BigDecimal tax() {
            return rows.stream().flatMap(row -> row.taxes().values().stream()).reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    Receipt receipt() {
        var lines = sale.lines().stream().filter(line -> habits.exchanged() || !line.exchanged()).toList();
        var prices = lines.stream().map(this::price).toList();
        var discounts = new ArrayList<List<BigDecimal>>();
        var left = new ArrayList<BigDecimal>();
        var reached = new ArrayList<BigDecimal>();
        for (int row = 0; row < lines.size(); row++) {
            discounts.add(discounts(prices.get(row), lines.get(row).discounts()));
            left.add(prices.get(row).subtract(sum(discounts.get(row))));
            reached.add(reached(lines.get(row)) ? left.get(row).max(BigDecimal.ZERO) : BigDecimal.ZERO);
        }
        BigDecimal afterLines = sum(reached);
        List<BigDecimal> rest = reached;
        for (BigDecimal discount : discounts(afterLines, sale.discounts())) {
            rest = minus(rest, share(discount, rest));
        }
        List<BigDecimal> nets = minus(left, minus(reached, rest));
        BigDecimal afterAll = sum(rest);
        var rows = rows(lines, discounts, nets, taxes(lines, nets, reached, afterLines, afterAll));
        BigDecimal base = switch (habits.charge()) {
            case REST -> afterAll;
            case LINES -> afterLines;
            case PRICES ->
                sum(IntStream.range(0, lines.size()).filter(row -> reached(lines.get(row))).mapToObj(prices::get).toList());
        };
        BigDecimal charge = sale.serviceCharge() == null
                ? BigDecimal.ZERO
                : cents(base.multiply(new BigDecimal(sale.serviceCharge().percentage())).movePointLeft(6));
        BigDecimal net = sum(nets).add(charge);
        var receipt = new Receipt(rows, charge, net);
        return sale.taxesIncluded() ? receipt : new Receipt(rows, charge, net.add(receipt.tax()));
    }

    private boolean reached(SaleLine line) {
        return habits.feesToo() || !line.fee();
    }

    private BigDecimal price(SaleLine line) {
        BigDecimal price = new BigDecimal(line.price());
        BigDecimal more = BigDecimal.ZERO;
        for (var modification : line.modifications()) {
            more = more.add(new BigDecimal(modification.amount()));
        }
        if (line.unitName() == null) {
            return price.add(more);
        }
        BigDecimal weight = new BigDecimal(line.unitQuantity()).movePointLeft(3);
        return habits.modifiersByWeight() ? cents(price.add(more).multiply(weight)) : cents(price.multiply(weight)).add(more);
    }

    private List<BigDecimal> discounts(BigDecimal of, List<SaleDiscount> discounts) {
        var taken = new ArrayList<BigDecimal>();
        BigDecimal whole = of.max(BigDecimal.ZERO);
        BigDecimal left = whole;
        BigDecimal percents = BigDecimal.ZERO;
        for (SaleDiscount discount : discounts) {
            BigDecimal off = BigDecimal.ZERO;
            if (discount.percentage() != null && habits.percentagesFirst()) {
                percents = percents.add(new BigDecimal(Math.abs(discount.percentage()))).min(HUNDRED);
                off = left.subtract(whole.subtract(cents(whole.multiply(percents).movePointLeft(2))));
            } else if (discount.percentage() != null) {
                off = cents(left.multiply(new BigDecimal(Math.abs(discount.percentage()))).movePointLeft(2)).min(left);
            } else if (!habits.percentagesFirst()) {
                off = new BigDecimal(Math.abs(discount.amount())).min(left);
            }
            taken.add(off);
            left = left.subtract(off);
        }
        for (int index = 0; habits.percentagesFirst() && index < taken.size(); index++) {
            if (discounts.get(index).amount() != null) {
                BigDecimal off = new BigDecimal(Math.abs(discounts.get(index).amount())).min(left);
                taken.set(index, off);
                left = left.subtract(off);
            }
        }
        return taken;
    }

    private List<Map<String, BigDecimal>> taxes(List<SaleLine> lines, List<BigDecimal> nets, List<BigDecimal> reached,
            BigDecimal afterLines, BigDecimal afterAll) {
        var exact = new ArrayList<Map<String, BigDecimal>>();
        var whole = new ArrayList<Map<String, BigDecimal>>();
        for (int row = 0; row < lines.size(); row++) {
            exact.add(new LinkedHashMap<>());
            whole.add(new LinkedHashMap<>());
            BigDecimal net = nets.get(row);
            if (habits.taxes().fromFractions && reached.get(row).signum() > 0) {
                net = reached.get(row).multiply(afterAll).divide(afterLines, DECIMALS, RoundingMode.HALF_UP);
            }
            BigDecimal rates = BigDecimal.ZERO;
            for (TaxRate rate : sale.taxRemoved() ? List.<TaxRate>of() : lines.get(row).taxRates()) {
                if (rate.flat() != null) {
                    BigDecimal flat = sale.taxesIncluded()
                            ? new BigDecimal(rate.flat()).min(net.max(BigDecimal.ZERO).setScale(0, RoundingMode.DOWN))
                            : new BigDecimal(rate.flat());
                    whole.get(row).put(rate.name(), flat);
                    net = sale.taxesIncluded() ? net.subtract(flat) : net;
                } else {
                    rates = rates.add(new BigDecimal(rate.rate()));
                }
            }
            BigDecimal of = sale.taxesIncluded() ? WHOLE.add(rates) : WHOLE;
            for (TaxRate rate : sale.taxRemoved() ? List.<TaxRate>of() : lines.get(row).taxRates()) {
                if (rate.flat() == null && rate.rate() > 0) {
                    exact.get(row).put(rate.name(), net.max(BigDecimal.ZERO).multiply(new BigDecimal(rate.rate()))
                            .divide(of, DECIMALS, RoundingMode.HALF_UP));
                }
            }
        }
        for (String name : exact.stream().flatMap(row -> row.keySet().stream()).distinct().toList()) {
            var rows = IntStream.range(0, exact.size()).filter(row -> exact.get(row).containsKey(name)).boxed().toList();
            var amounts = rows.stream().map(row -> exact.get(row).get(name)).toList();
            var rounded = habits.taxes().perLine && !sale.taxesIncluded()
                    ? amounts.stream().map(NaiveTill::cents).toList()
                    : fill(cents(sum(amounts)), amounts);
            for (int index = 0; index < rows.size(); index++) {
                whole.get(rows.get(index)).put(name, rounded.get(index));
            }
        }
        return whole;
    }

    private List<Row> rows(List<SaleLine> lines, List<List<BigDecimal>> discounts, List<BigDecimal> nets,
            List<Map<String, BigDecimal>> taxes) {
        var rows = new ArrayList<Row>();
        for (int row = 0; row < lines.size(); row++) {
            SaleLine line = lines.get(row);
            var look = new StringBuilder();
            look.append(line.itemId()).append('|').append(line.name()).append('|').append(line.fee()).append('|')
                    .append(line.price())
                    .append('|').append(nets.get(row)).append('|').append(taxes.get(row).keySet()).append('|');
            line.modifications().forEach(change -> look.append(change.name()).append(change.amount()).append(','));
            for (int index = 0; index < line.discounts().size(); index++) {
                if (discounts.get(row).get(index).signum() != 0) {
                    look.append(line.discounts().get(index).name()).append(discounts.get(row).get(index)).append(';');
                }
            }
            look.append(line.unitName() == null ? "" : line.id());
            rows.add(new Row(line, nets.get(row), taxes.get(row), look.toString()));
        }
        return rows;
    }

    private static List<BigDecimal> share(BigDecimal amount, List<BigDecimal> weights) {
        BigDecimal all = sum(weights);
        return all.signum() == 0
                ? weights
                : fill(amount, weights.stream()
                        .map(weight -> amount.multiply(weight).divide(all, DECIMALS, RoundingMode.HALF_UP)).toList());
    }

    /** Whole cents that come to the amount: each part's own, and one more for those that lost most. */
    private static List<BigDecimal> fill(BigDecimal amount, List<BigDecimal> parts) {
        var even = parts.stream().map(part -> part.setScale(ENOUGH, RoundingMode.HALF_UP)).toList();
        var whole = new ArrayList<>(even.stream().map(part -> part.setScale(0, RoundingMode.FLOOR)).toList());
        var byLoss = IntStream.range(0, parts.size()).boxed()
                .sorted(Comparator.comparing(part -> whole.get(part).subtract(even.get(part)))).toList();
        int missing = amount.subtract(sum(whole)).intValueExact();
        byLoss.subList(0, missing).forEach(part -> whole.set(part, whole.get(part).add(BigDecimal.ONE)));
        return whole;
    }

    private static List<BigDecimal> minus(List<BigDecimal> amounts, List<BigDecimal> less) {
        return IntStream.range(0, amounts.size()).mapToObj(part -> amounts.get(part).subtract(less.get(part))).toList();
    }

    private static BigDecimal sum(List<BigDecimal> amounts) {
        return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal cents(BigDecimal exact) {
        return exact.setScale(ENOUGH, RoundingMode.HALF_UP).setScale(0, RoundingMode.HALF_UP);
    }
}
