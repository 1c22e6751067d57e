package dev.tillbridge.price;

/**
 * To what a price that a rule has made is rounded: to the nearest one of this form, and up where two are as near. In a
 * currency without cents all of them mean whole units.
 */
public enum PriceRounding {

    /** To the currency's smallest unit. */
    NONE("", -1, 0),
    /** To an amount that ends in .99. */
    TO_99("to .99", 100, 99),
    /** To an amount that ends in .95. */
    TO_95("to .95", 100, 95),
    /** To a multiple of 0.05. */
    TO_05("to .05", 5, 0),
    /** To an amount without cents. */
    WHOLE("to whole", 100, 0);

    private final String words;
    private final int step;
    private final int offset;

    /** @param step in hundredths from one amount of the form to the next; -1: each amount is of it */
    PriceRounding(String words, int step, int offset) {
        this.words = words;
        this.step = step;
        this.offset = offset;
    }

    String words() {
        return words;
    }

    /** Whether it needs a currency that has cents. */
    public boolean needsCents() {
        return step > 0 && this != WHOLE;
    }

    /** Minor units from one amount of the form to the next, at least 1. */
    long step(int decimals) {
        return step < 0 ? 1 : inMinorUnits(decimals < 2 ? 100 : step, decimals);
    }

    /** Minor units of the first amount of the form that is not negative. */
    long offset(int decimals) {
        return decimals < 2 ? 0 : inMinorUnits(offset, decimals);
    }

    private static long inMinorUnits(int hundredths, int decimals) {
        long units = hundredths;
        for (int more = decimals; more > 2; more--) {
            units *= 10;
        }
        for (int less = decimals; less < 2; less++) {
            units /= 10;
        }
        return units;
    }
}
