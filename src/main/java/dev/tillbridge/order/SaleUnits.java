package dev.tillbridge.order;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How many units of each item a sale took off the shelf, and how many of them came back. */
public final class SaleUnits {

    private SaleUnits() {}

    /**
     * @param sold what left the shelf, measured amounts as decimals
     * @param returned how much of it came back
     * @param paid whether the sale was ever paid; until then no goods are taken off the store's stock
     */
    public record Units(String name, BigDecimal sold, BigDecimal returned, boolean paid) {

        /** How many are to be off the store's stock. */
        public BigDecimal wanted() {
            return paid ? sold.subtract(returned) : BigDecimal.ZERO;
        }

        private Units plus(Units more) {
            return new Units(name, sold.add(more.sold), returned.add(more.returned), paid);
        }
    }

    /**
     * The units by item id, in the order of the sale's lines. Lines without an item, fees and exchanged lines are no goods of
     * ours. Of a sale that was paid before and is not now (a line was added, one of its payments was voided) all count as
     * sold: the goods left, and which of its lines the money was for the till does not say.
     *
     * @param paidBefore whether an earlier reading found it paid
     */
    public static Map<String, Units> of(Sale sale, Restock restock, boolean paidBefore) {
        boolean paid = paidBefore || everPaid(sale);
        boolean all = (restock != Restock.NONE && PaidRule.voided(sale)) || (restock == Restock.ALL && givenBackWhole(sale));
        Set<String> named = restock == Restock.NONE ? Set.of() : namedLines(sale);
        var units = new LinkedHashMap<String, Units>();
        for (SaleLine line : sale.lines()) {
            if (line.itemId() == null || line.fee() || line.exchanged()) {
                continue;
            }
            boolean back = all || named.contains(line.id());
            String name = line.name() == null ? line.itemId() : line.name();
            units.merge(line.itemId(), new Units(name, line.units(), back ? line.units() : BigDecimal.ZERO, paid), Units::plus);
        }
        return units;
    }

    /** Whether any of its goods would come back by some rule: money was given back, or the sale voided. */
    static boolean givenBack(Sale sale) {
        return PaidRule.voided(sale) || !effective(sale).isEmpty() || sale.lines().stream().anyMatch(SaleLine::refunded);
    }

    private static Set<String> namedLines(Sale sale) {
        var named = effective(sale).stream().flatMap(refund -> refund.lineIds().stream())
                .collect(Collectors.toCollection(HashSet::new));
        sale.lines().stream().filter(SaleLine::refunded).forEach(line -> named.add(line.id()));
        return named;
    }

    /** Whether refunds, one of them at least by amount, give back all that was paid. */
    private static boolean givenBackWhole(Sale sale) {
        long due = Math.min(sale.total(), sale.total() + CashRounding.of(sale));
        var refunds = effective(sale);
        return refunds.stream().anyMatch(refund -> refund.lineIds().isEmpty())
                && refunds.stream().mapToLong(refund -> refund.amount() - refund.tip()).sum() >= due;
    }

    private static List<SaleRefund> effective(Sale sale) {
        return sale.refunds().stream().filter(SaleRefund::effective).toList();
    }

    /** A void takes the payments back; what they covered says whether the goods had been sold. */
    private static boolean everPaid(Sale sale) {
        if (PaidRule.paid(sale)) {
            return true;
        }
        long taken = sale.payments().stream().filter(payment -> payment.received() || payment.voided())
                .mapToLong(SalePayment::amount).sum();
        return PaidRule.voided(sale) && !sale.payments().isEmpty() && taken >= sale.total();
    }
}
