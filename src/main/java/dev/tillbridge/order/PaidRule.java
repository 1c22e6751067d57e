package dev.tillbridge.order;

import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * When a sale is paid. Neither the till's word nor the sum of its payments is enough: abandoned price checks stay as open
 * orders, {@code locked} can mean "receipt printed", and clients store states that disagree (community.clover.com/questions/2750).
 */
public final class PaidRule {

    private static final Set<String> PAID = Set.of("PAID", "PARTIALLY_REFUNDED", "REFUNDED", "CREDITED");
    private static final String PARTIALLY_PAID = "PARTIALLY_PAID";
    private static final String LOCKED = "LOCKED";
    private static final String FAILED = "FAIL";

    private PaidRule() {}

    /** Whether received payments cover the total, and the till agrees; or nothing is due and the sale is closed. */
    public static boolean paid(Sale sale) {
        if (sale.deleted() || (sale.lines().isEmpty() && sale.total() == 0)) {
            return false;
        }
        String paymentState = upper(sale.paymentState());
        if (PAID.contains(paymentState)) {
            return CashRounding.received(sale) >= sale.total() || CashRounding.settled(sale);
        }
        if (sale.total() == 0) {
            return LOCKED.equals(upper(sale.state()));
        }
        return PARTIALLY_PAID.equals(paymentState) && CashRounding.of(sale) != 0;
    }

    /** When the last of the received payments was made; when the sale was made, where none says. */
    static Instant paidAt(Sale sale) {
        return sale.payments().stream().filter(SalePayment::received).map(SalePayment::createdAt).filter(Objects::nonNull)
                .max(Comparator.naturalOrder()).orElse(sale.createdAt());
    }

    /** Whether the sale was taken back whole: it had payments and all of them were voided, or it was deleted. */
    public static boolean voided(Sale sale) {
        var tried = sale.payments().stream().filter(payment -> !FAILED.equals(upper(payment.result()))).toList();
        return sale.deleted() || (!tried.isEmpty() && tried.stream().allMatch(SalePayment::voided));
    }

    /** Whether there is nothing to sell and nothing was paid: the till makes an order before its first line. */
    public static boolean empty(Sale sale) {
        return sale.lines().isEmpty() && sale.payments().stream().noneMatch(SalePayment::received);
    }

    private static String upper(String word) {
        return word == null ? "" : word.toUpperCase(Locale.ROOT);
    }
}
