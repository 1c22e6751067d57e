package dev.tillbridge.price;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.Item;
import dev.tillbridge.catalog.PriceType;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ItemPage;
import dev.tillbridge.channel.ItemPrice;
import dev.tillbridge.channel.PointOfSale;

/** A till that knows prices and nothing else, and whose calls go wrong as a test wants. */
final class PricedTill {

    final Map<String, Long> prices = new TreeMap<>();
    /** Sizes of the writes asked for, in order. */
    final List<Integer> writes = new ArrayList<>();
    final Set<String> refuses = new HashSet<>();
    int reads;
    /** What each write fails with, after it was done or not; null: it succeeds. */
    ConnectorException failure;
    boolean doneAllTheSame;
    /** Whether a write is answered with nothing. */
    boolean silent;
    ConnectorException readFailure;

    PricedTill with(int items) {
        for (int item = 0; item < items; item++) {
            prices.put(id(item), 100L);
        }
        return this;
    }

    static String id(int item) {
        return String.format(Locale.ROOT, "I%05d", item);
    }

    PointOfSale port() {
        return (PointOfSale) Proxy.newProxyInstance(PricedTill.class.getClassLoader(), new Class<?>[]{ PointOfSale.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "writePrices" -> write(cast((List<?>) arguments[1]));
                    case "readItems" -> read(((List<?>) arguments[1]).stream().map(String.class::cast).toList());
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static List<ItemPrice> cast(List<?> prices) {
        return prices.stream().map(ItemPrice.class::cast).toList();
    }

    private Uni<List<ItemPrice>> write(List<ItemPrice> wanted) {
        writes.add(wanted.size());
        if (failure != null && !doneAllTheSame) {
            return Uni.createFrom().failure(failure);
        }
        if (wanted.stream().anyMatch(price -> refuses.contains(price.itemId()))) {
            return Uni.createFrom().failure(new ConnectorException.Rejected("rejected", 400, "Invalid value for 'price'"));
        }
        wanted.forEach(price -> prices.put(price.itemId(), price.price()));
        return failure != null
                ? Uni.createFrom().failure(failure)
                : Uni.createFrom().item(silent ? List.of() : wanted);
    }

    private Uni<ItemPage> read(List<String> ids) {
        reads++;
        if (readFailure != null) {
            return Uni.createFrom().failure(readFailure);
        }
        List<Item> items = ids.stream().filter(prices::containsKey)
                .map(id -> new Item(id, id, id, null, Objects.requireNonNull(prices.get(id)), PriceType.FIXED, null, false,
                        null,
                        null))
                .toList();
        return Uni.createFrom().item(new ItemPage(items, List.of(), Instant.now(), Instant.now(), List.of()));
    }
}
