package dev.tillbridge.product;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.PointOfSale;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.Pass;

/**
 * Makes the till sell what the store sells: level-triggered, only what differs. What is to be made, and what became of it,
 * stands in the database, so that an interruption costs time and doubles nothing.
 */
@ApplicationScoped
public class ProductStage {

    private static final Duration LONGEST_TURN = Duration.ofMinutes(1);
    private static final int BATCH = 50;

    private final ChannelDirectory directory;
    private final ProductRepository products;
    private final FollowRepository followed;
    private final ItemFollowing following;
    private final ProductNotices notices;
    private final FencedTransactions transactions;
    private final ProductConfig config;
    private final CreationBook book;
    private final ProductPublisher publisher;
    private final CategoryMaker categories;

    ProductStage(ChannelDirectory directory, ProductRepository products, FollowRepository followed, ItemFollowing following,
            CreationRepository book, ProductNotices notices, FencedTransactions transactions, ProductConfig config) {
        this.directory = directory;
        this.products = products;
        this.followed = followed;
        this.following = following;
        this.notices = notices;
        this.transactions = transactions;
        this.config = config;
        this.book = book;
        CreationLook look = new CreationLook(book);
        this.publisher = new ProductPublisher(book, look, config);
        this.categories = new CategoryMaker(book, look, config);
    }

    /**
     * What a turn did.
     *
     * @param worked how many products were worked on and items changed
     * @param more whether there is more to do at once
     */
    public record Outcome(int worked, boolean more) {}

    /** One turn for one channel: until all was looked at, the lease is too short for more, or it has taken long enough. */
    public Uni<Outcome> pass(Pass pass, UUID channelId) {
        return directory.channel(channelId).chain(channel -> publishes(channel)
                ? begin(pass, channel)
                : forget(pass, channel).replaceWith(new Outcome(0, false)));
    }

    private static boolean publishes(ConnectedChannel channel) {
        return channel.status().active() && channel.settings().productSync().enabled();
    }

    /** How far a turn has come. */
    private static final class Progress {
        private final long until = System.nanoTime() + LONGEST_TURN.toNanos();
        private final Map<String, String> categoryIds = new HashMap<>();
        private String after = "";
        private boolean follows = true;
        private int worked;

        boolean timely() {
            return System.nanoTime() < until;
        }
    }

    private Uni<Outcome> begin(Pass pass, ConnectedChannel channel) {
        return products.identifierRead(channel).chain(read -> read
                ? publish(pass, channel)
                // Each product would look as if it had no counterpart.
                : Uni.createFrom().item(new Outcome(0, false)));
    }

    private Uni<Outcome> publish(Pass pass, ConnectedChannel channel) {
        PointOfSale pos = directory.pointOfSale(channel.integration());
        Progress progress = new Progress();
        pass.phase("publishing");
        return transactions.write(pass.fence(), connection -> followed.begin(connection, channel))
                .chain(() -> Uni.combine().all().unis(directory.tillConnection(channel.id()),
                        directory.priceTerms(channel.id())).asTuple())
                .chain(known -> Multi.createBy().repeating()
                        .uni(() -> Turn.of(pass, channel, pos, known.getItem1(),
                                Terms.of(known.getItem2(), channel.settings().priceSync(), pos.limits())),
                                turn -> step(turn, progress))
                        .whilst(more -> more && progress.timely()).collect().last())
                .call(() -> pass.flush())
                .map(more -> new Outcome(progress.worked, more));
    }

    /** Existing items first: what is no longer sold is hidden before anything new is made. The settings are read each time. */
    private Uni<Boolean> step(Turn turn, Progress progress) {
        return directory.channel(turn.channel().id()).chain(now -> {
            if (!publishes(now) || turn.pass().fence().endsWithin(config.leaseReserve())) {
                return Uni.createFrom().item(false);
            }
            return progress.follows
                    ? following.batch(turn, progress.after).map(done -> {
                        progress.follows = done.last() != null;
                        progress.after = done.last() == null ? "" : done.last();
                        progress.worked += done.changed();
                        return true;
                    })
                    : publish(turn, progress);
        });
    }

