package dev.tillbridge.sandbox.shopify;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** Money of orders: exact decimals inside, outside written unevenly as Shopify does: {@code "20.0"}, {@code "2.25"} (rec). */
final class Amounts {

    private Amounts() {}

    static String text(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return (stripped.scale() < 1 ? stripped.setScale(1) : stripped).toPlainString();
    }

    /** A MoneyBag; the sandbox knows one currency an order. */
    static Map<String, Object> bag(BigDecimal amount, String currency) {
        return Map.of("shopMoney", Map.of("amount", text(amount), "currencyCode", currency));
    }

    /** The shop's money of a MoneyBagInput; null where none is given. */
    static BigDecimal given(Arguments input, String name) {
        String amount = input.object(name).object("shopMoney").text("amount");
        return amount == null ? null : parse(amount);
    }

    /** @throws ShopifyError if it is no decimal */
    static BigDecimal parse(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new ShopifyError("INVALID_VARIABLE", "invalid decimal '" + text + "'");
        }
    }

    static BigDecimal cents(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_UP);
    }

    static BigDecimal part(BigDecimal whole, int units, int of) {
        return whole.multiply(BigDecimal.valueOf(units)).divide(BigDecimal.valueOf(of), 2, RoundingMode.HALF_UP);
    }
}
