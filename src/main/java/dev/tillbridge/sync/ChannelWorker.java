package dev.tillbridge.sync;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.StoredRows;
import dev.tillbridge.catalog.UniqueIdentifier;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.PointOfSale;
import dev.tillbridge.platform.Fence;

/**
 * The streams of one till under its store's lease: changed items, the scan of all, the stock and the prices that are written,
 * its sales, and the notes of what was sent.
 */
final class ChannelWorker implements Stream.Owner {

    static final String STOCK = "stock";

    private static final Logger LOG = Logger.getLogger(ChannelWorker.class);

    private final EngineParts parts;
    private final HeldLease lease;
    private final StoppableFence fence;
    private final UUID channelId;
    private final Runnable lost;
    private final Stream items;
    private final Stream scan;
    private final Stream stock;
    private final PricesWorker prices;
    private final ProductsWorker products;
    private final SalesWorker sales;
    private final ShipmentWorker shipments;
    private final TillInbox inbox;
    private final AtomicInteger reading = new AtomicInteger();
    private final AtomicBoolean awaiting = new AtomicBoolean();
    private volatile boolean matchable = true;
    private volatile boolean bothRead;
    private volatile boolean stored;
    private volatile boolean moreStock;
    private volatile String matchedBy = "";
    private volatile long merchantReadAt;

    /**
     * @param storeIsRead whether a read of the store is under way
     * @param lost called when the lease turns out to be gone
     * @param sold called when sales were read that may have changed what the store's tills may sell
     * @param kept called after each sale that was read: its units can be taken off the store's stock
     */
    ChannelWorker(EngineParts parts, HeldLease lease, UUID channelId, BooleanSupplier storeIsRead, Runnable lost,
            Runnable sold, Runnable kept) {
        this.parts = parts;
        this.lease = lease;
        this.fence = new StoppableFence(lease);
        this.channelId = channelId;
        this.lost = lost;
        this.merchantReadAt = System.nanoTime();
        this.items = new Stream(parts, lease, fence, channelId, "items", parts.config().stockPoll(), this, this::items);
        this.scan = new Stream(parts, lease, fence, channelId, "till-scan", parts.config().tillScan(), this, this::scan);
        this.stock = new Stream(parts, lease, fence, channelId, STOCK, parts.config().stockPoll(), this, this::stock);
        this.prices = new PricesWorker(parts, lease, fence, channelId, this, storeIsRead,
                work -> ifKnown(channel -> work.get()));
        this.products = new ProductsWorker(parts, lease, fence, channelId, this, this::channel, this::ifKnown, this::made);
        this.sales = new SalesWorker(parts, lease, fence, channelId, this, this::channel, sold, kept);
        this.shipments = new ShipmentWorker(parts, lease, fence, channelId, this, this::channel);
        this.inbox = new TillInbox(parts, lease, fence, channelId, this, this::channel, this::stored, this::readEnded,
                sales::told);
    }

    void start() {
        items.start();
        scan.start();
        stock.start();
        prices.start();
        products.start();
        sales.start();
        shipments.start();
        inbox.start();
    }

    void stop() {
        fence.stop();
        items.stop();
        scan.stop();
        stock.stop();
        prices.stop();
        products.stop();
        sales.stop();
        shipments.stop();
        inbox.stop();
    }

    /** A page of either side was stored: what it changed is matched and written, even if a later page fails. */
    void stored(StoredRows rows) {
        if (rows.matchable() > 0) {
            matchable = true;
        }
        if (rows.changed() > 0) {
            stored = true;
        }
    }

    /** At the end of a read, well or not: a page at a time would match a large catalogue again and again. */
    void readEnded() {
        if (stored && !busy()) {
            stored = false;
            stock.wake();
            products.wake();
            prices.wake();
        } else {
            prices.readEnded();
        }
    }

    /** A person changed settings, a link, a recount. */
    void changed() {
        matchable = true;
        stock.wake();
        prices.wake();
        products.wake();
        sales.changed();
        shipments.wake();
    }

    /** Webhooks told of the till. */
    void wakeInbox() {
        inbox.wake();
    }

    /** The store sent something, or changed how it is followed. */
    void shipped() {
        shipments.wake();
    }

