package dev.tillbridge.product;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.tillbridge.channel.NewItem;

/**
 * Something made on a till, or about to be.
 *
 * @param productId empty for a category, which belongs to none
 * @param parent the till's id of what it belongs to; empty for none
 * @param subject the variant's id for an item, else the part's name as the store has it, written to the till or about to be
 * @param name as the till was last known to have it
 * @param item as sent; null for a part
 * @param optionIds what the item is to be joined to, and to nothing else
 * @param before ids that looked the same before it was sent
 * @param tillId null while the outcome is unknown
 * @param optionsJoined whether the item has its options
 * @param categoryJoined whether the item is in its category
 * @param renaming whether the till may have another name than {@code subject}
 * @param sentAt the database's time; null before it is stored
 */
record Creation(UUID id, String productId, Kind kind, String parent, String subject, String name, NewItem item,
        List<String> optionIds, List<String> before, String tillId, boolean optionsJoined, boolean categoryJoined,
        boolean renaming, Instant sentAt) {

    enum Kind {
        CATEGORY,
        GROUP,
        ATTRIBUTE,
        OPTION,
        ITEM
    }

    Creation {
        optionIds = List.copyOf(optionIds);
        before = List.copyOf(before);
    }

    boolean unknown() {
        return tillId == null;
    }

    Creation as(String id) {
        return new Creation(this.id, productId, kind, parent, subject, name, item, optionIds, before, id, optionsJoined,
                categoryJoined, renaming, sentAt);
    }

    /** @param options whether it has its options by now, else that it is in its category */
    Creation joined(boolean options) {
        return new Creation(id, productId, kind, parent, subject, name, item, optionIds, before, tillId,
                optionsJoined || options, categoryJoined || !options, renaming, sentAt);
    }

    Creation knowing(List<String> alike) {
        return new Creation(id, productId, kind, parent, subject, name, item, optionIds, alike, tillId, optionsJoined,
                categoryJoined, renaming, sentAt);
    }

    /** About to be called that. */
    Creation renaming(String name) {
        return new Creation(id, productId, kind, parent, name, this.name, item, optionIds, before, tillId, optionsJoined,
                categoryJoined, true, sentAt);
    }

    /** Called that at the till. */
    Creation renamed() {
        return new Creation(id, productId, kind, parent, subject, subject, item, optionIds, before, tillId, optionsJoined,
                categoryJoined, false, sentAt);
    }

    /** To have these options instead. */
    Creation withOptions(List<String> others) {
        return new Creation(id, productId, kind, parent, subject, name, item, others, before, tillId, false, categoryJoined,
                renaming, sentAt);
    }
}
