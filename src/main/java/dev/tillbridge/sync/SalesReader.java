package dev.tillbridge.sync;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.ConnectedStore;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.PointOfSale;
import dev.tillbridge.channel.TillConnection;
import dev.tillbridge.order.SaleComparison;
import dev.tillbridge.order.SaleIntake;
import dev.tillbridge.order.SalePage;
import dev.tillbridge.order.SaleReadStage;
import dev.tillbridge.platform.DatabaseClock;
import dev.tillbridge.platform.Pass;

/**
 * Finds a till's sales: at first all since the start, by the time they were made; then what was changed since the cursor,
 * orders, payments and refunds each by a list of its own, because a late tip or a refund may leave the order's own time
 * alone and a new order may still be hidden; and once a night all of the last days, for what arrived late or, like a refund,
 * has no time of change. What the lists tell of is then read.
 */
@ApplicationScoped
class SalesReader {

    static final String SALES = "sales";
    static final String LOOK_BACK = "sales-look-back";

    /** Well below the 90 days that Clover shows at once. */
    private static final Duration SLICE = Duration.ofDays(30);

    /** Less than Clover's 90 days by a day's margin (docs.clover.com, changelog of July 2023). */
    private static final Duration SHOWN = Duration.ofDays(89);

    private final ChannelDirectory directory;
    private final SaleIntake intake;
    private final SaleReadStage stage;
    private final SaleComparison comparison;
    private final StreamStateRepository states;
    private final DatabaseClock clock;
    private final SyncConfig config;

    SalesReader(ChannelDirectory directory, SaleIntake intake, SaleReadStage stage, SaleComparison comparison,
            StreamStateRepository states, DatabaseClock clock, SyncConfig config) {
        this.directory = directory;
        this.intake = intake;
        this.stage = stage;
        this.comparison = comparison;
        this.states = states;
        this.clock = clock;
        this.config = config;
    }

    private record Till(ConnectedStore store, ConnectedChannel channel, PointOfSale pos, TillConnection connection) {}

    /**
     * @param lookBack whether all of the last days is wanted, due or not
     * @param kept called after each sale that was read
     */
    Uni<Integer> read(Pass pass, ConnectedChannel channel, boolean lookBack, Runnable kept) {
        return Uni.combine().all().unis(directory.store(channel.storeId()), directory.tillConnection(channel.id())).asTuple()
                .map(known -> new Till(known.getItem1(), channel, directory.pointOfSale(channel.integration()),
                        known.getItem2()))
                .chain(till -> find(pass, till, lookBack).replaceWith(Optional.<Throwable>empty())
                        // A list that is refused keeps nobody waiting whom the others told of.
                        .onFailure(SalesReader::ofOneList).recoverWithItem(Optional::of)
                        .chain(failed -> stage.pass(pass, channel, kept).invoke(() -> failed.ifPresent(failure -> {
                            throw (ConnectorException) failure;
                        }))));
    }

    private static boolean ofOneList(Throwable failure) {
        return failure instanceof ConnectorException vendors && !vendors.concernsConnection();
    }

