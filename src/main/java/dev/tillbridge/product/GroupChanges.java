package dev.tillbridge.product;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    private GroupChanges(String productId, ProductPlan plan, List<Creation> made) {
        this.productId = productId;
        this.plan = plan;
        this.made = made;
    }

    /** An item that has another option of an attribute than the store says. */
    private record Difference(Creation item, Creation option, String wanted) {}

    /** @return null where nothing differs from what was made */
    static NextStep next(String productId, ProductPlan plan, List<Creation> made) {
        return plan.shape() == Shape.GROUP ? new GroupChanges(productId, plan, made).next() : null;
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
        return made.stream().filter(Creation::renaming).findFirst()
                .<NextStep>map(part -> new NextStep.Rename(part, part.subject())).orElse(null);
    }

    private static NextStep renamed(Creation part, String name) {
        return part.subject().equals(name) ? null : new NextStep.Rename(part, name);
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
    private static NextStep attributeNames(List<Creation> attributes, List<String> names) {
        Set<String> unmatched = new LinkedHashSet<>(names);
        attributes.forEach(each -> unmatched.remove(each.subject()));
        for (int at = 0; at < attributes.size(); at++) {
            if (!names.contains(attributes.get(at).subject())) {
                return new NextStep.Rename(attributes.get(at),
                        unmatched.contains(names.get(at)) ? names.get(at) : unmatched.iterator().next());
            }
        }
        return null;
    }

    private NextStep options(List<Creation> attributes, List<String> names) {
        List<Difference> differences = new ArrayList<>();
        for (Creation attribute : attributes) {
            List<Creation> options = all(Kind.OPTION).stream().filter(each -> each.parent().equals(attribute.tillId()))
                    .toList();
            Map<Creation, Set<String>> wanted = wanted(options, names.indexOf(attribute.subject()), differences);
            for (Map.Entry<Creation, Set<String>> each : wanted.entrySet()) {
                String name = each.getValue().iterator().next();
                if (each.getValue().size() == 1 && options.stream().noneMatch(option -> option.subject().equals(name))) {
                    return new NextStep.Rename(each.getKey(), name);
                }
            }
        }
        return differences.isEmpty() ? null : change(differences);
    }

    /** What the items with an option want it to be, of those where at least one wants another. */
    private Map<Creation, Set<String>> wanted(List<Creation> options, int at, List<Difference> differences) {
        Map<Creation, Set<String>> wanted = new LinkedHashMap<>();
        for (PlannedItem planned : plan.items()) {
            Creation item = item(planned);
            Creation option = item == null
                    ? null
                    : options.stream().filter(each -> item.optionIds().contains(each.tillId())).findFirst().orElse(null);
            if (option != null) {
                String name = planned.options().get(at);
                wanted.computeIfAbsent(option, none -> new LinkedHashSet<>()).add(name);
                if (!option.subject().equals(name)) {
                    differences.add(new Difference(item, option, name));
                }
            }
        }
        wanted.entrySet().removeIf(each -> each.getValue().equals(Set.of(each.getKey().subject())));
        return wanted;
    }

    private NextStep change(List<Difference> differences) {
        Map<String, Creation> changed = new LinkedHashMap<>();
        for (Difference difference : differences) {
            String attribute = difference.option().parent();
            Creation other = all(Kind.OPTION).stream().filter(
                    each -> each.parent().equals(attribute) && each.subject().equals(difference.wanted())).findFirst()
                    .orElse(null);
            if (other == null) {
                return new NextStep.Make(NextStep.part(productId, Kind.OPTION, attribute, difference.wanted()));
            }
            changed.merge(difference.item().tillId(), with(difference.item(), difference.option(), other),
                    (before, after) -> with(before, difference.option(), other));
        }
        return new NextStep.ChangeOptions(List.copyOf(changed.values()));
    }

    private static Creation with(Creation item, Creation option, Creation other) {
        return item.withOptions(item.optionIds().stream().map(id -> id.equals(option.tillId()) ? other.tillId() : id).toList());
    }

    private Creation item(PlannedItem planned) {
        return made.stream().filter(each -> each.kind() == Kind.ITEM && each.subject().equals(planned.variantId()))
                .findFirst().orElse(null);
    }

    private List<Creation> all(Kind kind) {
        return made.stream().filter(each -> each.kind() == kind).toList();
    }
}
