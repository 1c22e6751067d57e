package dev.tillbridge.product;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ItemOption;
import dev.tillbridge.channel.TillItem;
import dev.tillbridge.product.Creation.Kind;
import dev.tillbridge.product.CreationBook.Publication;

/**
 * Publishes one product: what was left without an outcome is found out first, then one thing after the other is made. Clover's
 * calls that create have no key, so each is written down before it is sent, and none is sent twice before the till was looked
 * at.
 */
final class ProductPublisher {

    private final CreationBook book;
    private final CreationLook look;
    private final ProductConfig config;

    ProductPublisher(CreationBook book, CreationLook look, ProductConfig config) {
        this.book = book;
        this.look = look;
        this.config = config;
    }

    /** What is being done, while it is. */
    private static final class Work {
        private final Turn turn;
        private final String categoryId;
        private ProductFacts facts;
        private Publication known;
        private Conclusion end;
        /** Parts whose new name the till refused in this turn, and what it said of the last one. */
        private final Set<UUID> refused = new HashSet<>();
        private ConnectorException refusal;

        Work(Turn turn, ProductFacts facts, String categoryId) {
            this.turn = turn;
            this.facts = facts;
            this.categoryId = categoryId;
        }

        List<Creation> made() {
            return known.creations().stream().filter(creation -> !creation.unknown()).toList();
        }

        ProductPlan plan() {
            return ProductPlanning.plan(facts, turn.terms(), Made.of(made()));
        }

        /** @param creation null where nothing stands in its place */
        void replace(Creation former, Creation creation) {
            List<Creation> all = new ArrayList<>(known.creations());
            // In its place, because the order in which attributes were made is the store's.
            int at = IntStream.range(0, all.size()).filter(each -> all.get(each).id().equals(former.id())).findFirst()
                    .orElse(all.size());
            all.removeIf(each -> each.id().equals(former.id()));
            if (creation != null) {
                all.add(at, creation);
                facts = creation.kind() == Kind.ITEM && !creation.unknown()
                        ? facts.linked(creation.subject(), creation.tillId(), creation.item().groupId())
                        : facts;
            }
            known = known.with(all);
        }

        Conclusion goesOn() {
            return Conclusion.open("Goes on in the next turn", Duration.ZERO, known.failures());
        }

        boolean tooLate(Duration reserve) {
            return turn.pass().fence().endsWithin(reserve);
        }
    }

    /**
     * Goes on until the product is published, something has to wait, or the lease is too short; fails only where the till as
     * a whole cannot be worked with, or the lease is gone. Nothing is stored of it where it is as it was.
     *
     * @param categoryId of the product's category; null for none
     */
    Uni<Conclusion> publish(Turn turn, ProductFacts facts, String categoryId) {
        Work work = new Work(turn, facts, categoryId);
        return book.load(turn, facts.productId()).invoke(known -> work.known = known)
                .chain(() -> Multi.createBy().repeating().uni(() -> work, this::step)
                        .whilst(more -> more).collect().last())
                .chain(() -> work.end == null
                        ? Uni.createFrom().nullItem()
                        : book.conclude(turn, facts, work.end).replaceWith(work.end));
    }

    /** Answers whether there is more to do. */
    private Uni<Boolean> step(Work work) {
        if (work.tooLate(config.leaseReserve())) {
            return end(work, work.goesOn());
        }
        return Uni.createFrom().deferred(() -> next(work))
                .onFailure(ConnectorException.class).recoverWithUni(failure -> failed(work, failure));
    }

    private Uni<Boolean> next(Work work) {
        Creation unknown = work.known.creations().stream().filter(Creation::unknown).findFirst().orElse(null);
        if (unknown != null) {
            return linked(work, unknown).chain(there -> there != null
                    ? Uni.createFrom().item(there)
                    : look.at(work.turn, unknown)).chain(verdict -> found(work, unknown, verdict));
        }
        ProductPlan plan = work.plan();
        return take(work, plan, NextStep.of(work.facts.productId(), plan, work.made(), work.refused));
    }

    /** What a person or the matcher linked the variant to meanwhile, where it is one that may have been made; null otherwise. */
    private Uni<LookVerdict> linked(Work work, Creation unknown) {
        String item = work.facts.variants().stream().filter(variant -> variant.id().equals(unknown.subject()))
                .map(ProductFacts.VariantFacts::itemId).filter(Objects::nonNull).findFirst().orElse(null);
        return unknown.kind() != Kind.ITEM || item == null || unknown.before().contains(item)
                ? Uni.createFrom().nullItem()
                : look.items(work.turn, unknown).map(there -> there.stream().filter(each -> each.item().id().equals(item))
                        .findFirst().<LookVerdict>map(each -> new LookVerdict.Found(item, each)).orElse(null));
    }

