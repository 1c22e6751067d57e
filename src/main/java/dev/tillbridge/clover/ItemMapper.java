package dev.tillbridge.clover;

import java.time.Instant;
import java.util.List;

import dev.tillbridge.catalog.Item;
import dev.tillbridge.catalog.PriceType;
import dev.tillbridge.channel.ItemPage;

/** Clover's items in the catalogue's words. */
final class ItemMapper {

    private ItemMapper() {}

    static ItemPage page(List<CloverWire.Item> rows, Instant asOf, Instant vendorTime) {
        return new ItemPage(rows.stream().filter(row -> !row.isDeleted()).map(ItemMapper::item).toList(),
                rows.stream().filter(CloverWire.Item::isDeleted).map(CloverWire.Item::id).toList(), asOf, vendorTime);
    }

    static Item item(CloverWire.Item row) {
        return new Item(row.id(), row.name() == null ? "" : row.name(), text(row.sku()), text(row.code()), row.price(),
                priceType(row.priceType()), text(row.unitName()), Boolean.TRUE.equals(row.hidden()),
                row.itemStock() == null ? null : row.itemStock().quantity(),
                row.modifiedTime() == null ? null : Instant.ofEpochMilli(row.modifiedTime()));
    }

    /** Clover keeps an emptied field as "". */
    private static String text(String value) {
        return value == null || value.isBlank() ? null : value;
    }

    private static PriceType priceType(String name) {
        if (name == null) {
            return PriceType.FIXED;
        }
        return switch (name) {
            case "FIXED" -> PriceType.FIXED;
            case "PER_UNIT" -> PriceType.PER_UNIT;
            // A kind of price unknown here is treated like one typed at the till: nothing is concluded from it.
            default -> PriceType.VARIABLE;
        };
    }
}
