package dev.tillbridge.clover;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.tillbridge.channel.PointOfSale;

/** Items asked for by their ids in one request, and the check that it is they that are answered. */
final class ItemsById {

    private final Set<String> ids;

    ItemsById(List<String> itemIds) {
        ids = new TreeSet<>(itemIds);
        if (ids.size() > PointOfSale.CHUNK) {
            throw new IllegalArgumentException("At most " + PointOfSale.CHUNK + " items are read at once, not " + ids.size());
        }
        ids.forEach(id -> CloverId.checked("an item", id));
    }

    ListQuery query() {
        String filter = ids.stream().collect(Collectors.joining("','", "id in ('", "')"));
        return new ListQuery(List.of(filter), null, PointOfSale.CHUNK, null);
    }

    List<CloverWire.Item> rows(CloverTill till, CloverOperation operation, CloverAnswer answer) {
        List<CloverWire.Item> rows = till.answers().rows(operation, answer, CloverWire.Item.class);
        if (rows.stream().anyMatch(row -> !ids.contains(row.id()))) {
            // Taken for an answer it would make the items asked for look gone.
            throw till.answers().invalid(operation, "it holds items that were not asked for", null);
        }
        return rows;
    }
}
