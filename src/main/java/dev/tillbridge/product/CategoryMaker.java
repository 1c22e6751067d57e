package dev.tillbridge.product;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.TillPart;

/** Sees to it that each category is there once per till; one that the merchant made, in whatever case, is used as it is. */
final class CategoryMaker {

    private final CreationBook book;
    private final CreationLook look;
    private final ProductConfig config;

    CategoryMaker(CreationBook book, CreationLook look, ProductConfig config) {
        this.book = book;
        this.look = look;
        this.config = config;
    }

    /** The ids by name, for a turn; those that cannot be told yet are left out. */
    Uni<Map<String, String>> ensure(Turn turn, Map<String, String> known, Set<String> wanted) {
        Set<String> names = new TreeSet<>(wanted);
        names.removeIf(name -> known.containsKey(key(name)));
        if (names.isEmpty()) {
            return Uni.createFrom().item(known);
        }
        return turn.pos().parts(turn.till(), TillPart.Kind.CATEGORY, null)
                .chain(there -> book.load(turn, "").chain(written -> {
                    Map<String, String> ids = new HashMap<>(known);
                    there.forEach(part -> ids.putIfAbsent(key(part.name()), part.id()));
                    // One that the merchant named anew is the same category still.
                    Set<String> kept = there.stream().map(TillPart::id).collect(Collectors.toSet());
                    written.creations().stream().filter(each -> kept.contains(each.tillId()))
                            .forEach(each -> ids.putIfAbsent(key(each.name()), each.tillId()));
                    return Multi.createFrom().iterable(names)
                            .onItem().transformToUniAndConcatenate(name -> one(turn, name, ids, written.creations()))
                            .collect().last().replaceWith(ids);
                }));
    }

    static String key(String name) {
        return name == null ? "" : name.strip().toLowerCase(Locale.ROOT);
    }

    private Uni<Void> one(Turn turn, String name, Map<String, String> ids, List<Creation> written) {
        Creation before = written.stream().filter(each -> key(each.name()).equals(key(name))).findFirst().orElse(null);
        String there = ids.get(key(name));
        if (there != null) {
            return before != null && before.unknown()
                    ? book.made(turn, before.as(there), null, "found on the till")
                    : Uni.createFrom().voidItem();
        }
        if (turn.pass().fence().endsWithin(config.leaseReserve())) {
            return Uni.createFrom().voidItem();
        }
        if (before == null) {
            return make(turn, name, ids);
        }
        // One that was made and is not on the till any more was deleted there: it is made again.
        return before.unknown()
                ? book.age(turn, before).chain(age -> age.compareTo(config.absentAfter()) < 0
                        ? Uni.createFrom().voidItem()
                        : book.withdrawn(turn, before).chain(() -> make(turn, name, ids)))
                : book.withdrawn(turn, before).chain(() -> make(turn, name, ids));
    }

    private Uni<Void> make(Turn turn, String name, Map<String, String> ids) {
        return book.intend(turn, NextStep.category(name)).chain(sent -> sent == null
                || turn.pass().fence().endsWithin(config.leaseReserve())
                        ? Uni.createFrom().voidItem()
                        : look.send(turn, sent)
                                .onFailure(CreationLook::notMade)
                                .recoverWithUni(failure -> book.withdrawn(turn, sent)
                                        .chain(() -> Uni.createFrom().failure(failure)))
                                .chain(made -> book.made(turn, sent.as(made.tillId()), null, "published from the store")
                                        .invoke(() -> ids.put(key(name), made.tillId())))
                                // Its products wait; what was made by a lost answer is found by its name in the next turn.
                                .onFailure(failure -> failure instanceof ConnectorException vendors
                                        && !vendors.concernsConnection())
                                .recoverWithUni(failure -> turn.pass().failed("category:" + name,
                                        ((ConnectorException) failure).code(), failure.getMessage())));
    }
}
