package dev.tillbridge.clover;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ItemPrice;
import dev.tillbridge.channel.PointOfSale;

/**
 * Sets many items' prices at once. Clover: {@code PUT bulk_items} takes up to 2,500 items and changes only the fields sent
 * (docs.clover.com/dev/changelog/clover-api-updates-march-2026).
 */
final class PriceCalls {

    private final CloverTill till;

    PriceCalls(CloverTill till) {
        this.till = till;
    }

    /**
     * Answers what Clover says the items cost now. The form of its answer is not documented: what it does not hold is left
     * out, and nothing is concluded from it.
     */
    Uni<List<ItemPrice>> write(List<ItemPrice> prices) {
        if (prices.isEmpty() || prices.size() > PointOfSale.PRICES) {
            throw new IllegalArgumentException("1 to " + PointOfSale.PRICES + " prices are set at once, not " + prices.size());
        }
        Set<String> asked = prices.stream().map(ItemPrice::itemId).collect(Collectors.toSet());
        if (asked.size() < prices.size()) {
            throw new IllegalArgumentException("An item's price is set once in a call");
        }
        List<Map<String, Object>> items = prices.stream()
                .map(price -> Map.<String, Object>of("id", CloverId.checked("an item", price.itemId()), "price", price.price()))
                .toList();
        return till.updateItems(Map.of("items", items), answer -> held(asked, answer));
    }

    private List<ItemPrice> held(Set<String> asked, CloverAnswer answer) {
        // Some of Clover's PUTs answer 200 with nothing at all.
        CloverWire.PricedItems told = answer.body().length == 0
                ? new CloverWire.PricedItems(null)
                : till.answers().parse(CloverOperation.WRITE_PRICES, answer, CloverWire.PricedItems.class);
        return told.elements() == null
                ? List.of()
                : told.elements().stream().filter(Objects::nonNull)
                        .filter(item -> item.price() != null && asked.contains(item.id()))
                        .map(item -> new ItemPrice(item.id(), item.price())).toList();
    }
}