    private Uni<Boolean> take(Work work, ProductPlan plan, NextStep step) {
        if (step instanceof NextStep.Make make) {
            return make(work, make.creation());
        }
        if (step instanceof NextStep.Rename rename) {
            return rename(work, rename.part(), rename.part().renaming(rename.name()));
        }
        if (step instanceof NextStep.ChangeOptions change) {
            return book.changingOptions(work.turn, change.items())
                    .invoke(() -> change.items().forEach(item -> work.replace(item, item))).replaceWith(true);
        }
        if (step instanceof NextStep.JoinOptions join) {
            return join(work, join.items(), true, () -> options(work, join));
        }
        if (step instanceof NextStep.JoinCategory join) {
            return work.categoryId == null
                    ? end(work, Conclusion.open("Waits for its category \"" + plan.category() + "\"", config.absentAfter(),
                            work.known.failures()))
                    : join(work, join.items(), false, () -> category(work, join));
        }
        return work.refusal == null ? end(work, Conclusion.done(plan.leftOut())) : rejected(work, work.refusal);
    }

    private Uni<Boolean> make(Work work, Creation wanted) {
        return look.before(work.turn, wanted).chain(knowing -> book.intend(work.turn, knowing)).chain(sent -> {
            if (sent == null) {
                return end(work, Conclusion.open("Waits until it is known what became of another \"" + wanted.name() + "\"",
                        config.lookAfter(), work.known.failures()));
            }
            work.replace(sent, sent);
            // The lease is looked at again once the intent stands: storing it may have taken long.
            return work.tooLate(config.leaseReserve())
                    ? withdraw(work, sent).chain(() -> end(work, work.goesOn()))
                    : send(work, sent);
        });
    }

    private Uni<Boolean> send(Work work, Creation sent) {
        return look.send(work.turn, sent)
                .onFailure(CreationLook::notMade)
                .recoverWithUni(failure -> withdraw(work, sent).chain(() -> Uni.createFrom().failure(failure)))
                .chain(made -> made(work, sent.as(made.tillId()), made.item(), "published from the store"))
                .invoke(() -> work.turn.pass().count(count(sent.kind()), 1));
    }

    private Uni<Void> withdraw(Work work, Creation sent) {
        return book.withdrawn(work.turn, sent).invoke(() -> work.replace(sent, null));
    }

    private Uni<Boolean> made(Work work, Creation creation, TillItem item, String cause) {
        return book.made(work.turn, creation, item, cause).invoke(() -> work.replace(creation, creation)).replaceWith(true);
    }

    private Uni<Boolean> found(Work work, Creation unknown, LookVerdict verdict) {
        if (verdict instanceof LookVerdict.Found there) {
            return made(work, unknown.as(there.tillId()), there.item(),
                    "published from the store earlier; the answer was lost, and the till shows that it was made")
                    .invoke(() -> work.turn.pass().count("creations-adopted", 1));
        }
        if (verdict instanceof LookVerdict.Unclear unclear && work.facts.variants().isEmpty()) {
            // The store no longer has the product: nobody needs to know which it was.
            return end(work, Conclusion.done(List.of(new LeftOut(null, "outcome-unclear", unclear.reason()))));
        }
        if (verdict instanceof LookVerdict.Unclear unclear) {
            return work.turn.pass().failed("product:" + work.facts.productId(), "outcome-unclear", unclear.reason())
                    .chain(() -> end(work, Conclusion.held(unclear.reason())));
        }
        return book.age(work.turn, unknown).chain(age -> age.compareTo(config.absentAfter()) < 0
                ? end(work, Conclusion.open("Waits to see whether \"" + unknown.name() + "\" was made: its answer was lost",
                        config.absentAfter().minus(age).plusMillis(1), work.known.failures()))
                : withdraw(work, unknown).replaceWith(true));
    }

    /** The new name is written down first: after a lost answer it is sent again, even if the store has the old one back. */
    private Uni<Boolean> rename(Work work, Creation part, Creation renaming) {
        return book.renaming(work.turn, renaming).invoke(() -> work.replace(part, renaming))
                .chain(() -> work.tooLate(config.leaseReserve())
                        ? end(work, work.goesOn())
                        : look.rename(work.turn, renaming)
                                .chain(() -> book.renamed(work.turn, renaming.renamed(), part.name()))
                                .invoke(() -> work.replace(part, renaming.renamed()))
                                .onFailure(ConnectorException.Rejected.class).recoverWithUni(failure -> {
                                    // A name is not worth keeping goods off the till: the rest goes on.
                                    work.refused.add(part.id());
                                    work.refusal = (ConnectorException) failure;
                                    return Uni.createFrom().voidItem();
                                }).replaceWith(true));
    }

