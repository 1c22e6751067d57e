package dev.tillbridge.price;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.CatalogRepository;
import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.PointOfSale;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.Pass;

/**
 * Makes linked items cost at the till what they should: level-triggered, only what differs, in batches as large as the till
 * takes. What they should cost comes from the database alone, so that a lost message or a crash costs time, never
 * correctness.
 */
@ApplicationScoped
public class PriceStage {

    private static final Duration LONGEST_TURN = Duration.ofMinutes(1);
    private static final int SMALLEST_BATCH = 100;

    private final ChannelDirectory directory;
    private final CatalogRepository catalog;
    private final PriceRepository prices;
    private final PriceOutcomes outcomes;
    private final FencedTransactions transactions;
    private final PriceConfig config;

    PriceStage(ChannelDirectory directory, CatalogRepository catalog, PriceRepository prices, PriceOutcomes outcomes,
            FencedTransactions transactions, PriceConfig config) {
        this.directory = directory;
        this.catalog = catalog;
        this.prices = prices;
        this.outcomes = outcomes;
        this.transactions = transactions;
        this.config = config;
    }

    /** How far a turn has come: by item, and with how large a batch. */
    private static final class Progress {
        private final long until = System.nanoTime() + LONGEST_TURN.toNanos();
        private String after = "";
        private int batch = PointOfSale.PRICES;
        private boolean more;

        /** Whether another batch is to follow in this turn. */
        boolean goesOn() {
            return more && System.nanoTime() < until;
        }
    }

    /**
     * One turn for one channel: until nothing is due, the lease is too short for more, or long enough that people's changes
     * have waited. Answers whether there is more to do at once.
     *
     * @param asked whether a person waits: then what is refused or left alone is written down in the run, too
     */
    public Uni<Boolean> pass(Pass pass, UUID channelId, boolean asked) {
        return directory.channel(channelId).chain(channel -> !writes(channel)
                ? forget(pass, channel).replaceWith(false)
                : directory.priceTerms(channelId).chain(terms -> terms.refusal().isPresent()
                        ? (asked ? refused(pass, terms) : Uni.createFrom().voidItem()).replaceWith(false)
                        : begin(pass, channelId, terms, asked)));
    }

    private Uni<Boolean> begin(Pass pass, UUID channelId, PriceTerms terms, boolean asked) {
        pass.phase("pricing");
        Progress progress = new Progress();
        return transactions.write(pass.fence(), connection -> prices.forgetUnlinked(connection, channelId))
                .chain(() -> Multi.createBy().repeating()
                        .uni(() -> batch(pass, channelId, terms, progress).map(done -> progress.goesOn()))
                        .whilst(goesOn -> goesOn).collect().last())
                .call(() -> asked && !progress.more ? countLeftAlone(pass, channelId) : Uni.createFrom().voidItem())
                .call(() -> pass.flush())
                .map(last -> progress.more);
    }

    /** The settings are read for each batch: whoever turns the sync off means now. */
    private Uni<Void> batch(Pass pass, UUID channelId, PriceTerms terms, Progress progress) {
        progress.more = false;
        if (tooLate(pass)) {
            return Uni.createFrom().voidItem();
        }
        return directory.channel(channelId).chain(channel -> !writes(channel)
                ? Uni.createFrom().voidItem()
                : prices.due(channelId, progress.after, progress.batch)
                        .chain(due -> due.isEmpty()
                                ? Uni.createFrom().voidItem()
                                : write(pass, channel, terms, due, progress)));
    }

    private Uni<Void> write(Pass pass, ConnectedChannel channel, PriceTerms terms, List<DuePrice> due, Progress progress) {
        PointOfSale pos = directory.pointOfSale(channel.integration());
        progress.more = due.size() == progress.batch;
        progress.after = due.get(due.size() - 1).itemId();
        return directory.tillConnection(channel.id())
                .map(till -> new PriceSender(pos, till, () -> tooLate(pass),
                        page -> catalog.storeItems(pass.fence(), channel.id(), page)))
                .chain(sender -> sender.send(due)
                        .chain(() -> outcomes.store(pass, channel, terms, sender.outcomes()))
                        .chain(() -> {
                            if (sender.doubtful()) {
                                progress.batch = Math.max(SMALLEST_BATCH, progress.batch / 2);
                            }
                            return sender.stop() == null
                                    ? Uni.createFrom().voidItem()
                                    : Uni.createFrom().failure(sender.stop());
                        }));
    }

    private boolean tooLate(Pass pass) {
        return pass.fence().endsWithin(config.leaseReserve());
    }

    private static boolean writes(ConnectedChannel channel) {
        return channel.status().active() && channel.settings().priceSync().enabled();
    }

    private static Uni<Void> refused(Pass pass, PriceTerms terms) {
        return pass.failed("prices", terms.refusal().orElseThrow().code(), "No price is written: " + terms.reason() + ".");
    }

    private Uni<Void> countLeftAlone(Pass pass, UUID channelId) {
        return prices.leftAlone(channelId)
                .invoke(counts -> counts.forEach((why, items) -> pass.count("prices-left-" + why.code(), items)))
                .replaceWithVoid();
    }

    /** Turned off, what is known grows old: turning it on again starts anew. */
    private Uni<Void> forget(Pass pass, ConnectedChannel channel) {
        return channel.settings().priceSync().enabled()
                ? Uni.createFrom().voidItem()
                : prices.knowsAnything(channel.id()).chain(known -> known
                        ? transactions.write(pass.fence(), connection -> prices.forget(connection, channel.id()))
                        : Uni.createFrom().voidItem());
    }
}
