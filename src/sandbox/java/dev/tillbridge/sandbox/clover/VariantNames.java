package dev.tillbridge.sandbox.clover;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The names of items in groups: made by the server from the group's name and the options', and made anew at every change; what
 * a client sends does not stick. Clover: docs.clover.com/docs/managing-items-item-groups. How the parts are put together is not
 * documented: here with blanks, cut at an item's 127 characters.
 */
final class VariantNames {

    private static final int LONGEST = 127;

    private VariantNames() {}

    /** Does nothing to an item outside a group. */
    static void rewrite(Merchant merchant, Item item) {
        ObjectNode group = item.itemGroup == null ? null : merchant.collection("item_groups").find(item.itemGroup);
        if (group == null) {
            return;
        }
        List<ObjectNode> options = new ArrayList<>();
        item.joined("options").forEach(id -> options.add(merchant.collection("options").find(id)));
        options.removeIf(option -> option == null);
        // In the order in which the group's attributes were made.
        List<ObjectNode> attributes = merchant.collection("attributes").all();
        options.sort(Comparator.comparingInt(
                option -> -attributes.indexOf(merchant.collection("attributes").find(attribute(option)))));
        StringBuilder name = new StringBuilder(group.path("name").asText());
        options.forEach(option -> name.append(' ').append(option.path("name").asText()));
        item.name = name.length() > LONGEST ? name.substring(0, LONGEST) : name.toString();
    }

    /** After a group or an option was renamed. */
    static void rewrite(Merchant merchant, java.util.function.Predicate<Item> concerned) {
        merchant.items.all().stream().filter(item -> !item.deleted() && concerned.test(item)).forEach(item -> {
            rewrite(merchant, item);
            merchant.items.touched(item);
        });
    }

    static String attribute(ObjectNode option) {
        return option.path("attribute").path("id").asText();
    }
}
