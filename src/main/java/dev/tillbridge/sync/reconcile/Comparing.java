package dev.tillbridge.sync.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.NotConnectedException;
import dev.tillbridge.platform.DatabaseClock;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.sync.reconcile.ReconciliationRepository.Taken;
import dev.tillbridge.sync.reconcile.SalesJudge.Comparison;

/**
 * The comparison itself, step by step: both sides are read whole, each difference is judged, and what is in doubt is looked at once
 * more at the end. A till that cannot be read keeps none of the others from being compared.
 */
@ApplicationScoped
class Comparing {

    private static final Logger LOG = Logger.getLogger(Comparing.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    /** Less than the store shows by a day's margin: an order must not grow too old while it is compared. */
    private static final Duration MARGIN = Duration.ofDays(1);

    private final ReconciliationRepository reconciliations;
    private final ChannelDirectory directory;
    private final StoreOrdersRead orders;
    private final Judges judges;
    private final Pool pool;
    private final DatabaseClock clock;
    private final ReconcileConfig config;

    Comparing(ReconciliationRepository reconciliations, ChannelDirectory directory, StoreOrdersRead orders, Judges judges,
            Pool pool, DatabaseClock clock, ReconcileConfig config) {
        this.reconciliations = reconciliations;
        this.directory = directory;
        this.orders = orders;
        this.judges = judges;
        this.pool = pool;
        this.clock = clock;
        this.config = config;
    }

    /** What a comparison works with. */
    private record Work(Fence fence, Taken taken, ReconcileSteps steps, Compared compared, List<ConnectedChannel> channels) {

        List<ConnectedChannel> withSales() {
            return channels.stream().filter(channel -> channel.settings().orderSync().enabled()).toList();
        }
    }

    /** @param readSince a whole read of the store that was begun since then serves */
    Uni<Void> compare(Fence fence, Taken taken, Instant readSince, ReconcileSteps steps, Compared compared) {
        return steps.channels().map(channels -> new Work(fence, taken, steps, compared, channels))
                .call(this::leftOut)
                .chain(work -> phase(work, "reading-store")
                        .chain(steps::storeChanges)
                        .chain(() -> steps.wholeStore(readSince))
                        .chain(() -> count(work, "variants",
                                "select count(*) from variant where store_id = $1 and not gone"))
                        .chain(() -> count(work, "levels",
                                "select count(*) from level where store_id = $1 and location_id <> ''"))
                        .chain(() -> phase(work, "reading-tills"))
                        .chain(() -> each(work, work.channels(), steps::wholeTill))
                        .chain(() -> count(work, "items",
                                "select count(*) from item i join channel c on c.id = i.channel_id where c.store_id = $1 and not i.gone"))
                        .chain(() -> phase(work, "reading-sales"))
                        .chain(() -> each(work, work.withSales(), channel -> steps.wholeSales(channel)
                                .invoke(sales -> work.compared().count("sales", sales)).replaceWithVoid()))
                        .chain(() -> judges.readings().judge(fence, taken.id()))
                        .chain(() -> work.withSales().isEmpty() ? Uni.createFrom().voidItem() : sales(work))
                        .chain(() -> phase(work, "second-look"))
                        .chain(() -> each(work, work.channels(), channel -> settled(fence, channel.id())
                                .chain(() -> judges.tills().judge(fence, taken.id(), channel, taken.startedAt())))));
    }

    /** A till that is paused, or whose token is refused, is named: nothing of it is compared. */
    private Uni<Void> leftOut(Work work) {
        return directory.channels(work.fence().storeId()).invoke(all -> all.stream()
                .filter(channel -> work.channels().stream().noneMatch(each -> each.id().equals(channel.id())))
                .forEach(channel -> work.compared().failed(channel.name(), new NotConnectedException("It is not worked on"))))
                .replaceWithVoid();
    }

    private Uni<Void> sales(Work work) {
        return phase(work, "reading-orders")
                .chain(() -> directory.shopConnection(work.fence().storeId()))
                .chain(shop -> directory.storefront().ordersShownFor(shop))
                .chain(shown -> clock.now().map(now -> comparison(work, shown, now)))
                .chain(comparison -> orders.read(work.fence(), work.taken().id(), comparison.shownFrom())
                        .invoke(read -> work.compared().count("orders", read))
                        .chain(() -> phase(work, "comparing"))
                        .chain(() -> each(work, work.withSales(),
                                channel -> judges.sales().judge(work.fence(), comparison, channel)))
                        .chain(() -> judges.strangers().judge(work.fence(), comparison))
                        .chain(() -> each(work, work.withSales(),
                                channel -> judges.days().addUp(work.fence(), comparison, channel))));
    }

    private static Comparison comparison(Work work, Duration shown, Instant now) {
        Instant start = work.withSales().stream().map(channel -> channel.settings().orderSync().start())
                .min(Comparator.naturalOrder()).orElse(now);
        Instant oldest = shown == null ? start : now.minus(shown).plus(MARGIN);
        return new Comparison(work.taken().id(), start.isAfter(oldest) ? start : oldest, now);
    }

    /** Until the stock stage has made up its mind on what nothing explained at first, or for as long as that may take. */
    private Uni<Void> settled(Fence fence, UUID channelId) {
        long until = System.nanoTime() + config.secondLook().toNanos();
        return Uni.createFrom().deferred(() -> judges.tills().inDoubt(channelId)).repeat().withDelay(BETWEEN_LOOKS)
                .whilst(doubt -> doubt && System.nanoTime() < until && !fence.remaining().isZero()).collect().last()
                .replaceWithVoid();
    }

    /** One after the other; one that fails is named, and the others are compared. */
    private static Uni<Void> each(Work work, List<ConnectedChannel> channels, Function<ConnectedChannel, Uni<Void>> step) {
        return Multi.createFrom().iterable(channels).onItem().transformToUniAndConcatenate(channel -> step.apply(channel)
                .onFailure(failure -> !(failure instanceof Fence.Lost) || !work.fence().remaining().isZero())
                .recoverWithUni(failure -> {
                    LOG.warnf(failure, "Channel %s is not compared", channel.id());
                    work.compared().failed(channel.name(), failure);
                    return Uni.createFrom().voidItem();
                })).collect().last().replaceWithVoid();
    }

    private Uni<Void> phase(Work work, String phase) {
        return reconciliations.phase(work.fence(), work.taken().id(), phase, work.compared().counts());
    }

    private Uni<Void> count(Work work, String what, String sql) {
        return pool.preparedQuery(sql).execute(Tuple.of(work.fence().storeId()))
                .invoke(rows -> work.compared().count(what, rows.iterator().next().getLong(0))).replaceWithVoid();
    }
}