    /** What tills may sell has changed. */
    void sold() {
        stock.wake();
    }

    Fence fence() {
        return fence;
    }

    /** Whether the first run of the channel is still to come. */
    boolean awaitsFirstRun() {
        return awaiting.get();
    }

    boolean idle() {
        return items.idle() && scan.idle() && stock.idle() && prices.idle() && products.idle() && sales.idle()
                && shipments.idle() && inbox.idle();
    }

    /** The first run is about to be taken: turns by the clock wait for it already. */
    void awaitFirstRun() {
        awaiting.set(true);
        reading.incrementAndGet();
    }

    /** While a run reads, turns by the clock wait, so that its counts tell the whole story. */
    void readingBegins() {
        if (!awaiting.compareAndSet(true, false)) {
            reading.incrementAndGet();
        }
    }

    void readingEnds() {
        reading.decrementAndGet();
    }

    Uni<Void> read(RunRecord run) {
        return scan.once(run);
    }

    /** @param post takes what was sold off the store's stock */
    Uni<Void> importSales(RunRecord run, Supplier<Uni<Void>> post) {
        return sales.run(run, post);
    }

    /** All of the till, compared with what is stored; then one turn of its stock, which says what it cannot explain. */
    Uni<Void> compare(boolean routine) {
        RunRecord run = RunRecord.comparing(parts.runs(), lease, fence, channelId, routine);
        return items.once(run).chain(() -> scan.once(run)).chain(() -> stock.once(run)).chain(() -> run.finish(null))
                .onFailure().call(failure -> run.finish(Stream.message(failure)));
    }

    /** All sales of the till since the start of their import, compared; answers how many it told of. */
    Uni<Long> compareSales(boolean routine) {
        RunRecord run = RunRecord.comparing(parts.runs(), lease, fence, channelId, routine);
        return sales.compare(run).call(() -> run.finish(null))
                .onFailure().call(failure -> run.finish(Stream.message(failure)));
    }

    Uni<Void> writeNotes(RunRecord run) {
        return shipments.run(run);
    }

    /** Matches, and writes what the run asks for, turn after turn until nothing is due. */
    Uni<Void> write(RunRecord run) {
        matchable = true;
        return stock.repeatedly(run, () -> moreStock)
                .chain(() -> run.wants(PricesWorker.STREAM) ? prices.write(run) : Uni.createFrom().voidItem());
    }

    Uni<Void> publish(RunRecord run) {
        return products.publish(run);
    }

    @Override
    public boolean busy() {
        return reading.get() > 0;
    }

    @Override
    public void lost() {
        lost.run();
    }

    /**
     * Clover answers 401 to a bad token, a missing permission and a wrong merchant alike: only if neither the merchant nor
     * stock can be read is the token itself refused.
     */
    @Override
    public Uni<Boolean> unauthorized(ConnectorException.Unauthorized failure) {
        return parts.directory().channel(channelId).chain(channel -> {
            PointOfSale pos = parts.directory().pointOfSale(channel.integration());
            return parts.directory().tillConnection(channelId)
                    .chain(till -> refused(pos.merchant(till)).chain(merchant -> merchant
                            ? refused(pos.readStock(till, TillReader.noItem()))
                            : Uni.createFrom().item(false)))
                    .call(all -> all
                            ? parts.directory().unauthorized(channelId,
                                    "The till no longer accepts the token: " + failure.getMessage())
                            : Uni.createFrom().voidItem())
                    .invoke(all -> {
                        LOG.warnf("Channel %s: %s", channelId,
                                all ? "the token is refused, the channel stops" : "a permission is gone");
                        if (all) {
                            stop();
                        }
                    });
        });
    }

    private static Uni<Boolean> refused(Uni<?> read) {
        return read.replaceWith(false)
                .onFailure(ConnectorException.class)
                .recoverWithItem(failure -> failure instanceof ConnectorException.Unauthorized);
    }

    private Uni<Boolean> items(RunRecord pass, boolean requested) {
        return channel().call(this::readMerchant)
                .chain(channel -> parts.till().changes(pass, channel, this::stored)).onTermination().invoke(this::readEnded)
                .map(this::counted);
    }

