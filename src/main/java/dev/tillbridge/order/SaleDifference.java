package dev.tillbridge.order;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What changed about a sale after it was imported, in words. Money given back is followed and no difference; notes and titles
 * never count.
 */
public final class SaleDifference {

    private SaleDifference() {}

    /** What of a line is in the store's order; whether it was refunded is not. */
    private record Shown(String itemId, String name, long price, Long unitQuantity, String unitName, boolean exchanged,
            boolean fee, List<SaleLine.Modification> modifications) {}

    private record Paid(String tender, long amount, long tip) {}

    /** @param tipsIncluded whether the order holds tips, so that a late one is a difference */
    public static Optional<String> between(Sale imported, Sale now, boolean tipsIncluded) {
        List<String> words = goods(imported, now);
        if (!payments(imported, tipsIncluded).equals(payments(now, tipsIncluded))) {
            words.add("the payments changed" + amounts(imported, now, tipsIncluded));
        }
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of("Changed at the till after import: " + String.join("; ", words) + ".");
    }

    /**
     * Whether what is asked for differs: more than that some of it was paid.
     *
     * @param tipsIncluded whether the order holds tips, which come with the payment
     */
    public static boolean inSum(Sale imported, Sale now, boolean tipsIncluded) {
        return !goods(imported, now).isEmpty() || (tipsIncluded && imported.tips() != now.tips());
    }

    private static List<String> goods(Sale imported, Sale now) {
        var words = new ArrayList<String>();
        lines(imported, now, words);
        if (!discounts(imported).equals(discounts(now))) {
            words.add("the discounts changed");
        }
        if (!Objects.equals(imported.serviceCharge(), now.serviceCharge())) {
            words.add("the service charge changed");
        }
        if (imported.taxesIncluded() != now.taxesIncluded() || imported.taxRemoved() != now.taxRemoved()
                || !rates(imported).equals(rates(now))) {
            words.add("the taxes changed");
        }
        if (imported.total() != now.total()) {
            words.add("the total was " + MinorUnits.text(imported.total(), imported.currency()) + " and is now "
                    + MinorUnits.text(now.total(), now.currency()));
        }
        return words;
    }

    private static void lines(Sale imported, Sale now, List<String> words) {
        Map<String, Shown> before = shown(imported);
        Map<String, Shown> after = shown(now);
        Set<String> kept = new HashSet<>(before.keySet());
        kept.retainAll(after.keySet());
        count(words, after.size() - kept.size(), "added");
        count(words, before.size() - kept.size(), "removed");
        count(words, (int) kept.stream().filter(id -> !before.get(id).equals(after.get(id))).count(), "changed");
    }

    private static void count(List<String> words, int lines, String what) {
        if (lines > 0) {
            words.add(lines == 1 ? "1 line was " + what : lines + " lines were " + what);
        }
    }

    private static Map<String, Shown> shown(Sale sale) {
        var shown = new LinkedHashMap<String, Shown>();
        for (SaleLine line : sale.lines()) {
            shown.put(line.id(), new Shown(line.itemId(), line.name(), line.price(), line.unitQuantity(), line.unitName(),
                    line.exchanged(), line.fee(), sorted(line.modifications())));
        }
        return shown;
    }

    /** Of the sale, and of its lines that have any; a line that came or went is told already. */
    private static Map<String, List<SaleDiscount>> discounts(Sale sale) {
        var discounts = new LinkedHashMap<String, List<SaleDiscount>>();
        discounts.put("", sorted(sale.discounts()));
        sale.lines().stream().filter(line -> !line.discounts().isEmpty())
                .forEach(line -> discounts.put(line.id(), sorted(line.discounts())));
        return discounts;
    }

    private static Map<String, List<TaxRate>> rates(Sale sale) {
        var rates = new LinkedHashMap<String, List<TaxRate>>();
        sale.lines().stream().filter(line -> !line.taxRates().isEmpty())
                .forEach(line -> rates.put(line.id(), sorted(line.taxRates())));
        return rates;
    }

    /** No list of the till's promises an order. */
    private static <T> List<T> sorted(List<T> list) {
        return list.stream().sorted(Comparator.comparing(Object::toString)).toList();
    }

    private static Map<String, Paid> payments(Sale sale, boolean tipsIncluded) {
        var paid = new LinkedHashMap<String, Paid>();
        sale.payments().stream().filter(SalePayment::received).forEach(payment -> paid.put(payment.id(),
                new Paid(payment.tender(), payment.amount(), tipsIncluded ? payment.tip() : 0)));
        return paid;
    }

    private static String amounts(Sale imported, Sale now, boolean tipsIncluded) {
        long before = sum(imported, tipsIncluded);
        long after = sum(now, tipsIncluded);
        return before == after
                ? ""
                : ", from " + MinorUnits.text(before, imported.currency()) + " to " + MinorUnits.text(after, now.currency());
    }

    private static long sum(Sale sale, boolean tipsIncluded) {
        return payments(sale, tipsIncluded).values().stream().mapToLong(paid -> paid.amount() + paid.tip()).sum();
    }
}
