package dev.tillbridge.clover;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jboss.logging.Logger;

import dev.tillbridge.catalog.Item;
import dev.tillbridge.catalog.PriceType;
import dev.tillbridge.channel.ItemPage;
import dev.tillbridge.channel.UnusableRow;

/** Clover's items in the catalogue's words. */
final class ItemMapper {

    private static final Logger LOG = Logger.getLogger(ItemMapper.class);
    private static final BigDecimal MOST = BigDecimal.valueOf(999_999_999_999_999L);

    private ItemMapper() {}

    /** Rows that cannot be kept, or never asked for by id, are left out; the rest of the page is as good as ever. */
    static ItemPage page(List<CloverWire.Item> rows, Instant asOf, Instant vendorTime) {
        List<Item> items = new ArrayList<>();
        List<String> deleted = new ArrayList<>();
        List<UnusableRow> unusable = new ArrayList<>();
        for (CloverWire.Item row : rows) {
            if (!CloverId.fits(row.id())) {
                unusable.add(new UnusableRow(row.id(), "The id is none of Clover's form"));
            } else if (row.isDeleted()) {
                deleted.add(row.id());
            } else if (row.itemStock() != null && !countable(row.itemStock().quantity())) {
                unusable.add(new UnusableRow(row.id(), "The quantity is too large to be one"));
            } else {
                items.add(item(row));
            }
        }
        if (!unusable.isEmpty()) {
            // One line for a page: the fault may be in each of its rows.
            LOG.warnf("%d items of a page are left out; the first is %s: %s", unusable.size(), unusable.get(0).id(),
                    unusable.get(0).reason());
        }
        return new ItemPage(items, deleted, asOf, vendorTime, List.copyOf(unusable));
    }

    /** Whether the database's numeric(18, 3) holds it, rounded. */
    static boolean countable(BigDecimal quantity) {
        return quantity == null || quantity.abs().compareTo(MOST) < 0;
    }

    static Item item(CloverWire.Item row) {
        return new Item(row.id(), row.name() == null ? "" : row.name(), text(row.sku()), text(row.code()), row.price(),
                priceType(row.priceType()), text(row.unitName()), Boolean.TRUE.equals(row.hidden()),
                row.itemStock() == null ? null : row.itemStock().quantity(),
                row.modifiedTime() == null ? null : Instant.ofEpochMilli(row.modifiedTime()),
                row.itemGroup() == null ? null : row.itemGroup().id());
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
