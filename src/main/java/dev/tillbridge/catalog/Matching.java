package dev.tillbridge.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rule of matching: whether a variant without link gets one, decided from facts alone. A link is made only where one
 * variant and one item, and no other of either, carry the same key, the item is free, and no person has refused the pair.
 * Rows that have a link count as carriers too: whoever of two twins was linked first must not depend on the order in
 * which they were looked at.
 */
public final class Matching {

    /** How many rows a reason names. */
    static final int NAMED = 3;

    private Matching() {}

    /**
     * A row of either side as a reason names it.
     *
     * @param linkedTo how the row it is linked to is called, null where it is free
     */
    public record Row(String id, String name, String key, String linkedTo) {}

    /**
     * What is known of one variant without link.
     *
     * @param identifier what the channel matches by
     * @param key the variant's, null where it has none
     * @param twins other variants that carry the key: at least {@link #NAMED} of them where there are more
     * @param twinCount how many other variants there are
     * @param items items that carry the key: at least {@link #NAMED} of them where there are more
     * @param itemCount how many items there are
     * @param nearMisses items whose key folds to the same text but is another; looked for only where no item carries the key
     * @param refused ids of the items a person refused for this variant
     */
    public record Facts(UniqueIdentifier identifier, String key, List<Row> twins, int twinCount, List<Row> items,
            int itemCount, List<Row> nearMisses, List<String> refused) {

        public Facts {
            twins = sorted(twins);
            items = sorted(items);
            nearMisses = sorted(nearMisses);
            refused = List.copyOf(refused);
        }

        private static List<Row> sorted(List<Row> rows) {
            return rows.stream().sorted(Comparator.comparing(Row::id)).collect(Collectors.toUnmodifiableList());
        }
    }

    /** What is to be done, and why, as a sentence a merchant understands. */
    public sealed interface Decision {
        String reason();
    }

    public record Link(String itemId, String reason) implements Decision {}

    public record Ambiguous(String reason) implements Decision {}

    public record Unlinked(String reason) implements Decision {}

    public record Blocked(String reason) implements Decision {}

    public static Decision decide(Facts facts) {
        String label = facts.identifier().variantLabel();
        if (facts.key() == null) {
            return new Unlinked("The variant has no " + label);
        }
        if (facts.twinCount() > 0 || facts.itemCount() > 1) {
            return new Ambiguous(collision(facts));
        }
        if (facts.itemCount() == 0) {
            return new Unlinked(facts.nearMisses().isEmpty()
                    ? "No item on the till has the " + facts.identifier().itemLabel() + " " + quoted(facts.key())
                    : nearMiss(facts));
        }
        Row item = facts.items().get(0);
        if (facts.refused().contains(item.id())) {
            return new Blocked("A person removed the link to " + named(item) + "; link them by hand to lift the block");
        }
        if (item.linkedTo() != null) {
            return new Unlinked(named(item) + " has the same " + label + " " + quoted(facts.key())
                    + " but is linked to " + item.linkedTo());
        }
        return new Link(item.id(), "same " + label + " " + facts.key());
    }

    /**
     * Whether a link's identifiers no longer agree.
     *
     * @param acceptedVariantKey what the variant said when the link was made or confirmed
     * @param acceptedItemKey what the item said then
     * @return how they differ; null where they agree, or still differ just as a person accepted it
     */
    public static String drift(UniqueIdentifier identifier, String variantKey, String itemKey, String acceptedVariantKey,
            String acceptedItemKey) {
        boolean agree = variantKey != null && variantKey.equals(itemKey);
        boolean asAccepted = equal(variantKey, acceptedVariantKey) && equal(itemKey, acceptedItemKey);
        if (agree || asAccepted) {
            return null;
        }
        return "The variant's " + identifier.variantLabel() + " is " + quoted(variantKey) + ", the item's "
                + identifier.itemLabel() + " is " + quoted(itemKey);
    }

    private static String collision(Facts facts) {
        var reason = new StringBuilder("The ").append(facts.identifier().variantLabel()).append(' ')
                .append(quoted(facts.key())).append(" is not unique:");
        if (facts.twinCount() > 0) {
            reason.append(' ').append(facts.twinCount() + 1).append(" variants have it, also ")
                    .append(list(facts.twins(), facts.twinCount()));
        }
        if (facts.itemCount() > 1) {
            reason.append(facts.twinCount() > 0 ? "; " : " ").append(facts.itemCount()).append(" items have it: ")
                    .append(list(facts.items(), facts.itemCount()));
        }
        return reason.toString();
    }

    private static String nearMiss(Facts facts) {
        return "Near miss: " + facts.nearMisses().stream().limit(NAMED)
                .map(row -> named(row) + " has " + quoted(row.key()) + ", which differs from " + quoted(facts.key())
                        + " by " + IdentifierKey.difference(facts.key(), row.key()))
                .collect(Collectors.joining("; "));
    }

    private static String list(List<Row> rows, int count) {
        String names = rows.stream().limit(NAMED).map(Matching::named).collect(Collectors.joining(", "));
        return count > NAMED ? names + " and " + (count - NAMED) + " more" : names;
    }

    private static String named(Row row) {
        return quoted(row.name()) + " (" + row.id() + ")";
    }

    private static String quoted(String text) {
        return text == null ? "empty" : "\"" + text + "\"";
    }

    private static boolean equal(String one, String other) {
        return one == null ? other == null : one.equals(other);
    }
}
