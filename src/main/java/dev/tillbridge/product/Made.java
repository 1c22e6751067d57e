package dev.tillbridge.product;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was made of a product before.
 *
 * @param groupId null where there is no group yet
 * @param items the items by variant
 * @param grouped whether an item was made in the group: then all of its attributes are there
 * @param attributes how many the group has
 */
record Made(String groupId, Map<String, String> items, boolean grouped, int attributes) {

    static final Made NOTHING = new Made(null, Map.of(), false, 0);

    Made {
        items = Map.copyOf(items);
    }

    static Made of(List<Creation> made) {
        var parts = new Parts();
        made.forEach(each -> parts.add(each.kind(), each.parent(), each.subject(), each.tillId()));
        return parts.all();
    }

    /** Adds it up. */
    static final class Parts {
        private final Map<String, String> items = new HashMap<>();
        private String group;
        private boolean grouped;
        private int attributes;

        /** @param parent the till's id of what it belongs to; empty for none */
        void add(Creation.Kind kind, String parent, String subject, String tillId) {
            switch (kind) {
                case GROUP -> group = tillId;
                case ATTRIBUTE -> attributes++;
                case ITEM -> {
                    items.put(subject, tillId);
                    grouped |= !parent.isEmpty();
                }
                case OPTION, CATEGORY -> {
                    // Options follow from the attributes; categories are the till's.
                }
            }
        }

        Made all() {
            return new Made(group, items, grouped, attributes);
        }
    }
}
