package dev.tillbridge.clover;

import java.time.Instant;
import java.util.List;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ItemPage;

/** Reads single items of a till. */
final class ItemCalls {

    private final CloverTill till;
    private final Uni<Instant> clock;

    ItemCalls(CloverTill till, Uni<Instant> clock) {
        this.till = till;
        this.clock = clock;
    }

    Uni<ItemPage> read(List<String> itemIds) {
        if (itemIds.isEmpty()) {
            throw new IllegalArgumentException("No items to read");
        }
        ItemsById items = new ItemsById(itemIds);
        return till.list(Lane.PRICES, CloverConnector.ITEMS, items.query(), clock,
                (asOf, answer) -> ItemMapper.page(items.rows(till, CloverOperation.READ_ITEMS, answer), asOf,
                        till.answers().date(CloverOperation.READ_ITEMS, answer)));
    }
}
