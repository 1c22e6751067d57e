package dev.tillbridge.sandbox.clover;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

import dev.tillbridge.sandbox.clover.CloverEvents.ItemChange;

/** The items of one merchant. */
final class ItemBook {

    private static final int REMEMBERED = 8;

    private final CloverIds ids;
    private final BiConsumer<String, ItemChange> told;
    private final LongSupplier wholeSeconds;
    private final Map<String, Item> byId = new HashMap<>();
    private final List<Item> byCreation = new ArrayList<>();
    /** Results of the last queries: who reads page after page must not make the sandbox sort for each page. */
    private final Map<String, List<Item>> results = new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Item>> eldest) {
            return size() > REMEMBERED;
        }
    };
    private long itemVersion;
    private long stockVersion;

    /**
     * @param wholeSeconds the vendor's time in epoch milliseconds, cut to whole seconds
     * @param told an item's id and what changed of it
     */
    ItemBook(CloverIds ids, LongSupplier wholeSeconds, BiConsumer<String, ItemChange> told) {
        this.told = told;
        this.ids = ids;
        this.wholeSeconds = wholeSeconds;
    }

    void clear() {
        byId.clear();
        byCreation.clear();
        results.clear();
        itemVersion++;
    }

    /** A new item, created at the time given; 0 is now. */
    Item create(long createdTime) {
        Item item = new Item(ids.next(), byCreation.size(), createdTime == 0 ? wholeSeconds.getAsLong() : createdTime);
        byId.put(item.id, item);
        byCreation.add(item);
        itemVersion++;
        return item;
    }

    /** @throws CloverError 404 if there is none or it is deleted */
    Item get(String id) {
        Item item = byId.get(id);
        if (item == null || item.deleted()) {
            throw CloverError.invalidId();
        }
        return item;
    }

    /** Every item, deleted ones too, in the order of creation. */
    Collection<Item> all() {
        return Collections.unmodifiableList(byCreation);
    }

    /** A new item is complete. */
    void created(Item item) {
        told.accept(item.id, ItemChange.CREATED);
    }

    /** The item's own fields were changed. */
    void touched(Item item) {
        modified(item);
        told.accept(item.id, ItemChange.ATTRIBUTES);
    }

    private void modified(Item item) {
        item.modifiedTime = wholeSeconds.getAsLong();
        itemVersion++;
    }

    void delete(Item item) {
        item.deletedTime = wholeSeconds.getAsLong();
        modified(item);
        told.accept(item.id, ItemChange.DELETED);
    }

    /** Sets the stock as {@link #sold} does, and tells of it. */
    void stock(Item item, BigDecimal quantity, boolean touchesItem) {
        told.accept(item.id, ItemChange.STOCK);
        sold(item, quantity, touchesItem);
    }

    /**
     * Sets the stock, absolute, without comparing: last write wins. Clover: docs.clover.com/docs/managing-item-availability. By
     * itself it tells nothing, as sales are not among what Clover names for {@code IS}; but of an item that is offered, or not, any
     * more it does.
     *
     * @param quantity null unsets it
     * @param touchesItem whether the item's modifiedTime changes too
     */
    void sold(Item item, BigDecimal quantity, boolean touchesItem) {
        item.quantity = quantity;
        item.stockModifiedTime = wholeSeconds.getAsLong();
        stockVersion++;
        // autoManage: unavailable at 0, available again from 1 on; that is a change of the item itself.
        boolean offered = quantity == null || quantity.signum() > 0;
        boolean turns = item.autoManage && item.available != offered;
        if (turns) {
            item.available = offered;
            told.accept(item.id, ItemChange.AVAILABILITY);
        }
        if (touchesItem || turns) {
            modified(item);
        }
    }

    /**
     * Items that pass the filters.
     *
     * @param orderBy null for the default, by creation, the newest first
     * @param deletedToo whether deleted items are listed unless a filter says so
     */
    List<Item> query(Fields<Item> fields, List<String> filters, String orderBy, boolean deletedToo) {
        List<Filter> parsed = fields.parse(filters);
        boolean byStock = parsed.stream().anyMatch(f -> f.field().startsWith("itemStock.") || f.field().equals("quantity"));
        String key = filters + "|" + orderBy + "|" + deletedToo + "|" + itemVersion + (byStock ? "|" + stockVersion : "");
        List<Item> known = results.get(key);
        if (known != null) {
            return known;
        }
        boolean alsoDeleted = deletedToo || parsed.stream().anyMatch(filter -> filter.field().equals("deleted"));
        Comparator<Item> newestFirst = Comparator.<Item>comparingLong(item -> item.number).reversed();
        List<Item> found = candidates(parsed).stream().filter(item -> alsoDeleted || !item.deleted())
                .filter(fields.predicate(parsed))
                .sorted(orderBy == null ? newestFirst : fields.order(orderBy).thenComparing(newestFirst)).toList();
        results.put(key, found);
        return found;
    }

    private Collection<Item> candidates(List<Filter> filters) {
        for (Filter filter : filters) {
            if (filter.picks() && (filter.field().equals("id") || filter.field().equals("item.id"))) {
                List<Item> picked = new ArrayList<>();
                filter.values().stream().distinct().map(byId::get).filter(item -> item != null).forEach(picked::add);
                return picked;
            }
        }
        return byCreation;
    }
}
