package dev.tillbridge.sync;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.catalog.StoredRows;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.platform.Fence;

/** Works on one store while its lease is held: the store's own stream, and a worker for each active channel. */
final class StoreWorker implements Stream.Owner {

    private static final Logger LOG = Logger.getLogger(StoreWorker.class);

    private static final String DOUBLES = "order-doubles";

    private final EngineParts parts;
    private final HeldLease lease;
    private final Runnable lost;
    private final Stream changes;
    private final Stream whole;
    private final Stream postings;
    private final Stream doubles;
    private final Stream shipped;
    private final Stream reconcile;
    private final StoreInbox inbox;
    private final Map<UUID, ChannelWorker> channels = new HashMap<>();
    /** How many reads of the store are under way. */
    private final AtomicInteger reading = new AtomicInteger();
    private final AtomicBoolean storefrontStarted = new AtomicBoolean();
    private volatile long locationsReadAt = System.nanoTime();
    private volatile boolean started;
    private boolean stopped;

    /** @param lost called when the lease turns out to be gone, or the store is to be left alone */
    StoreWorker(EngineParts parts, HeldLease lease, Runnable lost) {
        this.parts = parts;
        this.lease = lease;
        this.lost = lost;
        this.changes = new Stream(parts, lease, lease, null, StorefrontReader.STREAM, parts.config().stockPoll(), this,
                this::changes);
        // A stream of its own: while everything is read, or cannot be, changes must still be seen.
        this.whole = new Stream(parts, lease, lease, null, StorefrontReader.STREAM + "-full", parts.config().quietPoll(), this,
                this::whole);
        this.postings = new Stream(parts, lease, lease, null, "sale-postings", parts.config().orderPoll(), this,
                this::postings);
        this.doubles = new Stream(parts, lease, lease, null, DOUBLES, parts.config().quietPoll(), this, this::doubles);
        this.shipped = new Stream(parts, lease, lease, null, ShippedReader.STREAM, parts.config().orderPoll(), this,
                this::shipped);
        this.reconcile = Stream.told(parts, lease, lease, null, "reconcile", this, this::reconcile);
        this.inbox = new StoreInbox(parts, lease, this, this::stored, () -> all().forEach(ChannelWorker::readEnded),
                () -> all().forEach(ChannelWorker::shipped));
    }

    HeldLease lease() {
        return lease;
    }

    Uni<Void> start() {
        return parts.runs().resume(lease).chain(() -> parts.reconciler().resume(lease)).chain(this::refresh)
                .invoke(() -> started = true);
    }

    /** Whether its channels are known. */
    boolean started() {
        return started;
    }

    /** Looks which channels there are; called at the start, after changes, and now and then for changes made elsewhere. */
    Uni<Void> refresh() {
        var storeId = lease.storeId();
        return Uni.combine().all().unis(parts.directory().store(storeId), parts.directory().channels(storeId)).asTuple()
                .chain(known -> {
                    List<ConnectedChannel> active = known.getItem2().stream().filter(channel -> channel.status().active())
                            .toList();
                    if (!known.getItem1().status().active() || active.isEmpty()) {
                        lost.run();
                        return Uni.createFrom().voidItem();
                    }
                    stopAllBut(active);
                    return Multi.createFrom().iterable(active).onItem().transformToUniAndConcatenate(this::begin)
                            .collect().last().replaceWithVoid();
                });
    }

    /** Does a run; ends it well or with the reason. */
    Uni<Void> execute(RequestedRun requested) {
        ChannelWorker channel = channel(requested.channelId());
        if (channel == null) {
            return RunRecord.requested(parts.runs(), lease, lease, requested)
                    .finish("The channel is paused, or its token is no longer accepted");
        }
        LOG.infof("Run %s of channel %s begins", requested.id(), requested.channelId());
        RunRecord run = RunRecord.requested(parts.runs(), lease, channel.fence(), requested);
        boolean writes = run.wants(ChannelWorker.STOCK) || run.wants(PricesWorker.STREAM);
        boolean publishes = run.wants(ProductsWorker.STREAM);
        return (writes || publishes ? read(run, channel) : run.flush())
                .chain(() -> writes ? channel.write(run) : Uni.createFrom().voidItem())
                .chain(() -> publishes ? channel.publish(run) : Uni.createFrom().voidItem())
                .chain(() -> requested.streams().contains("orders")
                        ? channel.importSales(run, () -> postings.once(run))
                        : Uni.createFrom().voidItem())
                .chain(() -> requested.streams().contains("shipments")
                        ? followShipments(run, channel)
                        : Uni.createFrom().voidItem())
                .chain(() -> run.finish(null))
                .onFailure().recoverWithUni(failure -> ended(run, channel, first(failure)));
    }

