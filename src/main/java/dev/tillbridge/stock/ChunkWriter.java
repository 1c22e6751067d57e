package dev.tillbridge.stock;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

import dev.tillbridge.catalog.CatalogRepository;
import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.PointOfSale;
import dev.tillbridge.channel.StockReading;
import dev.tillbridge.channel.TillConnection;
import dev.tillbridge.journal.Journal;
import dev.tillbridge.journal.JournalEntry;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.Pass;

/** Writes a chunk to the till, several at once, and stores what came of it in one transaction. */
@ApplicationScoped
class ChunkWriter {

    private final ChannelDirectory directory;
    private final CatalogRepository catalog;
    private final StockRepository stock;
    private final RecountRepository recounts;
    private final Journal journal;
    private final FencedTransactions transactions;
    private final StockConfig config;

    ChunkWriter(ChannelDirectory directory, CatalogRepository catalog, StockRepository stock, RecountRepository recounts,
            Journal journal, FencedTransactions transactions, StockConfig config) {
        this.directory = directory;
        this.catalog = catalog;
        this.stock = stock;
        this.recounts = recounts;
        this.journal = journal;
        this.transactions = transactions;
        this.config = config;
    }

    /** Answers whether the turn is to end here; fails where the till as a whole cannot be written to. */
    Uni<Boolean> write(Pass pass, ConnectedChannel channel, List<PlannedWrite> planned, WriteGate gate) {
        gate.watch(planned);
        PointOfSale pos = directory.pointOfSale(channel.integration());
        // What the token may not do once, it may not do a hundred times.
        AtomicBoolean refused = new AtomicBoolean();
        return directory.tillConnection(channel.id())
                .chain(till -> Multi.createFrom().iterable(planned)
                        .onItem().transformToUni(write -> refused.get()
                                ? Uni.createFrom().item(WriteResult.notSent(write))
                                : gate.admits(write).chain(admitted -> admitted
                                        ? one(pass, pos, till, write)
                                        : Uni.createFrom().item(WriteResult.notSent(write))).invoke(result -> {
                                            if (result.failure() instanceof ConnectorException.Unauthorized) {
                                                refused.set(true);
                                            }
                                        }))
                        .merge(config.concurrency())
                        .collect().asList())
                .chain(results -> conclude(pass, channel, results))
                .chain(over -> gate.failure() == null
                        ? Uni.createFrom().item(over)
                        : Uni.createFrom().failure(gate.failure()));
    }

    private Uni<WriteResult> one(Pass pass, PointOfSale pos, TillConnection till, PlannedWrite write) {
        if (tooLate(pass, write)) {
            return Uni.createFrom().item(WriteResult.notSent(write));
        }
        Uni<WriteResult> attempt = write.item().few(write.reading(), write.decision().write(), config.fewUnits())
                ? rereadAndSend(pass, pos, till, write)
                : send(pos, till, write);
        return attempt.onFailure(ConnectorException.class)
                .recoverWithItem(failure -> WriteResult.failed(write, failure));
    }

    /** Of few units one more sale counts, so the reading must be fresh to the moment. */
    private Uni<WriteResult> rereadAndSend(Pass pass, PointOfSale pos, TillConnection till, PlannedWrite write) {
        return pos.readStock(till, write.item().itemId()).chain(reading -> {
            if (!same(reading.quantity(), write.reading())) {
                return Uni.createFrom().item(WriteResult.moved(write, reading));
            }
            return tooLate(pass, write) ? Uni.createFrom().item(WriteResult.notSent(write)) : send(pos, till, write);
        });
    }

    private static Uni<WriteResult> send(PointOfSale pos, TillConnection till, PlannedWrite write) {
        return pos.writeStock(till, write.item().itemId(), write.decision().write())
                .map(confirmed -> WriteResult.done(write, confirmed));
    }

    private boolean tooLate(Pass pass, PlannedWrite write) {
        return System.nanoTime() - write.readAt() > config.readingAge().toNanos()
                || pass.fence().endsWithin(config.leaseReserve());
    }

    private static boolean same(BigDecimal one, BigDecimal other) {
        return one == null ? other == null : other != null && one.compareTo(other) == 0;
    }

    private Uni<Boolean> conclude(Pass pass, ConnectedChannel channel, List<WriteResult> results) {
        return pass.runId()
                .chain(run -> transactions.write(pass.fence(), connection -> store(connection, channel, results, run)))
                .chain(() -> Multi.createFrom().iterable(results).filter(WriteResult::refused)
                        .onItem().transformToUniAndConcatenate(result -> pass.failed("stock:" + result.write().item().itemId(),
                                result.failure().code(), result.failure().getMessage()))
                        .collect().last())
                .chain(() -> {
                    pass.count("stock-written", results.stream().filter(result -> result.confirmed() != null).count());
                    return pass.flush();
                })
                .chain(() -> WriteResult.stops(results) == null
                        ? Uni.createFrom().item(pass.fence().endsWithin(config.leaseReserve()))
                        : Uni.createFrom().failure(WriteResult.stops(results)));
    }

    private Uni<Void> store(SqlConnection connection, ConnectedChannel channel, List<WriteResult> results, UUID run) {
        List<JournalEntry> entries = new ArrayList<>();
        List<StockReading> readings = new ArrayList<>();
        List<StockRepository.State> states = new ArrayList<>();
        Uni<Void> settled = Uni.createFrom().voidItem();
        for (WriteResult result : results) {
            DueItem item = result.write().item();
            states.add(result.state());
            if (result.reading() != null) {
                readings.add(result.reading());
            }
            if (result.confirmed() != null) {
                entries.add(new JournalEntry(channel.storeId(), channel.id(), "stock:" + item.itemId(), "stock-written",
                        StockRepository.plain(result.write().reading()), StockRepository.plain(result.confirmed().quantity()),
                        result.write().cause(), run, JournalEntry.ENGINE));
                if (item.recount() != null && item.recount().settling("OVERWRITE")) {
                    settled = settled.chain(
                            () -> recounts.settle(connection, item.recount().id(), "OVERWRITE", JournalEntry.ENGINE));
                }
            }
        }
        Uni<Void> settlements = settled;
        return catalog.storeReadings(connection, channel.id(), readings)
                .chain(() -> stock.save(connection, channel.id(), states))
                .chain(() -> settlements)
                .chain(() -> journal.write(connection, entries));
    }

    /** How long an item rests after so many failures in a row: a minute at first, an hour at most. */
    static Duration backOff(int failures) {
        return Duration.ofSeconds(Math.min(3600, 60L << Math.min(6, failures - 1)));
    }
}
