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
 * @param subject the variant's id for an item, else the part's name
 * @param item as sent; null for a part
 * @param optionIds what the item is to be joined to
 * @param before ids that looked the same before it was sent
 * @param tillId null while the outcome is unknown
 * @param optionsJoined whether the item has its options
 * @param categoryJoined whether the item is in its category
 * @param sentAt the database's time; null before it is stored
 */
record Creation(UUID id, String productId, Kind kind, String parent, String subject, String name, NewItem item,
        List<String> optionIds, List<String> before, String tillId, boolean optionsJoined, boolean categoryJoined,
        Instant sentAt) {

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
                categoryJoined, sentAt);
    }

    /** @param options whether it has its options by now, else that it is in its category */
    Creation joined(boolean options) {
        return new Creation(id, productId, kind, parent, subject, name, item, optionIds, before, tillId,
                optionsJoined || options, categoryJoined || !options, sentAt);
    }

    Creation knowing(List<String> alike) {
        return new Creation(id, productId, kind, parent, subject, name, item, optionIds, alike, tillId, optionsJoined,
                categoryJoined, sentAt);
    }
}
