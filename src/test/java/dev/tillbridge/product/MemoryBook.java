package dev.tillbridge.product;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.TillItem;

/** {@link CreationBook} without a database; what was stored outlives the process, which may end before or after each store. */
final class MemoryBook implements CreationBook {

    final Map<UUID, Creation> creations = new LinkedHashMap<>();
    /** Item by variant, as links are. */
    final Map<String, String> links = new HashMap<>();
    final Map<String, Conclusion> conclusions = new HashMap<>();
    private final Map<String, Publication> publications = new HashMap<>();
    private final BooleanSupplier killed;
    Instant now = Instant.parse("2026-11-23T12:00:00Z");

    /** @param killed whether the process ends at a point */
    MemoryBook(BooleanSupplier killed) {
        this.killed = killed;
    }

    private <T> Uni<T> store(java.util.function.Supplier<T> change) {
        return Uni.createFrom().deferred(() -> {
            if (killed.getAsBoolean()) {
                return Uni.createFrom().failure(new MemoryTill.Killed());
            }
            T stored = change.get();
            return killed.getAsBoolean()
                    ? Uni.createFrom().failure(new MemoryTill.Killed())
                    : Uni.createFrom().item(stored);
        });
    }

    @Override
    public Uni<Publication> load(Turn turn, String productId) {
        return Uni.createFrom().item(() -> publications.getOrDefault(productId, Publication.NONE)
                .with(creations.values().stream().filter(each -> each.productId().equals(productId)).toList()));
    }

    @Override
    public Uni<Creation> intend(Turn turn, Creation creation) {
        return store(() -> {
            boolean another = creations.values().stream().anyMatch(each -> each.unknown() && each.kind() == creation.kind()
                    && each.parent().equals(creation.parent()) && each.name().equals(creation.name()));
            if (another) {
                return null;
            }
            Creation sent = new Creation(creation.id(), creation.productId(), creation.kind(), creation.parent(),
                    creation.subject(), creation.name(), creation.item(), creation.optionIds(), creation.before(), null, false,
                    false, false, now);
            creations.put(sent.id(), sent);
            return sent;
        });
    }

    @Override
    public Uni<Void> made(Turn turn, Creation creation, TillItem item, String cause) {
        return store(() -> {
            creations.put(creation.id(), creation);
            if (item != null) {
                links.putIfAbsent(creation.subject(), creation.tillId());
            }
            return true;
        }).replaceWithVoid();
    }

    @Override
    public Uni<Void> withdrawn(Turn turn, Creation creation) {
        return store(() -> creations.remove(creation.id())).replaceWithVoid();
    }

    @Override
    public Uni<Void> joining(Turn turn, ProductFacts facts, boolean options) {
        return store(() -> publications.merge(facts.productId(), Publication.NONE, (before, none) -> before)).invoke(
                () -> publications.compute(facts.productId(), (id, before) -> new Publication(before.creations(),
                        before.optionsSent() || options, before.categorySent() || !options, 0)))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> joinedOptions(Turn turn, List<Creation> items) {
        return joined(true, items);
    }

    @Override
    public Uni<Void> joinedCategory(Turn turn, List<Creation> items) {
        return joined(false, items);
    }

    private Uni<Void> joined(boolean options, List<Creation> items) {
        return store(() -> {
            items.forEach(item -> creations.put(item.id(), item.joined(options)));
            return true;
        }).replaceWithVoid();
    }

    @Override
    public Uni<Void> renaming(Turn turn, Creation part) {
        return store(() -> creations.put(part.id(), part)).replaceWithVoid();
    }

    @Override
    public Uni<Void> renamed(Turn turn, Creation part, String before) {
        return store(() -> creations.put(part.id(), part)).replaceWithVoid();
    }

    @Override
    public Uni<Void> changingOptions(Turn turn, List<Creation> items) {
        return store(() -> {
            items.forEach(item -> creations.put(item.id(), item));
            return true;
        }).replaceWithVoid();
    }

    @Override
    public Uni<Set<String>> taken(Turn turn, Creation creation, Collection<String> tillIds) {
        return Uni.createFrom().item(() -> {
            Set<String> taken = new HashSet<>();
            creations.values().stream().filter(each -> !each.id().equals(creation.id()) && !each.unknown())
                    .forEach(each -> taken.add(each.tillId()));
            links.forEach((variant, item) -> {
                if (!variant.equals(creation.subject())) {
                    taken.add(item);
                }
            });
            taken.retainAll(tillIds);
            return taken;
        });
    }

    @Override
    public Uni<Duration> age(Turn turn, Creation creation) {
        return Uni.createFrom().item(() -> Duration.between(creation.sentAt(), now));
    }

    @Override
    public Uni<Void> conclude(Turn turn, ProductFacts facts, Conclusion conclusion) {
        return store(() -> conclusions.put(facts.productId(), conclusion)).replaceWithVoid();
    }
}
