package dev.tillbridge.sync;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.platform.Fence;

/** Works on one store while its lease is held: the store's own stream, and a worker for each active channel. */
final class StoreWorker implements Stream.Owner {

    private static final Logger LOG = Logger.getLogger(StoreWorker.class);

    private final EngineParts parts;
    private final HeldLease lease;
    private final Runnable lost;
    private final Stream storefront;
    private final Map<UUID, ChannelWorker> channels = new HashMap<>();
    private final AtomicBoolean storefrontStarted = new AtomicBoolean();
    private boolean stopped;

    /** @param lost called when the lease turns out to be gone, or the store is to be left alone */
    StoreWorker(EngineParts parts, HeldLease lease, Runnable lost) {
        this.parts = parts;
        this.lease = lease;
        this.lost = lost;
        this.storefront = new Stream(parts, lease, null, StorefrontReader.STREAM, parts.config().stockPoll(), this,
                this::storefront);
    }

    HeldLease lease() {
        return lease;
    }

    Uni<Void> start() {
        return parts.runs().resume(lease).chain(this::refresh);
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
        RunRecord run = RunRecord.requested(parts.runs(), lease, requested);
        ChannelWorker channel = channel(requested.channelId());
        if (channel == null) {
            return run.finish("The channel is paused, or its token is no longer accepted");
        }
        LOG.infof("Run %s of channel %s begins", requested.id(), requested.channelId());
        channel.readingBegins();
        run.phase("reading");
        return run.flush()
                .chain(() -> Uni.combine().all().unis(storefront.once(run), channel.read(run)).discardItems())
                // Only while it reads do turns by the clock wait: a long write must not keep changes from being seen.
                .onTermination().invoke(channel::readingEnds)
                .chain(() -> channel.write(run))
                .chain(() -> run.finish(null))
                .onFailure().recoverWithUni(failure -> ended(run, channel, failure));
    }

    private Uni<Void> ended(RunRecord run, ChannelWorker channel, Throwable failure) {
        LOG.warnf("A run of store %s ended early: %s", lease.storeId(), failure.getMessage());
        Uni<Void> stored = run.finish(Stream.message(failure));
        return failure instanceof ConnectorException.Unauthorized unauthorized
                ? stored.chain(() -> channel.unauthorized(unauthorized)).replaceWithVoid()
                : stored;
    }

    synchronized void stop() {
        stopped = true;
        storefront.stop();
        channels.values().forEach(ChannelWorker::stop);
        channels.clear();
    }

    /** A person changed something: settings, a link, a recount. */
    void wake() {
        storefront.wake();
        all().forEach(channel -> channel.storeChanged(true));
    }

    @Override
    public synchronized boolean busy() {
        return channels.values().stream().anyMatch(ChannelWorker::busy);
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

    private Uni<Boolean> storefront(RunRecord pass, boolean requested) {
        if (requested) {
            pass.phase("reading");
        }
        return parts.storefront().read(pass, requested && pass.full()).map(stored -> {
            parts.metrics().rows("variants-and-levels", stored.changed());
            if (stored.changed() > 0 && !requested) {
                all().forEach(channel -> channel.storeChanged(stored.matchable() > 0));
            }
            return stored.changed() > 0;
        });
    }

    private Uni<Void> begin(ConnectedChannel channel) {
        synchronized (this) {
            if (stopped || channels.containsKey(channel.id())) {
                return Uni.createFrom().voidItem();
            }
            channels.put(channel.id(), new ChannelWorker(parts, lease, channel.id(), lost));
        }
        ChannelWorker worker = channel(channel.id());
        return parts.till().neverRead(channel)
                .chain(first -> first
                        ? parts.runs().requestFirstSync(lease, channel.id()).invoke(worker::awaitFirstRun)
                        : Uni.createFrom().voidItem())
                .invoke(() -> {
                    worker.start();
                    if (storefrontStarted.compareAndSet(false, true)) {
                        storefront.start();
                    }
                })
                .onFailure(Fence.Lost.class).invoke(lost);
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
