package dev.tillbridge.order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Sales as tills ring them up: every shape there is, many of them at once. */
final class RandomSales {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final List<String> CURRENCIES = List.of("USD", "USD", "EUR", "JPY", "KWD");
    private static final List<TaxRate> RATES = List.of(new TaxRate("T1", "State", 825_000, null),
            new TaxRate("T2", "City", 106_350, null), new TaxRate("T3", "VAT", 2_000_000, null),
            new TaxRate("T4", "Bottle", 0, 5L), new TaxRate("T0", "Exempt", 0, null));

    private final Random random;
    private final String currency;
    private final Map<String, LinkedVariant> links = new HashMap<>();
    private final int items;
    private int ids;

    private RandomSales(Random random) {
        this.random = random;
        this.currency = CURRENCIES.get(random.nextInt(CURRENCIES.size()));
        this.items = chance(10) ? 400 : 1 + random.nextInt(12);
        for (int item = 0; item < items; item++) {
            if (!chance(1)) {
                links.put("I" + item, new LinkedVariant("gid://V" + item, "SKU" + item, "Item " + item));
            }
        }
    }

    /** @param habits of the till that rang it up */
    record Rung(Sale sale, NaiveTill.Habits habits, MappingRules rules, Map<String, LinkedVariant> links) {

        @Override
        public String toString() {
            return sale.lines().size() + " lines, " + sale.currency() + " " + sale.total() + ", VAT " + sale.taxesIncluded()
                    + ", "
                    + habits + (sale.lines().size() > 10 ? "" : ", " + sale);
        }
    }

    static Rung ring(Random random) {
        return new RandomSales(random).ring();
    }

    private Rung ring() {
        var lines = new ArrayList<SaleLine>();
        int count = count();
        boolean negative = chance(1);
        for (int line = 0; line < count; line++) {
            lines.add(line(negative && line == count / 2));
        }
        boolean vat = chance(25);
        boolean taxRemoved = chance(4);
        var untaxed = vat || taxRemoved;
        var habits = new NaiveTill.Habits(random.nextBoolean(),
                untaxed ? NaiveTill.TaxRounded.PER_SALE : any(NaiveTill.TaxRounded.values()), any(NaiveTill.ChargeOn.values()),
                chance(20), chance(20), chance(20));
        var charge = chance(20) ? new ServiceCharge("S", "Service", any(new Long[]{ 110_000L, 180_000L, 125_000L, 3L})) : null;
        Sale open = sale(0, vat, taxRemoved, lines, discounts(chance(25) ? 1 + random.nextInt(3) : 0), charge, List.of());
        NaiveTill.Receipt receipt = new NaiveTill(open, habits).receipt();
        long total = receipt.total().longValueExact() + (chance(2) ? 3 + random.nextInt(500) : 0);
        Sale paid = sale(total, vat, taxRemoved, lines, open.discounts(), charge,
                payments(total, receipt.tax().longValueExact()));
        var rules = new MappingRules(chance(2) ? "CAD" : currency, random.nextBoolean(),
                random.nextBoolean() ? MappingRules.Unlinked.HOLD : MappingRules.Unlinked.IMPORT_AS_CUSTOM,
                new MappingRules.Format("#", true, ""), new MappingRules.Format("", true, ""), "M", paid.id(),
                random.nextBoolean() ? "gid://L" : null, random.nextBoolean() ? "Local delivery" : null, !chance(10));
        return new Rung(paid, habits, rules, links);
    }

    /** Mostly a few lines; a till's lists are cut at 100, and an order ends at 2,500. */
    private int count() {
        int size = random.nextInt(1000);
        if (size < 5) {
            return 0;
        }
        if (size < 8) {
            return 2_500;
        }
        return size < 60 ? any(new Integer[]{ 99, 100, 101, 250, 251, 300}) : 1 + random.nextInt(size < 300 ? 40 : 8);
    }