    private Uni<Void> read(RunRecord run, ChannelWorker channel) {
        channel.readingBegins();
        run.phase("reading");
        return run.flush()
                .chain(() -> Uni.join().all(readStore(run), channel.read(run)).andCollectFailures())
                // Only while it reads do turns by the clock wait: a long write must not keep changes from being seen.
                .onTermination().invoke(channel::readingEnds).replaceWithVoid();
    }

    private Uni<Void> followShipments(RunRecord run, ChannelWorker channel) {
        run.phase("reading-shipments");
        return run.flush().chain(() -> shipped.once(run))
                .onFailure(ConnectorException.Unauthorized.class).call(failure -> unauthorized(failure))
                .chain(() -> channel.writeNotes(run));
    }

    private Uni<Void> readStore(RunRecord run) {
        return parts.storefront().neverRead(lease.storeId())
                .chain(never -> run.full() || never ? whole.once(run) : changes.once(run))
                .onFailure(ConnectorException.Unauthorized.class).call(failure -> unauthorized(failure));
    }

    /** Both reads are awaited, so that none goes on behind the run's back; the first failure is its reason. */
    private static Throwable first(Throwable failure) {
        return failure instanceof CompositeException all ? all.getCauses().get(0) : failure;
    }

    private Uni<Void> ended(RunRecord run, ChannelWorker channel, Throwable failure) {
        LOG.warnf("A run of store %s ended early: %s", lease.storeId(), failure.getMessage());
        boolean paused = channel.fence().remaining().isZero() && !lease.remaining().isZero();
        Uni<Void> stored = run.finish(paused
                ? "The channel was paused or disconnected while the run went on"
                : Stream.message(failure));
        return failure instanceof ConnectorException.Unauthorized unauthorized
                ? stored.chain(() -> channel.unauthorized(unauthorized)).replaceWithVoid()
                : stored;
    }

    synchronized void stop() {
        stopped = true;
        changes.stop();
        whole.stop();
        postings.stop();
        doubles.stop();
        shipped.stop();
        reconcile.stop();
        parts.reconciler().released(lease.storeId());
        inbox.stop();
        // They are kept: shutdown asks them whether their turns have ended before it gives the lease back.
        channels.values().forEach(ChannelWorker::stop);
    }

    /** A person changed something: settings, a link, a recount. */
    void wake() {
        changes.wake();
        whole.wake();
        postings.wake();
        shipped.wake();
        reconcile.wake();
        all().forEach(ChannelWorker::changed);
    }

    /** What would have told of work may not have been heard. */
    void wakeTold() {
        reconcile.wake();
        wakeInboxes();
    }

    /** Webhooks told of the store, or of one of its tills. */
    void wakeInboxes() {
        inbox.wake();
        all().forEach(ChannelWorker::wakeInbox);
    }

    /** Whether no turn is under way any more. */
    boolean idle() {
        return changes.idle() && whole.idle() && postings.idle() && doubles.idle() && shipped.idle() && reconcile.idle()
                && inbox.idle()
                && all().stream().allMatch(ChannelWorker::idle);
    }

    /** The first run reads the store itself, so that its counts tell the whole story. */
    @Override
    public synchronized boolean busy() {
        return channels.values().stream().anyMatch(ChannelWorker::awaitsFirstRun);
    }

    @Override
    public void lost() {
        lost.run();
    }

    /** A store's 401 is its credential's: asked once more for what every credential may read, its own shop. */
    @Override
    public Uni<Boolean> unauthorized(ConnectorException.Unauthorized failure) {
        return parts.directory().shopConnection(lease.storeId())
                .chain(shop -> parts.directory().storefront().profile(shop)).replaceWith(false)
                .onFailure(ConnectorException.Unauthorized.class).recoverWithUni(refused -> parts.directory()
                        .storeUnauthorized(lease.storeId(),
                                "The shop no longer accepts the credentials: " + refused.getMessage())
                        .invoke(lost).replaceWith(true))
                .onFailure(ConnectorException.class).recoverWithItem(false);
    }

    private Uni<Boolean> changes(RunRecord pass, boolean requested) {
        boolean withLocations = System.nanoTime() - locationsReadAt > parts.config().profilePoll().toNanos();
        reading.incrementAndGet();
        return parts.storefront().changes(pass, withLocations, this::stored, product -> {
        })
                .onTermination().invoke(this::readEnded)
                .call(stored -> stored.changed() > 0
                        ? parts.webhooks().changeFound(lease.storeId())
                        : Uni.createFrom().voidItem())
                .map(stored -> {
                    if (withLocations) {
                        locationsReadAt = System.nanoTime();
                    }
                    return stored.changed() > 0;
                });
    }

