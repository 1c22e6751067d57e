package dev.tillbridge.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.tillbridge.sync.Trade.Asked;
import dev.tillbridge.sync.Trade.Side;

/** Who bought what in a {@link Trade}, and which of it was there: both sides together cannot sell more than the stock. */
final class TradeLedger {

    private final Map<String, Integer> left;
    private final List<Asked> sold = new ArrayList<>();
    private final List<Asked> refused = new ArrayList<>();
    private final List<Beyond> beyond = new ArrayList<>();
    private int refusedInStock;

    TradeLedger(Map<String, Integer> stock) {
        left = new HashMap<>(stock);
    }

    /**
     * Units sold that were not there any more.
     *
     * @param window how long ago the sale was made, at least, that whoever sold them did not know of
     */
    record Beyond(Asked sale, int units, Duration window) {}

    /** Both are told in the order of time. */
    void sold(Asked sale) {
        int before = left.get(sale.sku());
        int units = sale.units() - Math.max(0, Math.min(sale.units(), before));
        if (units > 0) {
            beyond.add(new Beyond(sale, units, window(sale, before)));
        }
        left.put(sale.sku(), before - sale.units());
        sold.add(sale);
    }

    void refused(Asked buyer) {
        refused.add(buyer);
        if (left.get(buyer.sku()) >= buyer.units()) {
            refusedInStock++;
        }
    }

    /** Mostly it is the other side's sales that are not known; who overwrites his own forgets those, too. */
    private Duration window(Asked sale, int before) {
        return unknown(sale, before, false).or(() -> unknown(sale, before, true)).orElseThrow();
    }

    private Optional<Duration> unknown(Asked sale, int before, boolean own) {
        int shown = before;
        for (int i = sold.size() - 1; i >= 0; i--) {
            Asked earlier = sold.get(i);
            if (earlier.sku().equals(sale.sku()) && (own || earlier.side() != sale.side())) {
                shown += earlier.units();
                if (shown >= sale.units()) {
                    return Optional.of(sale.at().minus(earlier.at()));
                }
            }
        }
        return Optional.empty();
    }

    /** How many sales of a side there were. */
    long sales(Side side) {
        return sold.stream().filter(sale -> sale.side() == side).count();
    }

    /** What is left by the book; negative where more was sold than there was. */
    Map<String, Integer> left() {
        return Collections.unmodifiableMap(left);
    }

    static String header() {
        return "%-28s %8s %7s %7s %9s %9s %6s %11s %11s".formatted("", "sold at", "sold on", "refused", "of these", "units",
                "items", "window,", "window,") + System.lineSeparator()
                + "%-28s %8s %7s %7s %9s %9s %6s %11s %11s".formatted("", "the till", "the web", "", "in stock", "beyond",
                        "beyond", "median", "longest");
    }

    String line(String name) {
        List<Duration> windows = beyond.stream().map(Beyond::window).sorted().toList();
        return "%-28s %8d %7d %7d %9d %9d %6d %11s %11s".formatted(name, sales(Side.TILL), sales(Side.WEB), refused.size(),
                refusedInStock, beyond.stream().mapToInt(Beyond::units).sum(),
                beyond.stream().map(each -> each.sale().sku()).distinct().count(),
                windows.isEmpty() ? "-" : seconds(windows.get(windows.size() / 2)),
                windows.isEmpty() ? "-" : seconds(windows.get(windows.size() - 1)));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ENGLISH, "%.2f s", time.toMillis() / 1000.0);
    }
}
