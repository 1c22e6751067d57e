package dev.tillbridge.stock;

import java.util.List;
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
 * Makes the till hold what it should: level-triggered, most dangerous first, only what differs, in chunks that are read
 * again before they are written. What the till should hold comes from the database alone, so that a lost message or a
 * crash costs time, never correctness.
 */
@ApplicationScoped
public class StockStage {

    private final ChannelDirectory directory;
    private final StockRepository stock;
    private final RecountRepository recounts;
    private final RecountSettlement settlement;
    private final ChunkReader reader;
    private final ChunkWriter writer;
    private final FencedTransactions transactions;

    StockStage(ChannelDirectory directory, StockRepository stock, RecountRepository recounts, RecountSettlement settlement,
            ChunkReader reader, ChunkWriter writer, FencedTransactions transactions) {
        this.directory = directory;
        this.stock = stock;
        this.recounts = recounts;
        this.settlement = settlement;
        this.reader = reader;
        this.writer = writer;
        this.transactions = transactions;
    }

    /** One turn for one channel: until nothing is due, or the lease is too short for more. */
    public Uni<Void> pass(Pass pass, UUID channelId) {
        return directory.channel(channelId).chain(channel -> writes(channel) ? begin(pass, channel) : forget(pass, channel));
    }

    private Uni<Void> begin(Pass pass, ConnectedChannel channel) {
        pass.phase("writing");
        return transactions.write(pass.fence(), connection -> stock.baseline(connection, channel.id()))
                .chain(() -> settlement.adopt(pass, channel))
                .chain(() -> Multi.createBy().repeating().uni(() -> chunk(pass, channel.id())).whilst(done -> !done)
                        .collect().last())
                .chain(() -> pass.flush());
    }

    /** Answers whether the turn is over. The settings are read for each chunk: whoever turns the sync off means now. */
    private Uni<Boolean> chunk(Pass pass, UUID channelId) {
        return directory.channel(channelId).chain(channel -> !writes(channel)
                ? Uni.createFrom().item(true)
                : stock.due(channelId, PointOfSale.CHUNK).chain(due -> due.isEmpty()
                        ? Uni.createFrom().item(true)
                        : reader.read(pass, channel, due).chain(planned -> write(pass, channel, planned))));
    }

    private static boolean writes(ConnectedChannel channel) {
        return channel.status().active() && channel.settings().inventorySync().enabled();
    }

    private Uni<Boolean> write(Pass pass, ConnectedChannel channel, List<PlannedWrite> planned) {
        return planned.isEmpty() ? pass.flush().replaceWith(false) : writer.write(pass, channel, planned);
    }

    /**
     * Without inventory sync nobody follows the till's figures, so what was known of them grows old: turning it on again
     * starts from what the till then shows.
     */
    private Uni<Void> forget(Pass pass, ConnectedChannel channel) {
        return stock.knowsAnything(channel.id()).chain(known -> known && !channel.settings().inventorySync().enabled()
                ? transactions.write(pass.fence(), connection -> stock.forget(connection, channel.id())
                        .chain(() -> recounts.cancelAll(connection, channel.id())))
                : Uni.createFrom().voidItem());
    }
}
