package dev.tillbridge.stock;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

import dev.tillbridge.catalog.CatalogRepository;
import dev.tillbridge.catalog.Location;
import dev.tillbridge.channel.AdjustedLevels;
import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.StockAdjustment;
import dev.tillbridge.journal.Journal;
import dev.tillbridge.journal.JournalEntry;
import dev.tillbridge.platform.DatabaseClock;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.NamedUuid;
import dev.tillbridge.platform.Pass;

/**
 * Adopts recounts: the difference between what the till was expected to show and what it shows goes to the store's stock,
 * once. The adjustment's exact input stands in the database before it is sent, and is sent verbatim until its outcome is
 * known.
 */
@ApplicationScoped
class RecountSettlement {

    private static final Logger LOG = Logger.getLogger(RecountSettlement.class);
    private static final String PURPOSE = "recount";
    /** Shopify keeps an idempotency key for 24 hours; after that the same key would be a second adjustment. */
    private static final Duration KEY_LIFE = Duration.ofHours(23);

    private final ChannelDirectory directory;
    private final CatalogRepository catalog;
    private final StockRepository stock;
    private final RecountRepository recounts;
    private final AdjustmentRepository adjustments;
    private final Journal journal;
    private final FencedTransactions transactions;
    private final StockConfig config;
    private final DatabaseClock clock;

    RecountSettlement(ChannelDirectory directory, CatalogRepository catalog, StockRepository stock, RecountRepository recounts,
            AdjustmentRepository adjustments, Journal journal, FencedTransactions transactions, DatabaseClock clock,
            StockConfig config) {
        this.directory = directory;
        this.catalog = catalog;
        this.stock = stock;
        this.recounts = recounts;
        this.adjustments = adjustments;
        this.journal = journal;
        this.transactions = transactions;
        this.clock = clock;
        this.config = config;
    }

    /** One recount's trouble delays no other: it is stored as its failure. */
    Uni<Void> adopt(Pass pass, ConnectedChannel channel, boolean onlyUnderWay) {
        return recounts.toAdopt(channel.id(), onlyUnderWay).chain(all -> all.isEmpty()
                ? Uni.createFrom().voidItem()
                : directory.locations(channel.storeId()).chain(locations -> Multi.createFrom().iterable(all)
                        .onItem().transformToUniAndConcatenate(recount -> one(pass, channel, recount, locations)
                                .onFailure(ConnectorException.class)
                                .recoverWithUni(failure -> failed(pass, recount, failure)))
                        .collect().last().replaceWithVoid()));
    }

    private Uni<Void> one(Pass pass, ConnectedChannel channel, RecountRepository.ToAdopt recount, List<Location> locations) {
        if (pass.fence().endsWithin(config.leaseReserve())) {
            return Uni.createFrom().voidItem();
        }
        return transactions.write(pass.fence(), connection -> prepare(connection, channel, recount, locations))
                .chain(adjustment -> adjustment == null
                        ? Uni.createFrom().voidItem()
                        : send(pass, channel, recount, adjustment));
    }

    /** The adjustment to send, or null where the recount needed none and is settled. */
    private Uni<AdjustmentRepository.Stored> prepare(SqlConnection connection, ConnectedChannel channel,
            RecountRepository.ToAdopt recount, List<Location> locations) {
        return adjustments.latest(connection, PURPOSE, recount.id().toString()).chain(latest -> {
            if (latest != null && latest.open()) {
                return adjustments.sent(connection, latest.id()).replaceWith(latest);
            }
            long delta = recount.expected() == null || recount.counted() == null
                    ? 0
                    : recount.counted().subtract(recount.expected()).setScale(0, RoundingMode.DOWN).longValueExact();
            if (delta == 0) {
                return settle(connection, channel, recount, 0, null).replaceWith((AdjustmentRepository.Stored) null);
            }
            int attempt = latest == null ? 1 : latest.attempt() + 1;
            UUID key = NamedUuid.of(channel.storeId().toString(), channel.merchantId(), recount.id().toString(), PURPOSE, "0",
                    Integer.toString(attempt));
            var input = new StockAdjustment(key.toString(), "cycle_count_available",
                    "gid://tillbridge/Recount/" + recount.id(),
                    List.of(new StockAdjustment.Change(recount.inventoryItemId(), postingLocation(channel, locations), delta)));
            return adjustments
                    .insert(connection, channel.storeId(), channel.id(), PURPOSE, recount.id().toString(), attempt, input)
                    .call(stored -> adjustments.sent(connection, stored.id()));
        });
    }

