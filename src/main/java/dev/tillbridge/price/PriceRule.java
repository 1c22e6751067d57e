package dev.tillbridge.price;

import java.math.BigDecimal;
import java.util.OptionalLong;
import java.util.StringJoiner;

/**
 * What a till charges for what the store charges: the store's price, by so many percent more, plus an amount, rounded. The
 * view {@code link_price} says the same in SQL, so that rows that differ can be found without reading all; a test holds the
 * two together.
 *
 * @param percent added to the store's price, negative for less; -100 to 1,000 by the settings
 * @param amount added after that, in the store's currency; negative for less
 */
public record PriceRule(BigDecimal percent, BigDecimal amount, PriceRounding rounding) {

    /** The store's price as it is. */
    public static final PriceRule COPY = new PriceRule(BigDecimal.ZERO, BigDecimal.ZERO, PriceRounding.NONE);

    /** More minor units than this are no price. */
    static final long MOST = 999_999_999_999L;

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /**
     * The price at the till in the currency's minor units. What costs nothing in the store costs nothing at the till; and what
     * costs something is never rounded down to nothing.
     *
     * @param storePrice in the store's currency, at least 0
     * @param decimals of the currency both sides count in
     * @return empty where the rule leaves nothing to charge, or more than any till takes
     */
    public OptionalLong result(BigDecimal storePrice, int decimals) {
        if (storePrice.signum() == 0) {
            return OptionalLong.of(0);
        }
        BigDecimal exact = storePrice.multiply(HUNDRED.add(percent)).movePointLeft(2).add(amount);
        if (exact.signum() <= 0) {
            return OptionalLong.empty();
        }
        BigDecimal step = BigDecimal.valueOf(rounding.step(decimals));
        BigDecimal offset = BigDecimal.valueOf(rounding.offset(decimals));
        BigDecimal twice = exact.movePointRight(decimals).subtract(offset).multiply(BigDecimal.valueOf(2)).add(step);
        BigDecimal steps = twice.divideToIntegralValue(step.multiply(BigDecimal.valueOf(2))).max(BigDecimal.ZERO);
        BigDecimal rounded = steps.multiply(step).add(offset);
        BigDecimal charged = rounded.signum() == 0 ? step : rounded;
        return charged.compareTo(BigDecimal.valueOf(MOST)) > 0
                ? OptionalLong.empty()
                : OptionalLong.of(charged.longValueExact());
    }

    /** What it does, for people: {@code +10 %, -0.50, to .99}; empty where it changes nothing. */
    public String words() {
        var words = new StringJoiner(", ");
        if (percent.signum() != 0) {
            words.add(signed(percent) + " %");
        }
        if (amount.signum() != 0) {
            words.add(signed(amount));
        }
        if (rounding != PriceRounding.NONE) {
            words.add(rounding.words());
        }
        return words.toString();
    }

    private static String signed(BigDecimal number) {
        return (number.signum() > 0 ? "+" : "") + number.toPlainString();
    }
}
