package dev.tillbridge.product;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.tillbridge.product.Creation.Kind;
import dev.tillbridge.product.ProductPlan.Attribute;
import dev.tillbridge.product.ProductPlan.PlannedItem;
import dev.tillbridge.product.ProductPlan.Shape;

/**
 * The rule of how a group that is there follows the store: what it, its attributes and their options are called, and which of
 * them an item has. A name that all items with it got a new one for is renamed, so that the till keeps its reports; where the
 * new name is there already, or not all items follow, the items change their option.
 */
final class GroupChanges {

    private final String productId;
    private final ProductPlan plan;
    private final List<Creation> made;
    private final Set<UUID> refused;

    private GroupChanges(String productId, ProductPlan plan, List<Creation> made, Set<UUID> refused) {
        this.productId = productId;
        this.plan = plan;
        this.made = made;
        this.refused = refused;
    }

    /** An item, the option it has, and what the store calls its choice. */
    private record Choice(Creation item, Creation option, String wanted) {}

    /**
     * @param refused parts whose new names the till refuses: they keep theirs
     * @return null where nothing differs from what was made
     */
    static NextStep next(String productId, ProductPlan plan, List<Creation> made, Set<UUID> refused) {
        return plan.shape() == Shape.GROUP ? new GroupChanges(productId, plan, made, refused).next() : null;
    }

    private NextStep next() {
        Creation group = all(Kind.GROUP).stream().findFirst().orElse(null);
        if (group == null) {
            return null;
        }
        NextStep change = renamed(group, plan.groupName());
        if (change == null) {
            change = attributes(group);
        }
        return change != null ? change : unsettled();
    }

    /** A name whose writing had an unknown outcome is written again. */
    private NextStep unsettled() {
        return made.stream().filter(part -> part.renaming() && !refused.contains(part.id())).findFirst()
                .<NextStep>map(part -> new NextStep.Rename(part, part.subject())).orElse(null);
    }

    private NextStep renamed(Creation part, String name) {
        return part.subject().equals(name) || refused.contains(part.id()) ? null : new NextStep.Rename(part, name);
    }

    private NextStep attributes(Creation group) {
        List<Creation> attributes = all(Kind.ATTRIBUTE).stream().filter(each -> each.parent().equals(group.tillId())).toList();
        List<String> names = plan.attributes().stream().map(Attribute::name).toList();
        boolean grouped = made.stream().anyMatch(each -> each.kind() == Kind.ITEM && !each.parent().isEmpty());
        if (attributes.size() > names.size() || (grouped && attributes.size() < names.size())) {
            // Another number of options: planning says so.
            return null;
        }
        NextStep change = attributeNames(attributes, names);
        return change == null && attributes.size() == names.size() ? options(attributes, names) : change;
    }

    /** One that lost its name is the option at its place, where that has no attribute yet; else the first that has none. */
    private NextStep attributeNames(List<Creation> attributes, List<String> names) {
        Set<String> unmatched = new LinkedHashSet<>(names);
        attributes.forEach(each -> unmatched.remove(each.subject()));
        for (int at = 0; at < attributes.size(); at++) {
            if (!names.contains(attributes.get(at).subject()) && !refused.contains(attributes.get(at).id())) {
                return new NextStep.Rename(attributes.get(at),
                        unmatched.contains(names.get(at)) ? names.get(at) : unmatched.iterator().next());
            }
        }
        return null;
    }

    private NextStep options(List<Creation> attributes, List<String> names) {
        List<Choice> differing = new ArrayList<>();
        for (Creation attribute : attributes) {
            int at = names.indexOf(attribute.subject());
            if (at < 0) {
                continue;
            }
            List<Creation> options = all(Kind.OPTION).stream().filter(each -> each.parent().equals(attribute.tillId()))
                    .toList();
            List<Choice> chosen = chosen(options, at);
            for (Creation option : options) {
                Set<String> wanted = chosen.stream().filter(each -> each.option().equals(option)).map(Choice::wanted)
                        .collect(Collectors.toSet());
                String name = wanted.size() == 1 ? wanted.iterator().next() : option.subject();
                if (options.stream().noneMatch(other -> other.subject().equals(name)) && !refused.contains(option.id())) {
                    return new NextStep.Rename(option, name);
                }
            }
            chosen.stream().filter(each -> !each.option().subject().equals(each.wanted())).forEach(differing::add);
        }
        return differing.isEmpty() ? null : change(differing);
    }

    /** Of each item the option it has of an attribute, and the one that it is to have. */
    private List<Choice> chosen(List<Creation> options, int at) {
        List<Choice> chosen = new ArrayList<>();
        for (PlannedItem planned : plan.items()) {
            Creation item = NextStep.created(planned, made);
            if (item != null) {
                options.stream().filter(each -> item.optionIds().contains(each.tillId())).findFirst()
                        .ifPresent(option -> chosen.add(new Choice(item, option, planned.options().get(at))));
            }
        }
        return chosen;
    }

    private NextStep change(List<Choice> choices) {
        Map<String, Creation> changed = new LinkedHashMap<>();
        for (Choice choice : choices) {
            String attribute = choice.option().parent();
            Creation other = all(Kind.OPTION).stream()
                    .filter(each -> each.parent().equals(attribute) && each.subject().equals(choice.wanted())).findFirst()
                    .orElse(null);
            if (other == null) {
                return new NextStep.Make(NextStep.part(productId, Kind.OPTION, attribute, choice.wanted()));
            }
            changed.merge(choice.item().tillId(), with(choice.item(), choice.option(), other),
                    (before, after) -> with(before, choice.option(), other));
        }
        return new NextStep.ChangeOptions(List.copyOf(changed.values()));
    }

    private static Creation with(Creation item, Creation option, Creation other) {
        return item.withOptions(item.optionIds().stream().map(id -> id.equals(option.tillId()) ? other.tillId() : id).toList());
    }

    private List<Creation> all(Kind kind) {
        return made.stream().filter(each -> each.kind() == kind).toList();
    }
}
