package dev.tillbridge.order;

import java.util.List;
import java.util.Map;

/**
 * Cash is rounded where small coins are gone: a sale of 4.41 is paid with 4.40, and the till then calls it PARTIALLY_PAID
 * (community.clover.com/questions/36653).
 */
final class CashRounding {

    // Minor units of the smallest coin. Canada, Australia, Switzerland, the euro countries that round, and the United
    // States without new cents: 5. Where the coin is larger it is named.
    private static final long STEP = 5;
    private static final Map<String, Long> STEPS = Map.of("NZD", 10L, "HKD", 10L, "CLP", 10L);

    private CashRounding() {}

    /**
     * What was received beyond the total (negative: less), in minor units, if cash payments explain every cent of it: each
     * stands on a step and accounts for less than one. 0 where the sums agree or the difference is not explained.
     */
    static long of(Sale sale) {
        long difference = received(sale) - sale.total();
        long step = step(sale.currency());
        return difference != 0 && Math.abs(difference) < step * rounded(sale, step).size() ? difference : 0;
    }

    /** Whether what was received is the total, but for rounded cash. */
    static boolean settled(Sale sale) {
        long received = received(sale);
        return received == sale.total() || received - of(sale) == sale.total();
    }

    /** The payments that rounding can have touched. */
    static List<SalePayment> rounded(Sale sale) {
        return rounded(sale, step(sale.currency()));
    }

    static long received(Sale sale) {
        return sale.payments().stream().filter(SalePayment::received).mapToLong(SalePayment::amount).sum();
    }

    private static List<SalePayment> rounded(Sale sale, long step) {
        return sale.payments().stream()
                .filter(payment -> payment.received() && payment.cash() && payment.amount() % step == 0).toList();
    }

    /** A currency without decimals has small coins, unless it is named. */
    private static long step(String currency) {
        return STEPS.getOrDefault(currency, MinorUnits.decimals(currency) == 0 ? 1 : STEP);
    }
}
