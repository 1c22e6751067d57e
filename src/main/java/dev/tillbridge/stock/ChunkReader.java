package dev.tillbridge.stock;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

import dev.tillbridge.catalog.CatalogRepository;
import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.StockReading;
import dev.tillbridge.journal.Journal;
import dev.tillbridge.journal.JournalEntry;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.Pass;

/** Reads a chunk of due items from the till, decides on each, and stores readings, doubts and intents in one transaction. */
@ApplicationScoped
class ChunkReader {

    private final ChannelDirectory directory;
    private final CatalogRepository catalog;
    private final StockRepository stock;
    private final RecountRepository recounts;
    private final Journal journal;
    private final FencedTransactions transactions;
    private final ChunkDecider decider;
    private final StockConfig config;

    ChunkReader(ChannelDirectory directory, CatalogRepository catalog, StockRepository stock, RecountRepository recounts,
            Journal journal, FencedTransactions transactions, ChunkDecider decider, StockConfig config) {
        this.directory = directory;
        this.catalog = catalog;
        this.stock = stock;
        this.recounts = recounts;
        this.journal = journal;
        this.transactions = transactions;
        this.decider = decider;
        this.config = config;
    }

    /** What is to be written; empty where this chunk needs no write. */
    Uni<List<PlannedWrite>> read(Pass pass, ConnectedChannel channel, List<DueItem> due, FreshSales sales) {
        long readAt = System.nanoTime();
        return directory.tillConnection(channel.id())
                .chain(till -> directory.pointOfSale(channel.integration()).readStock(till,
                        due.stream().map(DueItem::itemId).toList()))
                .chain(readings -> {
                    pass.count("stock-read", readings.size());
                    return decider.decide(channel, due, readings, sales)
                            .chain(plan -> store(pass, channel, plan, readings).map(stored -> plan.writes(readAt)));
                });
    }

    private Uni<Void> store(Pass pass, ConnectedChannel channel, ChunkPlan plan, List<StockReading> readings) {
        Uni<UUID> run = plan.tells() ? pass.runId() : Uni.createFrom().nullItem();
        return run.chain(id -> transactions.write(pass.fence(),
                connection -> store(connection, channel, plan, readings, id)));
    }

    private Uni<Void> store(SqlConnection connection, ConnectedChannel channel, ChunkPlan plan, List<StockReading> readings,
            UUID run) {
        List<JournalEntry> entries = new ArrayList<>();
        Uni<Void> recountsChanged = Uni.createFrom().voidItem();
        for (ChunkPlan.Decided decided : plan.decided()) {
            DueItem item = decided.item();
            if (decided.decision().foundDone()) {
                entries.add(entry(channel, item, run, "stock-written", item.known().settled(), decided.reading().quantity(),
                        "Sent earlier; its answer was lost, and the till shows that it was done"));
            }
            switch (decided.decision().verdict()) {
                case RECOUNT -> {
                    KnownStock known = decided.decision().meanwhile();
                    entries.add(entry(channel, item, run, "recount-opened", known.settled(), known.unexplained(),
                            "The till's quantity was changed by nobody Tillbridge knows: neither a sale nor Tillbridge itself"));
                    recountsChanged = recountsChanged.chain(() -> recounts.open(connection, channel.id(), channel.storeId(),
                            item, known.settled(), known.unexplained(), channel.settings().inventorySync().onRecount()));
                }
                case RECOUNT_VANISHED -> {
                    entries.add(entry(channel, item, run, "recount-settled", item.known().unexplained(),
                            decided.reading().quantity(),
                            "The till shows again what was expected, or sales found since explain what it shows"));
                    recountsChanged = recountsChanged.chain(
                            () -> recounts.settle(connection, item.recount().id(), "VANISHED", JournalEntry.ENGINE));
                }
                default -> {
                    if (item.recount() != null && item.recount().settling("OVERWRITE") && !decided.writes()) {
                        recountsChanged = recountsChanged.chain(
                                () -> recounts.settle(connection, item.recount().id(), "OVERWRITE", JournalEntry.ENGINE));
                    }
                }
            }
        }
        Uni<Void> recountChanges = recountsChanged;
        return catalog.storeReadings(connection, channel.id(), readings)
                .chain(() -> stock.save(connection, channel.id(), plan.states(config)))
                .chain(() -> recountChanges)
                .chain(() -> decider.learn(connection, channel, plan))
                .chain(() -> journal.write(connection, entries));
    }

    private static JournalEntry entry(ConnectedChannel channel, DueItem item, UUID run, String kind, BigDecimal before,
            BigDecimal after, String cause) {
        return new JournalEntry(channel.storeId(), channel.id(), "stock:" + item.itemId(), kind, StockRepository.plain(before),
                StockRepository.plain(after), cause, run, JournalEntry.ENGINE);
    }
}
