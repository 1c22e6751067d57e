package dev.tillbridge.product;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.Item;
import dev.tillbridge.catalog.PriceType;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ItemChange;
import dev.tillbridge.channel.ItemOption;
import dev.tillbridge.channel.NewItem;
import dev.tillbridge.channel.TillCatalogue;
import dev.tillbridge.channel.TillConnection;
import dev.tillbridge.channel.TillItem;
import dev.tillbridge.channel.TillLimits;
import dev.tillbridge.channel.TillPart;

/** A till that makes whatever it is asked for, again where it is asked again, and whose calls fail as a test lays out. */
final class MemoryTill implements TillCatalogue {

    static final TillLimits LIMITS = new TillLimits(127, 100);

    /** How a call goes. */
    enum Fate {
        WELL,
        /** It arrives, its answer does not. */
        ANSWER_LOST,
        /** It arrives only when {@link MemoryTill#settle} is called, and is unanswered. */
        LATE,
        /** It never arrives, and nobody can tell. */
        REQUEST_LOST,
        /** The till says that it did nothing. */
        REFUSED_FOR_NOW,
        /** The till will not do it. */
        REFUSED,
        KILLED_BEFORE,
        KILLED_AFTER
    }

    /** The process ended. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    final Map<String, TillPart> parts = new LinkedHashMap<>();
    final Map<String, NewItem> items = new LinkedHashMap<>();
    final Map<String, Set<String>> options = new HashMap<>();
    final Map<String, Set<String>> categories = new HashMap<>();
    private final List<Runnable> late = new ArrayList<>();
    private final Supplier<Fate> fates;
    private int ids;
    /** How many calls had their effect. */
    int arrived;

    MemoryTill(Supplier<Fate> fates) {
        this.fates = fates;
    }

    /** What was under way arrives. */
    void settle() {
        late.forEach(Runnable::run);
        late.clear();
    }

    String put(NewItem item) {
        String id = "I" + ++ids;
        items.put(id, item);
        return id;
    }

    private <T> T arrives(Supplier<T> effect) {
        arrived++;
        return effect.get();
    }

    private <T> Uni<T> call(Supplier<T> effect) {
        return Uni.createFrom().deferred(() -> switch (fates.get()) {
            case WELL -> Uni.createFrom().item(arrives(effect));
            case ANSWER_LOST -> {
                arrives(effect);
                yield unknown();
            }
            case LATE -> {
                late.add(() -> arrives(effect));
                yield unknown();
            }
            case REQUEST_LOST -> unknown();
            case REFUSED_FOR_NOW -> Uni.createFrom()
                    .failure(new ConnectorException.Transient("not-sent", "waited too long", false, null));
            case REFUSED -> Uni.createFrom()
                    .failure(new ConnectorException.Rejected("name-refused", 400, "the till takes no such name"));
            case KILLED_BEFORE -> Uni.createFrom().failure(new Killed());
            case KILLED_AFTER -> {
                arrives(effect);
                yield Uni.createFrom().failure(new Killed());
            }
        });
    }

    private static <T> Uni<T> unknown() {
        return Uni.createFrom().failure(new ConnectorException.Transient("timeout", "no answer", true, null));
    }

    @Override
    public TillLimits limits() {
        return LIMITS;
    }

    @Override
    public Uni<String> makePart(TillConnection till, TillPart.Kind kind, String parentId, String name) {
        return call(() -> {
            if (parentId != null && !parts.containsKey(parentId)) {
                throw new IllegalStateException("no parent " + parentId);
            }
            String id = kind.name().charAt(0) + String.valueOf(++ids);
            parts.put(id, new TillPart(kind, id, parentId, name));
            return id;
        });
    }

    @Override
    public Uni<List<TillPart>> parts(TillConnection till, TillPart.Kind kind, String parentId) {
        return Uni.createFrom().item(() -> parts.values().stream()
                .filter(part -> part.kind() == kind && Objects.equals(part.parent(), parentId)).toList());
    }

    @Override
    public Uni<Void> renamePart(TillConnection till, TillPart part) {
        return call(() -> parts.replace(part.id(), part)).replaceWithVoid();
    }

    @Override
    public Uni<TillItem> makeItem(TillConnection till, NewItem item) {
        return call(() -> item(put(item)));
    }

    TillItem item(String id) {
        NewItem kept = items.get(id);
        String group = kept.groupId();
        String name = group == null ? kept.name() : parts.get(group).name() + " made by the till";
        return new TillItem(new Item(id, name, kept.sku(), kept.code(), kept.price(), PriceType.FIXED, null, false, null, null,
                group), Set.copyOf(options.getOrDefault(id, Set.of())), Set.copyOf(categories.getOrDefault(id, Set.of())),
                Instant.EPOCH);
    }

    @Override
    public Uni<List<TillItem>> itemsOfGroup(TillConnection till, String groupId) {
        return Uni.createFrom().item(() -> items.entrySet().stream()
                .filter(entry -> groupId.equals(entry.getValue().groupId())).map(entry -> item(entry.getKey())).toList());
    }

    @Override
    public Uni<List<TillItem>> itemsLike(TillConnection till, NewItem item, Instant since) {
        return Uni.createFrom().item(() -> items.entrySet().stream().filter(entry -> item.sku() == null
                || item.sku().equals(entry.getValue().sku())).map(entry -> item(entry.getKey()))
                .filter(found -> found.item().groupId() == null).toList());
    }

    @Override
    public Uni<Void> joinOptions(TillConnection till, Collection<ItemOption> pairs) {
        return call(() -> {
            for (ItemOption pair : pairs) {
                if (!options.computeIfAbsent(pair.itemId(), id -> new HashSet<>()).add(pair.optionId())) {
                    throw new IllegalStateException("joined twice: " + pair);
                }
            }
            return true;
        }).replaceWithVoid();
    }

    @Override
    public Uni<Void> leaveOptions(TillConnection till, Collection<ItemOption> pairs) {
        return call(() -> {
            for (ItemOption pair : pairs) {
                if (!options.getOrDefault(pair.itemId(), Set.of()).remove(pair.optionId())) {
                    throw new IllegalStateException("has no such option: " + pair);
                }
            }
            return true;
        }).replaceWithVoid();
    }

    @Override
    public Uni<Void> joinCategory(TillConnection till, String categoryId, Set<String> itemIds) {
        return call(() -> {
            itemIds.forEach(item -> categories.computeIfAbsent(item, id -> new HashSet<>()).add(categoryId));
            return true;
        }).replaceWithVoid();
    }

    @Override
    public Uni<TillItem> changeItem(TillConnection till, String itemId, ItemChange change) {
        return call(() -> {
            NewItem before = items.get(itemId);
            items.put(itemId,
                    new NewItem(change.name() == null ? before.name() : change.name(), other(change.sku(), before.sku()),
                            other(change.code(), before.code()), before.price(), before.groupId()));
            return item(itemId);
        });
    }

    private static String other(ItemChange.Text change, String before) {
        return change == null ? before : change.value();
    }
}