    private Uni<Void> send(Pass pass, ConnectedChannel channel, RecountRepository.ToAdopt recount,
            AdjustmentRepository.Stored adjustment) {
        if (adjustment.sentFor() != null && adjustment.sentFor().compareTo(KEY_LIFE) > 0) {
            return giveUp(pass, recount, adjustment, "HELD", "stock-adjustment-unknown",
                    "Whether Shopify's stock was changed is not known, and asking again could change it twice: compare the stock in Shopify, then decide again");
        }
        return directory.shopConnection(channel.storeId())
                .chain(shop -> directory.storefront().adjust(shop, adjustment.input()))
                .chain(adjusted -> pass.runId().chain(run -> transactions.write(pass.fence(),
                        connection -> posted(connection, channel, recount, adjustment, adjusted, run))))
                .onFailure(ConnectorException.Rejected.class).recoverWithUni(failure -> refused(pass, recount, adjustment,
                        failure));
    }

    private Uni<Void> posted(SqlConnection connection, ConnectedChannel channel, RecountRepository.ToAdopt recount,
            AdjustmentRepository.Stored adjustment, AdjustedLevels adjusted, UUID run) {
        StockAdjustment.Change change = adjustment.input().changes().get(0);
        var entry = new JournalEntry(channel.storeId(), channel.id(), "stock:" + recount.itemId(), "recount-adopted",
                StockRepository.plain(recount.expected()), StockRepository.plain(recount.counted()),
                "The till's recount went to the store: " + (change.delta() > 0 ? "+" : "") + change.delta() + " at location "
                        + change.locationId(),
                run, JournalEntry.ENGINE);
        return catalog.storeLevels(connection, channel.storeId(), adjusted.levels(), adjusted.asOf(), true)
                .chain(() -> adjustments.conclude(connection, adjustment.id(), "POSTED", null))
                .chain(() -> settle(connection, channel, recount, change.delta(), entry));
    }

    /**
     * @param posted the units the store took over; what the till shows beyond them (a change since, but not the fraction of a
     *        unit that a store cannot count) stays in doubt
     */
    private Uni<Void> settle(SqlConnection connection, ConnectedChannel channel, RecountRepository.ToAdopt recount, long posted,
            JournalEntry entry) {
        return accept(connection, channel, recount, posted)
                .chain(() -> recounts.settle(connection, recount.id(), "ADOPT", JournalEntry.ENGINE))
                .chain(() -> entry == null ? Uni.createFrom().voidItem() : journal.write(connection, entry));
    }

    private Uni<Void> accept(SqlConnection connection, ConnectedChannel channel, RecountRepository.ToAdopt recount,
            long posted) {
        if (recount.counted() == null || recount.expected() == null) {
            return Uni.createFrom().voidItem();
        }
        BigDecimal explained = recount.expected().add(BigDecimal.valueOf(posted));
        boolean all = recount.counted().subtract(explained).abs().compareTo(BigDecimal.ONE) < 0;
        return clock.now().map(now -> all
                ? KnownStock.settled(recount.counted(), recount.seenAt())
                : new KnownStock(explained, recount.seenAt(), null, recount.counted(), now, false))
                .chain(known -> stock.save(connection, channel.id(),
                        List.of(new StockRepository.State(recount.itemId(), known, recount.seenAt(), 0, Duration.ZERO))));
    }

    private Uni<Void> refused(Pass pass, RecountRepository.ToAdopt recount, AdjustmentRepository.Stored adjustment,
            ConnectorException.Rejected failure) {
        if ("idempotency-previous-attempt-failed".equals(failure.code())) {
            // Shopify says for sure that nothing was done: the next turn may try under a new key.
            return transactions.write(pass.fence(),
                    connection -> adjustments.conclude(connection, adjustment.id(), "REFUSED", failure.getMessage()));
        }
        return giveUp(pass, recount, adjustment, "REFUSED", failure.code(), failure.getMessage());
    }

    private Uni<Void> giveUp(Pass pass, RecountRepository.ToAdopt recount, AdjustmentRepository.Stored adjustment,
            String status,
            String code, String message) {
        return transactions.write(pass.fence(), connection -> adjustments.conclude(connection, adjustment.id(), status, message)
                .chain(() -> recounts.reopen(connection, recount.id())))
                .chain(() -> pass.failed("stock:" + recount.itemId(), code, message));
    }

    private static Uni<Void> failed(Pass pass, RecountRepository.ToAdopt recount, ConnectorException failure) {
        LOG.warnf("Recount %s could not be adopted yet and is tried again: %s", recount.id(), failure.getMessage());
        return pass.failed("stock:" + recount.itemId(), failure.code(), failure.getMessage());
    }

    /** Where the till's sales are taken from: the chosen location, else the primary one if the till sells from it, else the first it sells from. */
    private static String postingLocation(ConnectedChannel channel, List<Location> locations) {
        String chosen = channel.settings().orderSync().postingLocationId();
        if (chosen != null) {
            return chosen;
        }
        List<String> selling = channel.settings().inventorySync().sellingLocationIds();
        return locations.stream().filter(location -> selling.isEmpty() ? location.active() : selling.contains(location.id()))
                .min((one, other) -> Boolean.compare(other.primary(), one.primary()))
                .map(Location::id)
                .orElseThrow(() -> new ConnectorException.Rejected("no-location", 0,
                        "The store has no active location to post stock to"));
    }
}
