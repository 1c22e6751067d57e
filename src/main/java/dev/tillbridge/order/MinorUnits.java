package dev.tillbridge.order;

import java.math.BigDecimal;

import dev.tillbridge.price.CurrencyDigits;

/** The till's money is whole minor units, the store's decimals. */
final class MinorUnits {

    private MinorUnits() {}

    /** How many decimals a currency has: JPY 0, USD 2, KWD 3; 2 where nobody says. */
    static int decimals(String currency) {
        return CurrencyDigits.of(currency);
    }

    static BigDecimal decimal(long minorUnits, String currency) {
        return BigDecimal.valueOf(minorUnits, decimals(currency));
    }

    /** For messages and properties: 12.50. */
    static String text(long minorUnits, String currency) {
        return decimal(minorUnits, currency).toPlainString();
    }
}
