package dev.tillbridge.product;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.tillbridge.channel.ItemChange;
import dev.tillbridge.product.Followed.Side;

/** The rule of what a linked item is to be changed to, so that it follows the store. */
final class ItemDifference {

    private ItemDifference() {}

    /** Empty where nothing is to be written. An identifier that the till cannot hold is left as it is. */
    static ItemChange of(Followed item, int longestName, int longestIdentifier) {
        Side store = item.store();
        Side till = item.till();
        boolean all = item.made();
        String name = TillText.name(store.name(), longestName);
        boolean named = !item.grouped() && name != null && (all || item.changed().name()) && !name.equals(till.name());
        boolean hides = store.hidden() != null && (all || item.changed().hidden()) && !store.hidden().equals(till.hidden());
        return new ItemChange(named ? name : null,
                identifier(all || item.changed().sku(), store.sku(), till.sku(), longestIdentifier),
                identifier(all || item.changed().code(), store.code(), till.code(), longestIdentifier),
                hides ? store.hidden() : null);
    }

    private static ItemChange.Text identifier(boolean follows, String store, String till, int longest) {
        boolean fits = store == null || store.length() <= longest;
        return follows && fits && !Objects.equals(store, till) ? new ItemChange.Text(store) : null;
    }

    /** What was and what is to be, for the journal. */
    static String words(ItemChange change, Side side) {
        List<String> words = new ArrayList<>();
        if (change.name() != null) {
            words.add("name \"" + side.name() + "\"");
        }
        if (change.sku() != null) {
            words.add("SKU " + quoted(side.sku()));
        }
        if (change.code() != null) {
            words.add("code " + quoted(side.code()));
        }
        if (change.hidden() != null) {
            words.add(Boolean.TRUE.equals(side.hidden()) ? "hidden" : "shown");
        }
        return String.join(", ", words);
    }

    private static String quoted(String text) {
        return text == null ? "none" : "\"" + text + "\"";
    }
}
