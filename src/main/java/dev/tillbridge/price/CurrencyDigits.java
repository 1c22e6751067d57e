package dev.tillbridge.price;

import java.util.Currency;

/** How many decimals a currency has. The database's function {@code currency_decimals} says the same; a test compares both. */
public final class CurrencyDigits {

    private CurrencyDigits() {}

    /** JPY 0, USD 2, KWD 3; 2 where nobody says, and for null. */
    public static int of(String currency) {
        try {
            return Math.max(currency == null ? 2 : Currency.getInstance(currency).getDefaultFractionDigits(), 0);
        } catch (IllegalArgumentException unknown) {
            return 2;
        }
    }
}