    private Uni<Boolean> whole(RunRecord pass, boolean requested) {
        reading.incrementAndGet();
        return parts.storefront().full(pass, requested && pass.full(), this::stored)
                .onTermination().invoke(this::readEnded).map(stored -> stored.changed() > 0);
    }

    private Uni<Boolean> postings(RunRecord pass, boolean requested) {
        return parts.postings().pass(pass).map(outcome -> {
            parts.metrics().rows("sales-posted", outcome.posted());
            if (outcome.more() && !requested) {
                postings.wake();
            }
            return outcome.posted() > 0;
        });
    }

    /** Once after each import, and once more a night for those of the last days. */
    private Uni<Boolean> doubles(RunRecord pass, boolean requested) {
        return Uni.combine().all()
                .unis(parts.directory().store(lease.storeId()), parts.states().state(lease.storeId(), DOUBLES),
                        parts.clock().now())
                .asTuple()
                .chain(known -> {
                    var night = NightlyHour.last(ZoneId.of(known.getItem1().timezone()), parts.config().fullReadHour(),
                            known.getItem3());
                    boolean due = known.getItem2().neverRead() || known.getItem2().fullReadAt().isBefore(night);
                    return parts.doubles().pass(pass, due ? parts.config().doublesLookBack() : null)
                            .call(() -> due
                                    ? parts.states().fullyRead(lease, lease.storeId(), DOUBLES, known.getItem3(), "")
                                    : Uni.createFrom().voidItem());
                })
                .map(cancelled -> cancelled > 0);
    }

    private Uni<Boolean> shipped(RunRecord pass, boolean requested) {
        return parts.shipped().read(pass, requested && pass.full()).map(changed -> {
            if (changed > 0) {
                all().forEach(ChannelWorker::shipped);
            }
            return changed > 0;
        });
    }

    private Uni<Boolean> reconcile(RunRecord pass, boolean requested) {
        return parts.reconciler().turn(lease,
                routine -> new ComparingTurns(parts, lease, routine, new ComparingTurns.Streams() {
                    @Override
                    public Uni<Void> changes(RunRecord run) {
                        return changes.once(run);
                    }

                    @Override
                    public Uni<Void> whole(RunRecord run) {
                        return whole.once(run);
                    }

                    @Override
                    public ChannelWorker channel(UUID channelId) {
                        return StoreWorker.this.channel(channelId);
                    }

                    @Override
                    public void wake() {
                        doubles.wake();
                        StoreWorker.this.sold();
                        all().forEach(ChannelWorker::changed);
                    }
                }));
    }

    private void sold() {
        postings.wake();
        all().forEach(ChannelWorker::sold);
    }

    private void stored(StoredRows rows) {
        parts.metrics().rows("variants-and-levels", rows.changed());
        all().forEach(channel -> channel.stored(rows));
    }

    private void readEnded() {
        reading.decrementAndGet();
        all().forEach(ChannelWorker::readEnded);
    }

    private Uni<Void> begin(ConnectedChannel channel) {
        synchronized (this) {
            if (stopped || channels.containsKey(channel.id())) {
                return Uni.createFrom().voidItem();
            }
            channels.put(channel.id(),
                    new ChannelWorker(parts, lease, channel.id(), () -> reading.get() > 0, lost, this::sold, postings::wake));
        }
        ChannelWorker worker = channel(channel.id());
        return parts.till().neverRead(channel)
                .chain(first -> first ? parts.runs().requestFirstSync(lease, channel.id()) : Uni.createFrom().item(false))
                .invoke(asked -> {
                    if (asked) {
                        worker.awaitFirstRun();
                    }
                    worker.start();
                    if (storefrontStarted.compareAndSet(false, true)) {
                        changes.start();
                        whole.start();
                        postings.start();
                        doubles.start();
                        shipped.start();
                        reconcile.start();
                        inbox.start();
                    }
                })
                // Begun with anew at the next look.
                .onFailure().invoke(failure -> forget(channel.id()))
                .onFailure(Fence.Lost.class).invoke(lost)
                .replaceWithVoid();
    }

    private synchronized void forget(UUID channelId) {
        ChannelWorker worker = channels.remove(channelId);
        if (worker != null) {
            worker.stop();
        }
    }

    private synchronized void stopAllBut(List<ConnectedChannel> active) {
        Set<UUID> gone = new HashSet<>(channels.keySet());
        active.forEach(channel -> gone.remove(channel.id()));
        gone.forEach(id -> channels.remove(id).stop());
    }

    private synchronized ChannelWorker channel(UUID channelId) {
        return channels.get(channelId);
    }

    private synchronized List<ChannelWorker> all() {
        return List.copyOf(channels.values());
    }
}
