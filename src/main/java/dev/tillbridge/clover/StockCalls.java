package dev.tillbridge.clover;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.StockReading;

/** Reads and sets a till's quantities. */
final class StockCalls {

    private static final RowList<CloverWire.Item> ITEMS = RowList.of(CloverOperation.READ_STOCK, "items", "itemStock",
            CloverWire.Item.class);

    private final CloverTill till;
    private final Uni<Instant> clock;

    StockCalls(CloverTill till, Uni<Instant> clock) {
        this.till = till;
        this.clock = clock;
    }

    Uni<List<StockReading>> read(List<String> itemIds) {
        if (itemIds.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        ItemsById items = new ItemsById(itemIds);
        return till.list(Lane.STOCK, ITEMS, items.query(), clock,
                (asOf, answer) -> readings(items.rows(till, CloverOperation.READ_STOCK, answer), asOf));
    }

    private static List<StockReading> readings(List<CloverWire.Item> rows, Instant asOf) {
        // What cannot be a quantity is left out like an item that is not there: nothing is concluded from either. The scan
        // tells of it.
        return rows.stream().filter(row -> !row.isDeleted())
                .filter(row -> row.itemStock() == null || ItemMapper.countable(row.itemStock().quantity()))
                .map(row -> new StockReading(row.id(), row.itemStock() == null ? null : row.itemStock().quantity(), asOf))
                .toList();
    }

    Uni<StockReading> read(String itemId) {
        return till.stock(checked(itemId), clock,
                (asOf, answer) -> new StockReading(itemId, stock(CloverOperation.READ_STOCK, itemId, answer).quantity(), asOf));
    }

    /** An answer that does not show the quantity sent leaves the outcome unknown: another write may have come between. */
    Uni<StockReading> write(String itemId, BigDecimal quantity) {
        BigDecimal plain = new BigDecimal(quantity.stripTrailingZeros().toPlainString());
        return till.setStock(checked(itemId), Map.of("quantity", plain), clock, (asOf, answer) -> {
            BigDecimal confirmed = stock(CloverOperation.WRITE_STOCK, itemId, answer).quantity();
            if (confirmed == null || confirmed.compareTo(plain) != 0) {
                throw new ConnectorException.Transient("unconfirmed", "Clover answered the quantity " + plain.toPlainString()
                        + " sent for item " + itemId + " with "
                        + (confirmed == null ? "none" : confirmed.toPlainString())
                        + ". What it holds is unknown until it is read again.", true, null);
            }
            return new StockReading(itemId, confirmed, asOf);
        });
    }

    private CloverWire.Stock stock(CloverOperation operation, String itemId, CloverAnswer answer) {
        CloverWire.Stock stock = till.answers().parse(operation, answer, CloverWire.Stock.class);
        if (stock.item() != null && stock.item().id() != null && !stock.item().id().equals(itemId)) {
            throw till.answers().invalid(operation, "it is another item's", null);
        }
        return stock;
    }

    private static String checked(String itemId) {
        return CloverId.checked("an item", itemId);
    }
}
