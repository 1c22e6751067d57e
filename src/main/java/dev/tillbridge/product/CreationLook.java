package dev.tillbridge.product;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.TillItem;
import dev.tillbridge.channel.TillPart;
import dev.tillbridge.product.Creation.Kind;

/** Sends what is to be made, and looks for it where the answer was lost. */
final class CreationLook {

    /** How far the till's clock and the database's may be apart. */
    private static final Duration SKEW = Duration.ofHours(1);

    private final CreationBook book;

    CreationLook(CreationBook book) {
        this.book = book;
    }

    /** @param item null for a part */
    record Sent(String tillId, TillItem item) {}

    Uni<Sent> send(Turn turn, Creation creation) {
        return creation.kind() == Kind.ITEM
                ? turn.pos().makeItem(turn.till(), creation.item()).map(item -> new Sent(item.item().id(), item))
                : turn.pos().makePart(turn.till(), part(creation.kind()), parent(creation), creation.name())
                        .map(id -> new Sent(id, null));
    }

    /** Absolute: may be sent again. */
    Uni<Void> rename(Turn turn, Creation renaming) {
        return turn.pos().renamePart(turn.till(),
                new TillPart(part(renaming.kind()), renaming.tillId(), parent(renaming), renaming.subject()));
    }

    /** Whether a call certainly had no effect. */
    static boolean notMade(Throwable failure) {
        return failure instanceof ConnectorException vendors && !vendors.outcomeUnknown();
    }

    /** The creation with what looks the same already; of items the book itself knows. */
    Uni<Creation> before(Turn turn, Creation wanted) {
        return wanted.kind() == Kind.GROUP
                ? turn.groups().map(groups -> wanted.knowing(groups.stream()
                        .filter(group -> wanted.name().equals(group.name())).map(TillPart::id).toList()))
                : Uni.createFrom().item(wanted);
    }

    Uni<LookVerdict> at(Turn turn, Creation sent) {
        if (sent.kind() == Kind.ITEM) {
            return items(turn, sent)
                    .chain(there -> book.taken(turn, sent, there.stream().map(item -> item.item().id()).toList())
                            .map(taken -> LookVerdict.ofItems(sent, there, taken)));
        }
        return turn.pos().parts(turn.till(), part(sent.kind()), parent(sent)).map(there -> there.stream()
                .filter(part -> sent.name().equals(part.name())).toList())
                .chain(alike -> book.taken(turn, sent, alike.stream().map(TillPart::id).toList())
                        .chain(taken -> sent.kind() == Kind.GROUP
                                ? used(turn, alike, taken).map(used -> LookVerdict.ofParts(sent, alike, used))
                                : Uni.createFrom().item(LookVerdict.ofParts(sent, alike, taken))));
    }

    /** Items that may be the creation's, or its neighbours in the group. */
    Uni<List<TillItem>> items(Turn turn, Creation creation) {
        return creation.item().groupId() != null
                ? turn.pos().itemsOfGroup(turn.till(), creation.item().groupId())
                : turn.pos().itemsLike(turn.till(), creation.item(), creation.sentAt().minus(SKEW));
    }

    /** A group that has items is somebody's: ours has none before its making is confirmed. */
    private static Uni<Set<String>> used(Turn turn, List<TillPart> alike, Set<String> taken) {
        Uni<Set<String>> used = Uni.createFrom().item(new HashSet<>(taken));
        for (TillPart group : alike) {
            if (!taken.contains(group.id())) {
                used = used.chain(known -> turn.pos().itemsOfGroup(turn.till(), group.id()).map(items -> {
                    if (!items.isEmpty()) {
                        known.add(group.id());
                    }
                    return known;
                }));
            }
        }
        return used;
    }

    private static String parent(Creation creation) {
        return creation.parent().isEmpty() ? null : creation.parent();
    }

    static TillPart.Kind part(Kind kind) {
        return switch (kind) {
            case CATEGORY -> TillPart.Kind.CATEGORY;
            case GROUP -> TillPart.Kind.GROUP;
            case ATTRIBUTE -> TillPart.Kind.ATTRIBUTE;
            case OPTION -> TillPart.Kind.OPTION;
            case ITEM -> throw new IllegalArgumentException("An item is no part");
        };
    }
}