    /**
     * Compares all orders that the till made since the start, and all payments, refunds and credits of as long as the till shows
     * them, with what is stored of them, and takes in those that differ; answers how many orders were compared. It does nothing as
     * long as the till's sales were never read.
     */
    Uni<Long> compare(Pass pass, ConnectedChannel channel) {
        Instant start = channel.settings().orderSync().start();
        AtomicLong compared = new AtomicLong();
        return Uni.combine().all().unis(directory.store(channel.storeId()), directory.tillConnection(channel.id()),
                states.state(channel.id(), SALES), clock.now()).asTuple()
                .chain(known -> known.getItem3().neverRead()
                        ? Uni.createFrom().item(0L)
                        : comparison.begin(pass.fence(), channel).onItem().transformToMulti(begun -> Multi.createFrom()
                                .iterable(slices(start, known.getItem4())))
                                .onItem().transformToMultiAndConcatenate(slice -> directory.pointOfSale(channel.integration())
                                        .ordersCreated(known.getItem2(), slice.from(), slice.until()))
                                .onItem().transformToUniAndConcatenate(page -> {
                                    compared.addAndGet(page.mentions().size());
                                    return comparison.take(pass.fence(), known.getItem1(), channel, page,
                                            known.getItem3().position());
                                })
                                .collect().last()
                                .chain(() -> comparison.end(pass.fence(), channel, start, known.getItem3().position()))
                                .chain(() -> compareMoney(pass, new Till(known.getItem1(), channel,
                                        directory.pointOfSale(channel.integration()), known.getItem2()),
                                        latest(start, known.getItem4().minus(SHOWN)), known.getItem3().position()))
                                .map(last -> compared.get()));
    }

