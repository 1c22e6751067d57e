package dev.tillbridge.channel;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.smallrye.mutiny.Uni;

/**
 * The part of a till's port that makes and changes what it sells. What creates is sent once and has no key to know it by
 * again: after an unknown outcome the caller looks what is there. What changes or joins is absolute and may be sent again.
 */
public interface TillCatalogue {

    TillLimits limits();

    /** Makes a part and answers its id; {@code parentId} as in {@link TillPart}. */
    Uni<String> makePart(TillConnection till, TillPart.Kind kind, String parentId, String name);

    /** All parts of this kind and parent, in no particular order. */
    Uni<List<TillPart>> parts(TillConnection till, TillPart.Kind kind, String parentId);

    /** Gives a part the name that it carries here. */
    Uni<Void> renamePart(TillConnection till, TillPart part);

    Uni<TillItem> makeItem(TillConnection till, NewItem item);

    /** The items of a group, with their options and categories. */
    Uni<List<TillItem>> itemsOfGroup(TillConnection till, String groupId);

    /**
     * Items outside of groups that may be this one, with their categories: found by SKU, else by code, else among those
     * changed since then.
     */
    Uni<List<TillItem>> itemsLike(TillConnection till, NewItem item, Instant since);

    /** Gives items of a group their options, all at once. */
    Uni<Void> joinOptions(TillConnection till, Collection<ItemOption> pairs);

    /** Takes options from items of a group, all at once. */
    Uni<Void> leaveOptions(TillConnection till, Collection<ItemOption> pairs);

    /** Puts items into a category, all at once. */
    Uni<Void> joinCategory(TillConnection till, String categoryId, Set<String> itemIds);

    /** Changes an item and answers it as it is then. */
    Uni<TillItem> changeItem(TillConnection till, String itemId, ItemChange change);
}