    private Uni<Boolean> join(Work work, List<Creation> items, boolean options, Supplier<Uni<Void>> call) {
        return book.joining(work.turn, work.facts, options).chain(() -> work.tooLate(config.leaseReserve())
                ? end(work, work.goesOn())
                : call.get().chain(() -> options ? book.joinedOptions(work.turn, items) : book.joinedCategory(work.turn, items))
                        .invoke(() -> items.forEach(item -> work.replace(item, item.joined(options))))
                        .replaceWith(true));
    }

    /**
     * What was sent before with unknown outcome, or has changed, is looked up: whether Clover takes a pair twice is not
     * documented, nor whether an item may have two options of one attribute; so the old one is taken first. Options of
     * attributes that others made are none of ours.
     */
    private Uni<Void> options(Work work, NextStep.JoinOptions join) {
        Set<String> ours = work.made().stream().filter(each -> each.kind() == Kind.OPTION).map(Creation::tillId)
                .collect(Collectors.toSet());
        return (work.known.optionsSent() ? there(work, join.items()) : Uni.createFrom().item(Map.<String, TillItem>of()))
                .chain(there -> {
                    var missing = join.pairs().stream().filter(pair -> !there.containsKey(pair.itemId())
                            || !there.get(pair.itemId()).optionIds().contains(pair.optionId())).toList();
                    var old = join.items().stream().filter(item -> there.containsKey(item.tillId()))
                            .flatMap(item -> there.get(item.tillId()).optionIds().stream()
                                    .filter(option -> ours.contains(option) && !item.optionIds().contains(option))
                                    .map(option -> new ItemOption(item.tillId(), option)))
                            .toList();
                    return (old.isEmpty()
                            ? Uni.createFrom().voidItem()
                            : work.turn.pos().leaveOptions(work.turn.till(), old))
                            .chain(() -> missing.isEmpty()
                                    ? Uni.createFrom().voidItem()
                                    : work.turn.pos().joinOptions(work.turn.till(), missing));
                });
    }

    private Uni<Void> category(Work work, NextStep.JoinCategory join) {
        return (work.known.categorySent() ? there(work, join.items()) : Uni.createFrom().item(Map.<String, TillItem>of()))
                .chain(there -> {
                    Set<String> missing = join.items().stream().map(Creation::tillId).filter(id -> !there.containsKey(id)
                            || !there.get(id).categoryIds().contains(work.categoryId)).collect(Collectors.toSet());
                    return missing.isEmpty()
                            ? Uni.createFrom().voidItem()
                            : work.turn.pos().joinCategory(work.turn.till(), work.categoryId, missing);
                });
    }

    /** The items as the till has them now, by id. */
    private Uni<Map<String, TillItem>> there(Work work, List<Creation> items) {
        return look.items(work.turn, items.get(0)).map(found -> found.stream()
                .collect(Collectors.toMap(item -> item.item().id(), Function.identity(), (first, second) -> second)));
    }

    private Uni<Boolean> failed(Work work, ConnectorException failure) {
        if (failure.concernsConnection()) {
            return Uni.createFrom().failure(failure);
        }
        if (failure instanceof ConnectorException.Transient) {
            return end(work, Conclusion.open(failure.getMessage(), config.lookAfter().multipliedBy(
                    1L << Math.min(work.known.failures(), 6)), work.known.failures() + 1));
        }
        return rejected(work, failure);
    }

    private Uni<Boolean> rejected(Work work, ConnectorException failure) {
        int failures = work.known.failures() + 1;
        return work.turn.pass().failed("product:" + work.facts.productId(), failure.code(), failure.getMessage())
                .chain(() -> end(work, Conclusion.failed(failure.code(), failure.getMessage(), failures,
                        Gaps.after(failures, config.firstRetry()))));
    }

    private static Uni<Boolean> end(Work work, Conclusion conclusion) {
        work.end = conclusion;
        return Uni.createFrom().item(false);
    }

    private static String count(Kind kind) {
        return switch (kind) {
            case ITEM -> "items-made";
            case GROUP -> "groups-made";
            case CATEGORY -> "categories-made";
            case ATTRIBUTE, OPTION -> "options-made";
        };
    }
}
