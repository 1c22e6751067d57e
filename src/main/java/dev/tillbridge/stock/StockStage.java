package dev.tillbridge.stock;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.PointOfSale;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.Pass;

/**
 * Makes the till hold what it should: level-triggered, most dangerous first, only what differs, in chunks that are read
 * again before they are written. What the till should hold comes from the database alone, so that a lost message or a
 * crash costs time, never correctness.
 */
@ApplicationScoped
public class StockStage {

    private static final Duration LONGEST_TURN = Duration.ofMinutes(1);

    private enum ChunkEnd {
        MORE,
        NOTHING_DUE
    }

    private final ChannelDirectory directory;
    private final StockRepository stock;
    private final RecountRepository recounts;
    private final RecountSettlement settlement;
    private final ChunkReader reader;
    private final ChunkWriter writer;
    private final FencedTransactions transactions;
    private final StockConfig config;

    StockStage(ChannelDirectory directory, StockRepository stock, RecountRepository recounts, RecountSettlement settlement,
            ChunkReader reader, ChunkWriter writer, FencedTransactions transactions, StockConfig config) {
        this.directory = directory;
        this.stock = stock;
        this.recounts = recounts;
        this.settlement = settlement;
        this.reader = reader;
        this.writer = writer;
        this.transactions = transactions;
        this.config = config;
    }

    /**
     * One turn for one channel: until nothing is due, the lease is too short for more, or so long that matching and people's
     * decisions have waited enough. Answers whether there is more to do at once; fails where sales cannot be read.
     *
     * @param sales nothing is written that they are not fresh for
     */
    public Uni<Boolean> pass(Pass pass, UUID channelId, FreshSales sales) {
        return directory.channel(channelId).chain(channel -> writes(channel)
                ? begin(pass, channel, sales)
                : forget(pass, channel).replaceWith(false));
    }

    private Uni<Boolean> begin(Pass pass, ConnectedChannel channel, FreshSales sales) {
        pass.phase("writing");
        long until = System.nanoTime() + LONGEST_TURN.toNanos();
        AtomicBoolean told = new AtomicBoolean();
        return transactions.write(pass.fence(), connection -> stock.baseline(connection, channel.id()))
                .chain(() -> settlement.adopt(pass, channel, false))
                .chain(() -> Multi.createBy().repeating().uni(() -> chunk(pass, channel.id(), sales, told))
                        .whilst(end -> end == ChunkEnd.MORE && System.nanoTime() < until).collect().last())
                .call(() -> pass.flush())
                .map(end -> end == ChunkEnd.MORE);
    }

    /** The settings are read for each chunk: whoever turns the sync off means now. */
    private Uni<ChunkEnd> chunk(Pass pass, UUID channelId, FreshSales sales, AtomicBoolean told) {
        return directory.channel(channelId).chain(channel -> !writes(channel)
                ? Uni.createFrom().item(ChunkEnd.NOTHING_DUE)
                : stock.due(channelId, PointOfSale.CHUNK).call(due -> tellHowMany(pass, channelId, due, told))
                        .chain(due -> due.isEmpty()
                                ? Uni.createFrom().item(ChunkEnd.NOTHING_DUE)
                                : chunk(pass, channel, due, sales)));
    }

    /** For whoever watches a long turn: counted once, where one chunk is not all. */
    private Uni<Void> tellHowMany(Pass pass, UUID channelId, List<DueItem> due, AtomicBoolean told) {
        return due.size() < PointOfSale.CHUNK || told.getAndSet(true)
                ? Uni.createFrom().voidItem()
                : stock.dueCount(channelId).invoke(left -> pass.remaining("stock-written", left)).replaceWithVoid();
    }

    /** Sales are read for what is due, not to find that nothing is; so what they change of its targets is read after them. */
    private Uni<ChunkEnd> chunk(Pass pass, ConnectedChannel channel, List<DueItem> due, FreshSales sales) {
        WriteGate gate = new WriteGate(sales, config.salesAge(), items -> stock.targets(channel.id(), items));
        return gate.open().chain(() -> stock.retargeted(channel.id(), due))
                .chain(now -> reader.read(pass, channel, now, sales))
                .chain(planned -> write(pass, channel, planned, gate));
    }

    private static boolean writes(ConnectedChannel channel) {
        return channel.status().active() && channel.settings().inventorySync().enabled();
    }

    private Uni<ChunkEnd> write(Pass pass, ConnectedChannel channel, List<PlannedWrite> planned, WriteGate gate) {
        return planned.isEmpty()
                ? pass.flush().replaceWith(ChunkEnd.MORE)
                : writer.write(pass, channel, planned, gate).map(over -> over ? ChunkEnd.NOTHING_DUE : ChunkEnd.MORE);
    }

    /**
     * Without inventory sync nobody follows the till's figures, so what was known of them grows old: turning it on again
     * starts from what the till then shows.
     */
    private Uni<Void> forget(Pass pass, ConnectedChannel channel) {
        return settlement
                .adopt(pass, channel,
                        true)
                .chain(() -> stock.knowsAnything(channel.id()))
                .chain(known -> known && !channel.settings().inventorySync().enabled()
                        ? transactions.write(pass.fence(), connection -> stock.forget(connection, channel.id())
                                .chain(() -> recounts.cancelAll(connection, channel.id())))
                        : Uni.createFrom().voidItem());
    }
}
