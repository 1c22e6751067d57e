package dev.tillbridge.order;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.order.PostingRepository.Posting;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.Pass;

/**
 * Takes the units of sales off the store's stock, for all of the store's tills: whatever differs from what adjustments
 * stand for becomes an adjustment, and each adjustment is sent verbatim until its outcome is known. One sale's trouble
 * delays no other.
 */
@ApplicationScoped
public class PostingStage {

    private static final Duration LONGEST_TURN = Duration.ofSeconds(30);
    private static final int BATCH = 40;

    private final ChannelDirectory directory;
    private final OpenUnitRepository open;
    private final PostingRepository postings;
    private final PostingPreparation preparation;
    private final PostingOutcome outcome;
    private final PostingTrouble trouble;
    private final FencedTransactions transactions;
    private final OrderConfig config;

    PostingStage(ChannelDirectory directory, OpenUnitRepository open, PostingRepository postings,
            PostingPreparation preparation, PostingOutcome outcome, PostingTrouble trouble, FencedTransactions transactions,
            OrderConfig config) {
        this.directory = directory;
        this.open = open;
        this.postings = postings;
        this.preparation = preparation;
        this.outcome = outcome;
        this.trouble = trouble;
        this.transactions = transactions;
        this.config = config;
    }

    /** What a turn did: how many adjustments were posted, and whether more wait. */
    public record Outcome(int posted, boolean more) {}

    public Uni<Outcome> pass(Pass pass) {
        UUID storeId = pass.fence().storeId();
        long until = System.nanoTime() + LONGEST_TURN.toNanos();
        var posted = new int[1];
        return directory.shopConnection(storeId).chain(shop -> Multi.createBy().repeating().uni(() -> batch(pass, shop))
                .whilst(batch -> {
                    posted[0] += batch.posted();
                    return batch.more() && System.nanoTime() < until;
                }).collect().last())
                .map(last -> new Outcome(posted[0], last.more()))
                .call(() -> pass.flush());
    }

    private Uni<Outcome> batch(Pass pass, ShopConnection shop) {
        UUID storeId = pass.fence().storeId();
        if (pass.fence().endsWithin(config.leaseReserve())) {
            return Uni.createFrom().item(new Outcome(0, false));
        }
        return open.sales(storeId, BATCH)
                .chain(due -> Multi.createFrom().iterable(due)
                        .onItem().transformToUniAndConcatenate(sale -> preparation.prepare(pass, sale)
                                .onFailure(Containment::contained)
                                .recoverWithUni(failure -> trouble.notPrepared(pass, sale, failure)))
                        .collect().last())
                .chain(() -> postings.toSend(storeId, BATCH))
                .chain(due -> due.isEmpty() ? Uni.createFrom().item(new Outcome(0, false)) : send(pass, shop, due));
    }

    private Uni<Outcome> send(Pass pass, ShopConnection shop, List<Posting> due) {
        return transactions.write(pass.fence(), connection -> postings.sent(connection, due))
                .chain(() -> Multi.createFrom().iterable(due)
                        .onItem().transformToUni(posting -> one(pass, shop, posting)).merge(config.postings())
                        .collect().asList())
                .map(failures -> {
                    List<Throwable> all = failures.stream().flatMap(Optional::stream).toList();
                    // No fault of the sale: the stream rests, and what is open is sent again.
                    all.stream().filter(NextTry::concernsAll).map(ConnectorException.class::cast).findFirst()
                            .ifPresent(vendors -> {
                                throw vendors;
                            });
                    int done = due.size() - all.size();
                    pass.count("sales-posted", done);
                    return new Outcome(done, due.size() == BATCH || done > 0);
                });
    }

    /** Its failure, where it is not concluded. */
    private Uni<Optional<Throwable>> one(Pass pass, ShopConnection shop, Posting posting) {
        if (pass.fence().endsWithin(config.leaseReserve())) {
            return Uni.createFrom().item(Optional.empty());
        }
        boolean tooLate = posting.sentFor() != null && posting.sentFor().compareTo(config.keyLife()) > 0;
        return (tooLate ? outcome.unknownForTooLong(pass, posting) : send(pass, shop, posting))
                .replaceWith(Optional.<Throwable>empty())
                .onFailure(ConnectorException.class)
                .recoverWithUni(failure -> outcome.failed(pass, posting, failure)
                        .replaceWith(Optional.of(failure)))
                .onFailure(Containment::contained)
                .recoverWithUni(failure -> trouble.interrupted(pass, posting, failure).replaceWith(Optional.of(failure)));
    }

    private Uni<Void> send(Pass pass, ShopConnection shop, Posting posting) {
        return directory.storefront().adjust(shop, posting.input())
                .chain(adjusted -> outcome.posted(pass, posting, adjusted));
    }
}
