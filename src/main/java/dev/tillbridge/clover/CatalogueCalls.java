package dev.tillbridge.clover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ItemChange;
import dev.tillbridge.channel.ItemOption;
import dev.tillbridge.channel.NewItem;
import dev.tillbridge.channel.TillItem;
import dev.tillbridge.channel.TillLimits;
import dev.tillbridge.channel.TillPart;

/**
 * Makes and changes a till's catalogue. Clover: an item joins a group only when it is made, belongs to one group and is named
 * by the server from group and options (docs.clover.com/docs/managing-items-item-groups); lists of a group's attributes are
 * filtered, and what a filter let through is checked, because a filter that is ignored would show another group's.
 */
final class CatalogueCalls {

    /** Lengths of {@code com.clover.sdk.v3.inventory.Item}; the shortest name of all kinds counts for each. */
    static final TillLimits LIMITS = new TillLimits(127, 100);

    private static final RowList<CloverWire.Item> ITEMS = RowList.of(CloverOperation.READ_ITEMS, "items",
            "options,categories", CloverWire.Item.class);

    private final CloverTill till;
    private final Uni<Instant> clock;

    CatalogueCalls(CloverTill till, Uni<Instant> clock) {
        this.till = till;
        this.clock = clock;
    }

    Uni<String> makePart(TillPart.Kind kind, String parentId, String name) {
        return switch (kind) {
            case CATEGORY -> part("categories", null, null, Map.of("name", name));
            case GROUP -> part("item_groups", null, null, Map.of("name", name));
            case ATTRIBUTE -> part("attributes", null, null, Map.of("name", name, "itemGroup", ref(parentId)));
            case OPTION -> part("attributes", CloverId.checked("an attribute", parentId), "options", Map.of("name", name));
        };
    }

    private Uni<String> part(String collection, String id, String part, Map<String, Object> body) {
        return till.create(CloverOperation.MAKE_PART, collection, id, part, body, clock, (asOf, answer) -> {
            CloverWire.Part made = till.answers().parse(CloverOperation.MAKE_PART, answer, CloverWire.Part.class);
            return idOf(CloverOperation.MAKE_PART, made.id());
        });
    }

    Uni<List<TillPart>> parts(TillPart.Kind kind, String parentId) {
        return switch (kind) {
            case CATEGORY, GROUP -> all(RowList.of(CloverOperation.READ_PARTS,
                    kind == TillPart.Kind.GROUP ? "item_groups" : "categories", null, CloverWire.Part.class))
                    .map(rows -> parts(kind, null, rows));
            case ATTRIBUTE -> one(RowList.of(CloverOperation.READ_PARTS, "attributes", null, CloverWire.Part.class),
                    "itemGroup.id=" + CloverId.checked("an item group", parentId))
                    .map(rows -> parts(kind, parentId, rows.stream().filter(row -> of(parentId, row.itemGroup())).toList()));
            case OPTION -> all(RowList.of(CloverOperation.READ_PARTS, "attributes", CloverId.checked("an attribute", parentId),
                    "options", CloverWire.Part.class)).map(rows -> parts(kind, parentId, rows));
        };
    }

    private boolean of(String parentId, CloverWire.Ref group) {
        if (group == null || group.id() == null) {
            // Without it nobody can tell whose it is, and what is not found would be made again.
            throw till.answers().invalid(CloverOperation.READ_PARTS, "an attribute names no item group", null);
        }
        return group.id().equals(parentId);
    }

    private static List<TillPart> parts(TillPart.Kind kind, String parent, List<CloverWire.Part> rows) {
        return rows.stream().filter(row -> !Boolean.TRUE.equals(row.deleted()))
                .map(row -> new TillPart(kind, row.id(), parent, row.name())).toList();
    }

    Uni<Void> renamePart(TillPart part) {
        Map<String, Object> body = Map.of("name", part.name());
        return switch (part.kind()) {
            case CATEGORY -> renamed("categories", CloverId.checked("a category", part.id()), body);
            case GROUP -> renamed("item_groups", CloverId.checked("an item group", part.id()), body);
            case ATTRIBUTE -> renamed("attributes", CloverId.checked("an attribute", part.id()), body);
            case OPTION -> till.changePart("attributes", CloverId.checked("an attribute", part.parent()), "options",
                    CloverId.checked("an option", part.id()), body, clock, (asOf, answer) -> null);
        };
    }

    private Uni<Void> renamed(String collection, String id, Map<String, Object> body) {
        return till.change(collection, id, body, clock, (asOf, answer) -> null);
    }

    Uni<TillItem> makeItem(NewItem item) {
        Map<String, Object> body = new HashMap<>();
        body.put("name", item.name());
        body.put("price", item.price());
        put(body, "sku", item.sku());
        put(body, "code", item.code());
        if (item.groupId() != null) {
            body.put("itemGroup", ref(item.groupId()));
        }
        return till.create(CloverOperation.MAKE_ITEM, "items", null, null, body, clock,
                (asOf, answer) -> item(CloverOperation.MAKE_ITEM, asOf, answer));
    }

    Uni<List<TillItem>> itemsOfGroup(String groupId) {
        String id = CloverId.checked("an item group", groupId);
        return items("itemGroup.id=" + id).map(items -> items.stream()
                .filter(item -> id.equals(item.item().groupId())).toList());
    }