    private Uni<Boolean> publish(Turn turn, Progress progress) {
        return products.due(turn.channel(), progress.after, BATCH).chain(due -> {
            if (due.isEmpty()) {
                return Uni.createFrom().item(false);
            }
            progress.after = due.get(due.size() - 1);
            return facts(turn, due)
                    .chain(facts -> categories(turn, progress, facts).chain(() -> each(turn, progress, facts)))
                    .call(() -> turn.pass().flush())
                    .replaceWith(due.size() == BATCH);
        });
    }

    private Uni<Void> each(Turn turn, Progress progress, List<ProductFacts> facts) {
        return Multi.createFrom().iterable(facts)
                // Read anew just before: meanwhile a person may have linked what was without an item.
                .onItem().transformToUni(known -> products.facts(turn.channel(), known.productId())
                        .map(fresh -> fresh.withCategory(known.category()))
                        .chain(fresh -> publisher.publish(turn, fresh,
                                progress.categoryIds.get(CategoryMaker.key(category(turn, fresh))))))
                .merge(config.concurrency())
                .onItem().invoke(end -> progress.worked++)
                .collect().last().replaceWithVoid();
    }

    /** Of each the product's type, else the first collection it is in; read only of those that have no type. */
    private Uni<List<ProductFacts>> facts(Turn turn, List<String> due) {
        return Multi.createFrom().iterable(due)
                .onItem().transformToUniAndConcatenate(id -> products.facts(turn.channel(), id)).collect().asList()
                .chain(facts -> {
                    List<String> untyped = facts.stream().filter(each -> each.active() && each.category() == null)
                            .map(ProductFacts::productId).toList();
                    return untyped.isEmpty()
                            ? Uni.createFrom().item(facts)
                            : directory.shopConnection(turn.channel().storeId())
                                    .chain(shop -> directory.storefront().firstCollections(shop, untyped))
                                    .map(first -> facts.stream().map(each -> first.containsKey(each.productId())
                                            ? each.withCategory(first.get(each.productId()))
                                            : each).toList());
                });
    }

    /** Only for products of which something is to be made: a category without items would be clutter. */
    private Uni<Void> categories(Turn turn, Progress progress, List<ProductFacts> facts) {
        return Multi.createFrom().iterable(facts)
                .onItem().transformToUniAndConcatenate(each -> book.load(turn, each.productId())
                        .map(known -> wanted(turn, each, known)))
                .collect().asSet()
                .chain(names -> categories.ensure(turn, Map.copyOf(progress.categoryIds), names))
                .invoke(progress.categoryIds::putAll).replaceWithVoid();
    }

    /** The category that what is made, or was, is to be in; null for none. */
    private static String wanted(Turn turn, ProductFacts facts, CreationBook.Publication known) {
        var made = Made.of(known.creations().stream().filter(each -> !each.unknown()).toList());
        return ProductPlanning.plan(facts, turn.terms(), made).items().isEmpty() ? null : category(turn, facts);
    }

    private static String category(Turn turn, ProductFacts facts) {
        return TillText.name(facts.category(), turn.terms().longestName());
    }

    private Uni<Void> forget(Pass pass, ConnectedChannel channel) {
        return channel.settings().productSync().enabled()
                ? Uni.createFrom().voidItem()
                : Uni.combine().all().unis(followed.followsOthers(channel), notices.waiting(channel)).asTuple()
                        .chain(left -> left.getItem1() || left.getItem2()
                                ? transactions.write(pass.fence(), connection -> followed.forgetOthers(connection, channel)
                                        .chain(() -> notices.over(connection, channel)))
                                : Uni.createFrom().voidItem());
    }
}
