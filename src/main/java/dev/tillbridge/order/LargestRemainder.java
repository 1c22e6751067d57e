package dev.tillbridge.order;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Whole cents out of exact parts: each part is rounded down, and what is missing goes to the largest remainders. */
final class LargestRemainder {

    // Thirds and sixths have no end of decimals: cut here, after they were added up, what is half a cent is half a cent again.
    private static final int SNAP = 20;

    private LargestRemainder() {}

    /**
     * Whole parts that add up to the exact parts' sum, rounded half up. Of equal remainders the first is served first.
     *
     * @param exact none of them negative, with {@link SaleTaxes#SCALE} decimals or fewer
     */
    static long[] round(List<BigDecimal> exact) {
        BigDecimal sum = exact.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        var whole = new long[exact.size()];
        var remainders = new BigDecimal[exact.size()];
        for (int part = 0; part < whole.length; part++) {
            BigDecimal snapped = exact.get(part).setScale(SNAP, RoundingMode.HALF_UP);
            BigDecimal floor = snapped.setScale(0, RoundingMode.FLOOR);
            whole[part] = floor.longValue();
            remainders[part] = snapped.subtract(floor);
        }
        serve(whole, remainders, sum.setScale(SNAP, RoundingMode.HALF_UP).setScale(0, RoundingMode.HALF_UP).longValue());
        return whole;
    }

    /** An amount in proportion to weights, none of them negative; no part is larger than its weight unless the amount is larger than their sum. */
    static long[] distribute(long amount, long[] weights) {
        BigInteger sum = BigInteger.ZERO;
        for (long weight : weights) {
            sum = sum.add(BigInteger.valueOf(weight));
        }
        var whole = new long[weights.length];
        if (amount == 0 || sum.signum() == 0) {
            return whole;
        }
        var remainders = new BigInteger[weights.length];
        for (int part = 0; part < weights.length; part++) {
            BigInteger[] divided = BigInteger.valueOf(amount).multiply(BigInteger.valueOf(weights[part]))
                    .divideAndRemainder(sum);
            whole[part] = divided[0].longValue();
            remainders[part] = divided[1];
        }
        serve(whole, remainders, amount);
        return whole;
    }

    private static <T extends Comparable<T>> void serve(long[] whole, T[] remainders, long wanted) {
        long missing = wanted - LongStream.of(whole).sum();
        if (missing > 0) {
            IntStream.range(0, whole.length).boxed()
                    .sorted(Comparator.comparing((Integer part) -> remainders[part]).reversed())
                    .limit(missing).forEach(part -> whole[part]++);
        }
    }
}