    /** A late tip or a refund may leave its order's own time alone, so that the list of orders does not tell of one that was missed. */
    private Uni<Void> compareMoney(Pass pass, Till till, Instant since, Instant followedTo) {
        return Multi.createBy().concatenating()
                .streams(till.pos().paymentsChanged(till.connection(), since),
                        Multi.createFrom().deferred(() -> till.pos().refundsCreated(till.connection(), since)))
                .onItem().transformToUniAndConcatenate(
                        page -> comparison.take(pass.fence(), till.store(), till.channel(), page, followedTo))
                .collect().last().replaceWithVoid();
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Reads some of what was found and touches no stock. */
    Uni<SaleReadStage.Outcome> history(Pass pass, ConnectedChannel channel) {
        return stage.history(pass, channel);
    }

    /** Reads what was told of by itself, and looks through no list. */
    Uni<Integer> told(Pass pass, ConnectedChannel channel, Runnable kept) {
        return stage.pass(pass, channel, kept);
    }

    /** Whether everything that touches stock was read. */
    Uni<Boolean> allRead(ConnectedChannel channel) {
        return stage.allRead(channel);
    }

    private Uni<Void> find(Pass pass, Till till, boolean lookBack) {
        Instant start = till.channel().settings().orderSync().start();
        return states.state(till.channel().id(), SALES)
                .chain(state -> state.neverRead() || start.isBefore(Instant.parse(state.parameters()))
                        ? history(pass, till, start, state.neverRead())
                        : remember(pass, till, start, state).chain(() -> gap(pass, state.position()))
                                .chain(() -> changes(pass, till, state.position())))
                .chain(() -> lookBackDue(till, lookBack))
                .chain(due -> due
                        ? lookBack(pass, till)
                                // It only makes sure: what changes is found without it.
                                .onFailure(SalesReader::ofOneList)
                                .recoverWithUni(failure -> pass.failed(LOOK_BACK, ((ConnectorException) failure).code(),
                                        failure.getMessage()))
                        : Uni.createFrom().voidItem());
    }

    /** A start that was moved forward skips sales from now on: moved back later, if only in part, they are found again by it. */
    private Uni<Void> remember(Pass pass, Till till, Instant start, StreamState state) {
        return start.toString().equals(state.parameters())
                ? Uni.createFrom().voidItem()
                : states.asked(pass.fence(), till.channel().id(), SALES, start.toString());
    }

    /** What the till has forgotten nobody can read; a person is told what to compare. */
    private Uni<Void> gap(Pass pass, Instant since) {
        return clock.now().chain(now -> since.isAfter(now.minus(SHOWN))
                ? Uni.createFrom().voidItem()
                : pass.failed(SALES, "sales-forgotten",
                        "The till was last read on " + since + " and shows the sales of 90 days only."
                                + " Compare its sales from then until " + now.minus(SHOWN)
                                + " with the store's orders by hand"));
    }

    /** By the time they were made, in slices that the till does not cut; a cursor that stands stays where it is. */
    private Uni<Void> history(Pass pass, Till till, Instant start, boolean first) {
        AtomicReference<Instant> began = new AtomicReference<>();
        return (first ? intake.adopt(pass.fence(), till.store(), till.channel()) : Uni.createFrom().voidItem())
                .chain(clock::now).chain(now -> Multi.createFrom().iterable(slices(start, now))
                        .onItem().transformToUniAndConcatenate(slice -> take(pass, till,
                                till.pos().ordersCreated(till.connection(), slice.from(), slice.until()), began))
                        .collect().last())
                // Money given back without a sale no order tells of.
                .chain(() -> take(pass, till, till.pos().refundsCreated(till.connection(), start), began))
                .chain(() -> first ? Uni.createFrom().voidItem() : intake.reconsider(pass.fence(), till.channel().id(), start))
                .chain(() -> began.get() == null
                        ? Uni.createFrom().voidItem()
                        : states.fullyRead(pass.fence(), till.channel().id(), SALES,
                                began.get().minus(config.salesOverlap()), start.toString())
                                // What was paid or given back while the history was read, the other lists tell.
                                .chain(() -> changes(pass, till, began.get().minus(config.salesOverlap()))));
    }

    private record Slice(Instant from, Instant until) {}

    private static List<Slice> slices(Instant start, Instant now) {
        List<Slice> slices = new ArrayList<>();
        Instant from = start;
        while (from.plus(SLICE).isBefore(now)) {
            slices.add(new Slice(from, from.plus(SLICE)));
            from = from.plus(SLICE);
        }
        slices.add(new Slice(from, null));
        return slices;
    }

    private Uni<Void> changes(Pass pass, Till till, Instant since) {
        AtomicReference<Instant> began = new AtomicReference<>();
        return take(pass, till, till.pos().ordersChanged(till.connection(), since), began)
                .chain(() -> take(pass, till, till.pos().paymentsChanged(till.connection(), since), began))
                .chain(() -> take(pass, till, till.pos().refundsCreated(till.connection(), since), began))
                .chain(() -> began.get() == null
                        ? Uni.createFrom().voidItem()
                        : states.advanced(pass.fence(), till.channel().id(), SALES,
                                began.get().minus(config.salesOverlap())));
    }

    private Uni<Boolean> lookBackDue(Till till, boolean wanted) {
        return wanted
                ? Uni.createFrom().item(true)
                : Uni.combine().all().unis(states.state(till.channel().id(), LOOK_BACK), clock.now()).asTuple()
                        .map(known -> known.getItem1().neverRead() || known.getItem1().fullReadAt().isBefore(
                                NightlyHour.last(ZoneId.of(till.store().timezone()), config.fullReadHour(), known.getItem2())));
    }

    private Uni<Void> lookBack(Pass pass, Till till) {
        AtomicReference<Instant> began = new AtomicReference<>();
        return clock.now().map(now -> now.minus(config.salesLookBack()))
                .chain(from -> take(pass, till, till.pos().ordersCreated(till.connection(), from, null), began)
                        // A refund has no time of change: that it failed, or was taken back, only its row tells.
                        .chain(() -> take(pass, till, till.pos().refundsCreated(till.connection(), from), began)))
                .chain(() -> began.get() == null
                        ? Uni.createFrom().voidItem()
                        : states.fullyRead(pass.fence(), till.channel().id(), LOOK_BACK, began.get(), ""))
                .chain(() -> intake.forgetOld(pass.fence(), till.channel().id()));
    }

    private Uni<Void> take(Pass pass, Till till, Multi<SalePage> pages, AtomicReference<Instant> began) {
        return pages.onItem().transformToUniAndConcatenate(page -> {
            began.compareAndSet(null, page.vendorTime());
            return intake.take(pass.fence(), till.store(), till.channel(), page)
                    .invoke(found -> pass.count("sales-found", found));
        }).collect().last().replaceWithVoid();
    }
}
