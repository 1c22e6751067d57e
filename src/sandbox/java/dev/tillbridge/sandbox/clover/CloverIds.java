package dev.tillbridge.sandbox.clover;

import java.util.Random;
import java.util.regex.Pattern;

/** Ids of Clover's form: 13 characters, upper-case base 32 without I, L, O, U. The same seed gives the same ids. */
final class CloverIds {

    static final Pattern FORM = Pattern.compile("[0-9A-HJKMNP-TV-Z]{13}");
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final long seed;
    private Random random;

    CloverIds(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    String next() {
        char[] id = new char[13];
        for (int i = 0; i < id.length; i++) {
            id[i] = DIGITS.charAt(random.nextInt(DIGITS.length()));
        }
        return new String(id);
    }

    /** From the start again. */
    void reset() {
        random = new Random(seed);
    }
}
