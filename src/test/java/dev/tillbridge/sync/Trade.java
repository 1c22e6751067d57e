package dev.tillbridge.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Two counters that sell the same goods, the same for the same seed: one item is plentiful, of all others there is less than
 * is asked for.
 *
 * @param stock by SKU, before anything is sold
 * @param asked what buyers want, in the order of time
 */
record Trade(Map<String, Integer> stock, List<Asked> asked) {

    private static final int ITEMS = 20;
    private static final int PLENTY = 1_000;
    private static final int LEAST = 5;
    private static final int MOST = 15;

    enum Side {
        TILL,
        WEB
    }

    /** @param at since the doors opened */
    record Asked(Duration at, Side side, String sku, int units) {

        Asked at(Duration time) {
            return new Asked(time, side, sku, units);
        }
    }

    /** @param each how many buyers come to each side, at any time of these hours */
    static Trade of(long seed, int each, Duration hours) {
        Random random = new Random(seed);
        Map<String, Integer> stock = new LinkedHashMap<>();
        for (int item = 0; item < ITEMS; item++) {
            stock.put("TB-%06d".formatted(item), item == 0 ? PLENTY : LEAST + random.nextInt(MOST - LEAST + 1));
        }
        List<String> skus = List.copyOf(stock.keySet());
        List<Asked> asked = new ArrayList<>();
        for (int buyer = 0; buyer < 2 * each; buyer++) {
            asked.add(new Asked(Duration.ofMillis(random.nextLong(hours.toMillis())), buyer < each ? Side.TILL : Side.WEB,
                    skus.get(random.nextInt(ITEMS)), random.nextInt(4) == 0 ? 2 : 1));
        }
        asked.sort(Comparator.comparing(Asked::at));
        return new Trade(stock, asked);
    }
}
