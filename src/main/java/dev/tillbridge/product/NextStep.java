package dev.tillbridge.product;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.tillbridge.channel.ItemOption;
import dev.tillbridge.channel.NewItem;
import dev.tillbridge.product.Creation.Kind;
import dev.tillbridge.product.ProductPlan.Attribute;
import dev.tillbridge.product.ProductPlan.PlannedItem;
import dev.tillbridge.product.ProductPlan.Shape;

/**
 * The rule of what is done next of a plan, by what was made so far: names that changed, group, attributes, options, items,
 * then what joins them
 * (docs.clover.com/docs/managing-items-item-groups), then the category.
 */
sealed interface NextStep {

    /** Something is to be made. */
    record Make(Creation creation) implements NextStep {}

    /** The store calls a part otherwise by now. */
    record Rename(Creation part, String name) implements NextStep {}

    /** Made items are to have other options than they were given. */
    record ChangeOptions(List<Creation> items) implements NextStep {}

    /** Made items are to get their options. */
    record JoinOptions(List<Creation> items, List<ItemOption> pairs) implements NextStep {}

    /** Made items are to be put into their category. */
    record JoinCategory(List<Creation> items) implements NextStep {}

    record Done() implements NextStep {}

    /**
     * @param made of this product; none whose outcome is unknown
     * @param refused parts whose new names the till refuses
     */
    static NextStep of(String productId, ProductPlan plan, List<Creation> made, Set<UUID> refused) {
        NextStep change = GroupChanges.next(productId, plan, made, refused);
        return change == null ? make(productId, plan, made) : change;
    }

    private static NextStep make(String productId, ProductPlan plan, List<Creation> made) {
        Map<String, Creation> known = made.stream().collect(Collectors.toMap(NextStep::key, Function.identity()));
        String group = plan.shape() == Shape.GROUP
                ? made.stream().filter(each -> each.kind() == Kind.GROUP).map(Creation::tillId).findFirst().orElse(null)
                : "";
        boolean complete = plan.items().stream().allMatch(item -> created(item, made) != null);
        if (!complete && group == null) {
            return new Make(part(productId, Kind.GROUP, "", plan.groupName()));
        }
        List<String> attributes = new ArrayList<>();
        for (Attribute attribute : complete ? List.<Attribute>of() : plan.attributes()) {
            Creation there = known.get(key(Kind.ATTRIBUTE, group, attribute.name()));
            if (there == null) {
                return new Make(part(productId, Kind.ATTRIBUTE, group, attribute.name()));
            }
            attributes.add(there.tillId());
        }
        for (int at = 0; at < attributes.size(); at++) {
            for (String option : plan.attributes().get(at).options()) {
                if (!known.containsKey(key(Kind.OPTION, attributes.get(at), option))) {
                    return new Make(part(productId, Kind.OPTION, attributes.get(at), option));
                }
            }
        }
        for (PlannedItem item : plan.items()) {
            if (created(item, made) == null) {
                return new Make(item(productId, item, group, options(item, attributes, known)));
            }
        }
        return join(plan, made);
    }

    private static NextStep join(ProductPlan plan, List<Creation> made) {
        List<Creation> items = plan.items().stream().map(item -> created(item, made)).toList();
        List<Creation> loose = items.stream().filter(item -> !item.optionIds().isEmpty() && !item.optionsJoined()).toList();
        if (!loose.isEmpty()) {
            return new JoinOptions(loose, loose.stream().flatMap(item -> item.optionIds().stream()
                    .map(option -> new ItemOption(item.tillId(), option))).toList());
        }
        List<Creation> without = items.stream().filter(item -> !item.categoryJoined()).toList();
        return plan.category() == null || without.isEmpty() ? new Done() : new JoinCategory(without);
    }

    private static List<String> options(PlannedItem item, List<String> attributes, Map<String, Creation> known) {
        List<String> ids = new ArrayList<>();
        for (int at = 0; at < attributes.size(); at++) {
            ids.add(known.get(key(Kind.OPTION, attributes.get(at), item.options().get(at))).tillId());
        }
        return ids;
    }

    static Creation created(PlannedItem item, List<Creation> made) {
        return made.stream().filter(each -> each.kind() == Kind.ITEM && each.subject().equals(item.variantId())).findFirst()
                .orElse(null);
    }

    static Creation part(String productId, Kind kind, String parent, String name) {
        return new Creation(UUID.randomUUID(), productId, kind, parent, name, name, null, List.of(), List.of(), null, false,
                false, false, null);
    }

    private static Creation item(String productId, PlannedItem item, String group, List<String> options) {
        return new Creation(UUID.randomUUID(), productId, Kind.ITEM, group, item.variantId(), item.name(),
                new NewItem(item.name(), item.sku(), item.code(), item.price(), group.isEmpty() ? null : group), options,
                List.of(), null, false, false, false, null);
    }

    private static String key(Creation creation) {
        return key(creation.kind(), creation.parent(), creation.subject());
    }

    private static String key(Kind kind, String parent, String subject) {
        return kind + "\u001f" + parent + "\u001f" + subject;
    }

    /** A category, which belongs to no product. */
    static Creation category(String name) {
        return part("", Kind.CATEGORY, "", name);
    }
}
