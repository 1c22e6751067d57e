package dev.tillbridge.product;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.CatalogRepository;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ItemChange;
import dev.tillbridge.channel.TillItem;
import dev.tillbridge.journal.Journal;
import dev.tillbridge.journal.JournalEntry;
import dev.tillbridge.platform.FencedTransactions;

/** Makes linked items follow the store: names, identifiers, whether they are shown. Absolute, so that it may be done again. */
@ApplicationScoped
class ItemFollowing {

    static final int BATCH = 100;

    private final FollowRepository followed;
    private final CatalogRepository catalog;
    private final Journal journal;
    private final FencedTransactions transactions;
    private final ProductConfig config;

    ItemFollowing(FollowRepository followed, CatalogRepository catalog, Journal journal, FencedTransactions transactions,
            ProductConfig config) {
        this.followed = followed;
        this.catalog = catalog;
        this.journal = journal;
        this.transactions = transactions;
        this.config = config;
    }

    /**
     * What following some items came to.
     *
     * @param last the last one looked at; null where there are no more, or the lease is too short
     */
    record Batch(String last, int changed) {}

    Uni<Batch> batch(Turn turn, String after) {
        if (turn.pass().fence().endsWithin(config.leaseReserve())) {
            return Uni.createFrom().item(new Batch(null, 0));
        }
        return followed.due(turn.channel(), after, BATCH).chain(due -> Multi.createFrom().iterable(due)
                .onItem().transformToUni(item -> one(turn, item)).merge(config.concurrency()).collect().asList()
                .map(changed -> new Batch(last(due), (int) changed.stream().filter(each -> each).count())));
    }

    private static String last(List<Followed> due) {
        return due.size() < BATCH ? null : due.get(due.size() - 1).itemId();
    }

    /** Answers whether the item was changed. */
    private Uni<Boolean> one(Turn turn, Followed item) {
        ItemChange change = ItemDifference.of(item, turn.terms().longestName(), turn.terms().longestIdentifier());
        if (change.isEmpty()) {
            return item.made()
                    ? Uni.createFrom().item(false)
                    : transactions.write(turn.pass().fence(), connection -> followed.done(connection, turn.channel(), item))
                            .replaceWith(false);
        }
        if (turn.pass().fence().endsWithin(config.leaseReserve())) {
            return Uni.createFrom().item(false);
        }
        return turn.pos().changeItem(turn.till(), item.itemId(), change)
                .chain(changed -> turn.pass().runId().chain(run -> store(turn, item, change, changed, run)))
                .invoke(() -> turn.pass().count("items-changed", 1)).replaceWith(true)
                .onFailure(failure -> failure instanceof ConnectorException vendors && !vendors.concernsConnection())
                .recoverWithUni(failure -> failed(turn, item, (ConnectorException) failure).replaceWith(false));
    }

    private Uni<Void> store(Turn turn, Followed item, ItemChange change, TillItem changed, UUID run) {
        var entry = new JournalEntry(turn.channel().storeId(), turn.channel().id(), "item:" + item.itemId(), "item-changed",
                ItemDifference.words(change, item.till()), ItemDifference.words(change, item.store()),
                item.made()
                        ? "The item is kept as the store has variant " + item.variantId()
                        : "Variant " + item.variantId() + " was changed in the store",
                run, JournalEntry.ENGINE);
        return transactions.write(turn.pass().fence(), connection -> catalog
                .storeItem(connection, turn.channel().id(), changed.item(), changed.asOf())
                .chain(() -> followed.done(connection, turn.channel(), item))
                .chain(() -> journal.write(connection, entry)));
    }

    private Uni<Void> failed(Turn turn, Followed item, ConnectorException failure) {
        int failures = item.failures() + 1;
        return transactions.write(turn.pass().fence(), connection -> followed.failed(connection, turn.channel(), item, failures,
                Gaps.after(failures, config.firstRetry())))
                .chain(() -> turn.pass().failed("item:" + item.itemId(), failure.code(), failure.getMessage()));
    }
}