    Uni<List<TillItem>> itemsLike(NewItem item, Instant since) {
        Uni<List<TillItem>> found = item.sku() != null
                ? items("sku=" + item.sku())
                : item.code() != null ? items("itemCode=" + item.code()) : changed(since);
        return found.map(items -> items.stream().filter(each -> each.item().groupId() == null).toList());
    }

    private Uni<List<TillItem>> changed(Instant since) {
        var window = new TimeWindow<>("modifiedTime", CloverWire.Item::modifiedTime, since.toEpochMilli(), null);
        return new RowReader<>(till, ITEMS, clock, Lane.CATALOGUE).read(window)
                .onItem().transformToIterable(page -> page.rows().stream().filter(row -> !row.isDeleted())
                        .map(row -> item(row, page.asOf())).toList())
                .collect().in(HashMap<String, TillItem>::new, (rows, row) -> rows.put(row.item().id(), row))
                .map(rows -> List.copyOf(rows.values()));
    }

    private Uni<List<TillItem>> items(String filter) {
        return till.list(Lane.CATALOGUE, ITEMS, new ListQuery(List.of(filter), "id ASC", RowReader.PAGE, 0), clock,
                (asOf, answer) -> whole(till.answers().rows(CloverOperation.READ_ITEMS, answer, CloverWire.Item.class)).stream()
                        .filter(row -> !row.isDeleted()).map(row -> item(row, asOf)).toList());
    }

    Uni<Void> joinOptions(Collection<ItemOption> pairs) {
        return join("option_items", elements(pairs));
    }

    Uni<Void> leaveOptions(Collection<ItemOption> pairs) {
        return till.leave("option_items", Map.of("elements", elements(pairs)), clock);
    }

    private static List<Map<String, Object>> elements(Collection<ItemOption> pairs) {
        return pairs.stream()
                .map(pair -> Map.<String, Object>of("option", ref(pair.optionId()), "item", ref(pair.itemId()))).toList();
    }

    Uni<Void> joinCategory(String categoryId, Set<String> itemIds) {
        return join("category_items", itemIds.stream().sorted()
                .map(item -> Map.<String, Object>of("category", ref(categoryId), "item", ref(item))).toList());
    }

    private Uni<Void> join(String collection, List<Map<String, Object>> elements) {
        return till.create(CloverOperation.JOIN_ITEMS, collection, null, null, Map.of("elements", elements), clock,
                (asOf, answer) -> null);
    }

    Uni<TillItem> changeItem(String itemId, ItemChange change) {
        Map<String, Object> body = new HashMap<>();
        put(body, "name", change.name());
        put(body, "hidden", change.hidden());
        // An emptied field is kept as "".
        put(body, "sku", text(change.sku()));
        put(body, "code", text(change.code()));
        return till.change("items", CloverId.checked("an item", itemId), body, clock,
                (asOf, answer) -> item(CloverOperation.CHANGE_CATALOGUE, asOf, answer));
    }

    private static String text(ItemChange.Text change) {
        return change == null ? null : Objects.requireNonNullElse(change.value(), "");
    }

    private TillItem item(CloverOperation operation, Instant asOf, CloverAnswer answer) {
        CloverWire.Item row = till.answers().parse(operation, answer, CloverWire.Item.class);
        idOf(operation, row.id());
        return item(row, asOf);
    }

    private static TillItem item(CloverWire.Item row, Instant asOf) {
        return new TillItem(ItemMapper.item(row), ids(row.options()), ids(row.categories()), asOf);
    }

    private static Set<String> ids(CloverWire.Elements<CloverWire.Ref> refs) {
        return refs == null || refs.elements() == null
                ? Set.of()
                : refs.elements().stream().map(CloverWire.Ref::id).collect(Collectors.toSet());
    }

    private <R extends CloverRow> Uni<List<R>> all(RowList<R> list) {
        return new RowReader<>(till, list, Lane.CATALOGUE).all();
    }

    /** A list that is never longer than a page. */
    private Uni<List<CloverWire.Part>> one(RowList<CloverWire.Part> list, String filter) {
        return till.list(Lane.CATALOGUE, list, new ListQuery(List.of(filter), null, RowReader.PAGE, null), clock,
                (asOf, answer) -> whole(till.answers().rows(list.operation(), answer, CloverWire.Part.class)));
    }

    /** What is cut off would look as if it were not there, and be made again. */
    private static <R> List<R> whole(List<R> rows) {
        if (rows.size() >= RowReader.PAGE) {
            throw new ConnectorException.Rejected("too-many-alike", 200, "Clover has " + rows.size()
                    + " items or options that look alike, more than can be told apart");
        }
        return new ArrayList<>(rows);
    }

    private String idOf(CloverOperation operation, String id) {
        if (id == null || !CloverId.fits(id)) {
            throw till.answers().invalid(operation, "it holds no id", null);
        }
        return id;
    }

    private static Map<String, Object> ref(String id) {
        return Map.of("id", id);
    }

    private static void put(Map<String, Object> body, String field, Object value) {
        if (value != null) {
            body.put(field, value);
        }
    }
}