    private SaleLine line(boolean negative) {
        String id = "L" + ids++;
        if (negative) {
            return new SaleLine(id, null, "Return", -500, null, null, null, null, false, false, false, List.of(), List.of(),
                    List.of());
        }
        boolean fee = chance(3);
        boolean exchanged = !fee && chance(3);
        int item = random.nextInt(items);
        boolean linked = links.containsKey("I" + item);
        String itemId = fee || chance(10) || (exchanged && !linked) ? null : "I" + item;
        boolean measured = !fee && chance(8);
        return new SaleLine(id, itemId, fee ? "Fee" : itemId == null ? "Custom " + random.nextInt(3) : "Till item " + item,
                chance(5) ? 0 : 1 + random.nextInt(chance(10) ? 2_000_000 : 3_000),
                measured ? Long.valueOf(1 + random.nextInt(4_000)) : chance(10) ? Long.valueOf(1000) : null,
                measured ? "kg" : null, null, null, chance(5), exchanged, fee, fee ? List.of() : modifications(),
                fee ? List.of() : discounts(chance(20) ? 1 + random.nextInt(3) : 0), fee ? List.of() : rates(item));
    }

    private List<SaleLine.Modification> modifications() {
        var modifications = new ArrayList<SaleLine.Modification>();
        for (int more = chance(20) ? 1 + random.nextInt(2) : 0; more > 0; more--) {
            long amount = random.nextInt(3) * 75L;
            modifications.add(new SaleLine.Modification("M", "Extra " + amount, amount));
        }
        return modifications;
    }

    private List<SaleDiscount> discounts(int count) {
        var discounts = new ArrayList<SaleDiscount>();
        for (int more = 0; more < count; more++) {
            long value = random.nextInt(chance(10) ? 10_000 : 300);
            long sign = random.nextBoolean() ? 1 : -1;
            long percent = chance(5) ? 100 : random.nextInt(40);
            discounts.add(random.nextBoolean()
                    ? new SaleDiscount("D", "Off " + value, sign * value, null)
                    : new SaleDiscount("D", "Percent " + percent, null, sign * percent));
        }
        return discounts;
    }

    /** An item has its taxes; so the same item is taxed alike in one sale. */
    private static List<TaxRate> rates(int item) {
        return switch (item % 6) {
            case 0 -> List.of();
            case 1 -> List.of(RATES.get(0));
            case 2 -> List.of(RATES.get(0), RATES.get(1));
            case 3 -> List.of(RATES.get(2));
            case 4 -> List.of(RATES.get(3), RATES.get(0));
            default -> List.of(RATES.get(4));
        };
    }

    /** Cards and cash, one or several; the last cash payment rounded, or something wrong with the sum. */
    private List<SalePayment> payments(long total, long tax) {
        var payments = new ArrayList<SalePayment>();
        payments.add(payment(false, 999, 0, 0, "FAIL"));
        if (total <= 0) {
            return payments;
        }
        long left = total;
        if (chance(30) && total > 1) {
            long part = 1L + random.nextInt((int) Math.min(total - 1, Integer.MAX_VALUE - 1));
            payments.add(payment(false, part, chance(30) ? random.nextInt(500) : 0, 0, "AUTH_COMPLETED"));
            left -= part;
        }
        boolean cash = chance(30);
        if (cash && !currency.equals("JPY") && left > 5) {
            left = new BigDecimal(left).divide(new BigDecimal(5), 0, RoundingMode.HALF_UP).longValue() * 5;
        }
        long wrong = !cash && chance(2) ? 100 : 0;
        payments.add(payment(cash, left + wrong, chance(20) ? random.nextInt(500) : 0, tax, "SUCCESS"));
        return payments;
    }

    private SalePayment payment(boolean cash, long amount, long tip, long tax, String result) {
        int number = ids++;
        return new SalePayment("P" + number, "T", cash ? "Cash" : chance(10) ? null : "Credit Card", cash, amount, tip, tax,
                result,
                NOON.plusSeconds(number), NOON);
    }

    private Sale sale(long total, boolean vat, boolean taxRemoved, List<SaleLine> lines, List<SaleDiscount> discounts,
            ServiceCharge charge, List<SalePayment> payments) {
        return new Sale("O1", currency, total, vat, taxRemoved, false, "locked", "PAID", null, null, null, null, null, null,
                null,
                NOON, NOON, NOON, false, lines, discounts, charge, payments, List.of(), null);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
