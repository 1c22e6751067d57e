package dev.tillbridge.product;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.tillbridge.catalog.Item;
import dev.tillbridge.channel.NewItem;
import dev.tillbridge.channel.TillItem;
import dev.tillbridge.channel.TillPart;

/**
 * The rule of what a look at the till means after a call to create something was left without an answer: exactly one thing
 * that may be it is it; none, and nothing was made; more, and a person must tell.
 */
sealed interface LookVerdict {

    /** @param item null for a part */
    record Found(String tillId, TillItem item) implements LookVerdict {}

    record Absent() implements LookVerdict {}

    record Unclear(String reason) implements LookVerdict {}

    /** @param taken ids that are known to be something else */
    static LookVerdict ofParts(Creation sent, Collection<TillPart> there, Set<String> taken) {
        List<TillPart> alike = there.stream()
                .filter(part -> Objects.equals(part.name(), sent.name()) && fresh(part.id(), sent, taken)).toList();
        return switch (alike.size()) {
            case 0 -> new Absent();
            case 1 -> new Found(alike.get(0).id(), null);
            default -> unclear(sent, alike.stream().map(TillPart::id).toList());
        };
    }

    /** As {@link #ofParts}; an item in a group bears a name of the till's making, so that its codes and price tell. */
    static LookVerdict ofItems(Creation sent, Collection<TillItem> there, Set<String> taken) {
        List<TillItem> alike = there.stream().filter(found -> fresh(found.item().id(), sent, taken) && alike(sent, found))
                .toList();
        return switch (alike.size()) {
            case 0 -> new Absent();
            case 1 -> new Found(alike.get(0).item().id(), alike.get(0));
            default -> unclear(sent, alike.stream().map(found -> found.item().id()).toList());
        };
    }

    private static boolean alike(Creation sent, TillItem found) {
        NewItem wanted = sent.item();
        Item item = found.item();
        boolean name = wanted.groupId() != null || Objects.equals(item.name(), wanted.name());
        boolean options = found.optionIds().isEmpty() || Set.copyOf(sent.optionIds()).equals(found.optionIds());
        return name && options && Objects.equals(item.groupId(), wanted.groupId()) && Objects.equals(item.sku(), wanted.sku())
                && Objects.equals(item.code(), wanted.code()) && Objects.equals(item.price(), wanted.price());
    }

    private static boolean fresh(String id, Creation sent, Set<String> taken) {
        return !taken.contains(id) && !sent.before().contains(id);
    }

    private static LookVerdict unclear(Creation sent, List<String> ids) {
        return new Unclear("The answer to making \"" + sent.name() + "\" was lost, and the till has " + ids.size()
                + " that may be it: " + String.join(", ", ids)
                + ". Delete all but one there, or link it by hand, and then have it tried again");
    }
}
