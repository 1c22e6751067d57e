package dev.tillbridge.order;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.PointOfSale.Pace;
import dev.tillbridge.channel.TillConnection;
import dev.tillbridge.platform.Pass;

/** Reads the sales that lists told of, or that are looked at again, each whole by its id. One that cannot be read waits alone. */
@ApplicationScoped
public class SaleReadStage {

    private static final int BATCH = 50;

    private final ChannelDirectory directory;
    private final SaleRepository sales;
    private final SaleKeeper keeper;
    private final UnreadSales unread;
    private final OrderConfig config;

    SaleReadStage(ChannelDirectory directory, SaleRepository sales, SaleKeeper keeper, UnreadSales unread,
            OrderConfig config) {
        this.directory = directory;
        this.sales = sales;
        this.keeper = keeper;
        this.unread = unread;
        this.config = config;
    }

    /**
     * Reads all sales that touch stock; answers how many.
     *
     * @param kept called after each that was read: what it took off the store's stock need not wait for the others
     */
    public Uni<Integer> pass(Pass pass, ConnectedChannel channel, Runnable kept) {
        Instant stockFrom = channel.settings().orderSync().stockFrom();
        return directory.tillConnection(channel.id()).chain(till -> Multi.createBy().repeating()
                .uni(() -> sales.toRead(channel.id(), stockFrom, false, BATCH)
                        .chain(due -> read(pass, new Reading(channel, till, Pace.FULL, kept), due)))
                .whilst(batch -> batch.due() == BATCH && !pass.fence().remaining().isZero())
                .collect().in(() -> new int[1], (sum, batch) -> sum[0] += batch.read()))
                .map(sum -> sum[0])
                .call(() -> pass.flush());
    }

    /**
     * What a turn did.
     *
     * @param more whether other sales still wait
     */
    public record Outcome(int read, boolean more) {}

    /** Reads some of the sales that touch no stock, for they were made before it was kept: nothing waits for them. */
    public Uni<Outcome> history(Pass pass, ConnectedChannel channel) {
        int most = config.historyPerTurn();
        return directory.tillConnection(channel.id())
                .chain(till -> sales.toRead(channel.id(), channel.settings().orderSync().stockFrom(), true, most)
                        .chain(due -> read(pass, new Reading(channel, till, Pace.SPARE, () -> {
                        }), due)
                                .map(batch -> new Outcome(batch.read(), due.size() == most))))
                .call(() -> pass.flush());
    }

    private record Reading(ConnectedChannel channel, TillConnection till, Pace pace, Runnable kept) {}

    private record Batch(int due, int read) {}

    private Uni<Batch> read(Pass pass, Reading from, List<SaleRepository.ToRead> due) {
        if (due.isEmpty()) {
            return Uni.createFrom().item(new Batch(0, 0));
        }
        return Multi.createFrom().iterable(due)
                .onItem().transformToUni(one -> one(pass, from, one))
                .merge(config.readers()).collect().asList()
                .map(failures -> {
                    List<Throwable> all = failures.stream().flatMap(Optional::stream).toList();
                    // Where none of many could be read it is no fault of the sales: the stream rests.
                    if (all.size() == due.size() && all.size() > config.readers()
                            && all.get(0) instanceof ConnectorException.Transient outage) {
                        throw outage;
                    }
                    int read = due.size() - all.size();
                    pass.count("sales-read", read);
                    return new Batch(due.size(), read);
                });
    }

    private Uni<Optional<Throwable>> one(Pass pass, Reading from, SaleRepository.ToRead due) {
        return directory.pointOfSale(from.channel().integration()).sale(from.till(), due.posOrderId(), from.pace())
                .chain(sale -> keeper.keep(pass, from.channel(), due, sale))
                .invoke(from.kept())
                .replaceWith(Optional.<Throwable>empty())
                .onFailure(Containment::ofOneSale)
                .recoverWithUni(failure -> unread.failed(pass, due, failure).replaceWith(Optional.of(failure)));
    }

    /** Whether no sale that touches stock waits to be read. */
    public Uni<Boolean> allRead(ConnectedChannel channel) {
        return sales.anyUnread(channel.id(), channel.settings().orderSync().stockFrom()).map(any -> !any);
    }
}
