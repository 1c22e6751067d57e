package dev.tillbridge.product;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.TillItem;

/** What was made on a till, written down before each call and after it: each method is one transaction under the lease. */
interface CreationBook {

    /** What is written of a product; of categories for the empty id. */
    Uni<Publication> load(Turn turn, String productId);

    /**
     * Stores what is about to be made, and answers it with what looks the same already; null where the outcome of the same
     * for another product is not known yet, so that one could be taken for the other.
     */
    Uni<Creation> intend(Turn turn, Creation creation);

    /** It is there: a variant's item is linked in the same transaction. {@code item} is null for a part. */
    Uni<Void> made(Turn turn, Creation creation, TillItem item, String cause);

    /** It certainly was not made. */
    Uni<Void> withdrawn(Turn turn, Creation creation);

    /** Options or the category are about to be joined: what arrives of it must be looked up before it is sent again. */
    Uni<Void> joining(Turn turn, ProductFacts facts, boolean options);

    Uni<Void> joinedOptions(Turn turn, List<Creation> items);

    Uni<Void> joinedCategory(Turn turn, List<Creation> items);

    /** A part is about to be called otherwise: until {@link #renamed}, nobody knows what the till calls it. */
    Uni<Void> renaming(Turn turn, Creation part);

    /** @param before what the till was last known to call it */
    Uni<Void> renamed(Turn turn, Creation part, String before);

    /** Items are about to have other options. */
    Uni<Void> changingOptions(Turn turn, List<Creation> items);

    /** Which of these ids of the till's are known to be something else than this creation's. */
    Uni<Set<String>> taken(Turn turn, Creation creation, Collection<String> tillIds);

    /** How long ago it was sent, by the database's clock. */
    Uni<Duration> age(Turn turn, Creation creation);

    /** How it stands with a product. */
    Uni<Void> conclude(Turn turn, ProductFacts facts, Conclusion conclusion);

    /**
     * @param optionsSent whether options were joined before, with whatever outcome
     * @param failures in a row
     */
    record Publication(List<Creation> creations, boolean optionsSent, boolean categorySent, int failures) {

        static final Publication NONE = new Publication(List.of(), false, false, 0);

        public Publication {
            creations = List.copyOf(creations);
        }

        Publication with(List<Creation> others) {
            return new Publication(others, optionsSent, categorySent, failures);
        }
    }
}