    private Uni<Boolean> scan(RunRecord pass, boolean requested) {
        return channel().chain(channel -> parts.till().neverRead(channel).chain(first -> {
            if (requested || first) {
                pass.phase("reading-till");
            }
            boolean awaited = requested && !pass.routine();
            return parts.till().scan(pass, channel, awaited || first ? PointOfSale.Pace.FULL : PointOfSale.Pace.SCAN,
                    this::stored);
        })).onTermination().invoke(this::readEnded).map(this::counted);
    }

    private boolean counted(StoredRows stored) {
        parts.metrics().rows("items", stored.changed());
        return stored.changed() > 0;
    }

    private Uni<Boolean> stock(RunRecord pass, boolean requested) {
        moreStock = false;
        return ifKnown(channel -> match(pass, channel)
                .invoke(matched -> {
                    if (matched && !(requested && pass.wants(PricesWorker.STREAM))) {
                        prices.wake();
                    }
                })
                .chain(matched -> requested && !pass.wants(STOCK)
                        ? Uni.createFrom().item(matched)
                        : stock(pass, matched, requested)));
    }

    private Uni<Boolean> stock(RunRecord pass, boolean matched, boolean requested) {
        return parts.stock().pass(pass, channelId, sales.fresh(pass)).map(more -> {
            moreStock = more;
            if (more && !requested) {
                stock.wake();
            }
            return matched || more;
        });
    }

    /** What was never read whole is not known, and what is not known must not look sold out. */
    private Uni<Boolean> ifKnown(Function<ConnectedChannel, Uni<Boolean>> work) {
        return channel().chain(channel -> known(channel)
                .chain(both -> both ? work.apply(channel) : Uni.createFrom().item(false)));
    }

    /** Once both sides were read whole that stays so: it need not be asked each turn. */
    private Uni<Boolean> known(ConnectedChannel channel) {
        return bothRead
                ? Uni.createFrom().item(true)
                : Uni.combine().all().unis(parts.storefront().neverRead(fence.storeId()), parts.till().neverRead(channel))
                        .asTuple().map(never -> !never.getItem1() && !never.getItem2()).invoke(both -> bothRead = both);
    }

    /** What was made or is shown again has its stock and price still to be set, what was changed may agree again. */
    private void made() {
        matchable = true;
        stock.wake();
        prices.wake();
    }

    private Uni<Boolean> match(RunRecord pass, ConnectedChannel channel) {
        UniqueIdentifier identifier = UniqueIdentifier.parse(channel.settings().uniqueIdentifier())
                .orElseThrow(() -> new IllegalStateException("Channel " + channelId + " has no legal identifier"));
        if (!matchable && matchedBy.equals(identifier.setting())) {
            return Uni.createFrom().item(false);
        }
        matchable = false;
        matchedBy = identifier.setting();
        pass.phase("matching");
        return pass.runId().chain(run -> parts.matcher().match(fence, channelId, identifier, run))
                .onFailure().invoke(failure -> matchable = true)
                .call(counts -> parts.statistics().renew(counts.made(), "link", "unlinked"))
                .map(counts -> {
                    pass.count("links-made", counts.made());
                    pass.count("links-removed", counts.removed());
                    pass.count("links-drifted", counts.drifted());
                    pass.count("variants-ambiguous", counts.ambiguous());
                    pass.count("variants-unlinked", counts.unlinked());
                    pass.count("variants-blocked", counts.blocked());
                    parts.metrics().rows("links", (long) counts.made() + counts.removed());
                    return counts.made() + counts.removed() + counts.drifted() > 0;
                });
    }

    private Uni<ConnectedChannel> channel() {
        return parts.directory().channel(channelId);
    }

    private Uni<Void> readMerchant(ConnectedChannel channel) {
        Duration age = Duration.ofNanos(System.nanoTime() - merchantReadAt);
        if (age.compareTo(parts.config().profilePoll()) < 0) {
            return Uni.createFrom().voidItem();
        }
        merchantReadAt = System.nanoTime();
        return parts.directory().tillConnection(channelId)
                .chain(till -> parts.directory().pointOfSale(channel.integration()).merchant(till))
                .chain(merchant -> parts.directory().merchantRead(channelId, merchant));
    }
}
