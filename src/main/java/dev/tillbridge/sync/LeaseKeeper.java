package dev.tillbridge.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

import dev.tillbridge.channel.ChannelChanged;
import dev.tillbridge.channel.StoreChanged;
import dev.tillbridge.platform.Replica;

/**
 * Claims due stores, keeps their leases, gives them back. What is held is worked on by a {@link StoreWorker}; a lease that
 * cannot be renewed ends its worker before it ends for others.
 */
@ApplicationScoped
class LeaseKeeper {

    private static final Logger LOG = Logger.getLogger(LeaseKeeper.class);
    private static final Duration REST_OF_IDLE_STORE = Duration.ofMinutes(1);
    private static final Duration RENEWAL = Duration.ofSeconds(10);
    private static final int REFRESHED_AT_ONCE = 8;
    /** Somewhat more than from one claim to the next by the clock. */
    private static final Duration NEXT_CLAIMS = Duration.ofMillis(1_500);

    private final EngineParts parts;
    private final LeaseRepository leases;
    private final StoreClaims claims;
    private final WakeTimer leaseEnds;
    private final Executor executor = Infrastructure.getDefaultExecutor();
    private final AtomicBoolean claiming = new AtomicBoolean();
    private final String owner;
    private final Map<UUID, StoreWorker> workers = new ConcurrentHashMap<>();
    private volatile long renewedAt;
    private volatile long refreshedAt;
    private volatile boolean stopping;
    private HandOver leaving;

    LeaseKeeper(EngineParts parts, LeaseRepository leases, StoreClaims claims, Replica replica) {
        this.parts = parts;
        this.leases = leases;
        this.claims = claims;
        this.leaseEnds = new WakeTimer(parts.vertx(), this::claimNow);
        this.owner = replica.id();
        parts.metrics().leases(workers);
    }

    @Scheduled(identity = "leases", every = "1s", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        if (stopping || !parts.config().enabled()) {
            return Uni.createFrom().voidItem();
        }
        return takeRuns().chain(this::refresh)
                .onFailure().invoke(failure -> LOG.errorf("Stores could not be looked after: %s", failure.getMessage()))
                .onFailure().recoverWithNull();
    }

    /** By the clock, as soon as another replica's lease ends unrenewed, and when a store changes that is not held here. */
    @Scheduled(identity = "claims", every = "1s", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> claim() {
        if (stopping || !parts.config().enabled() || !claiming.compareAndSet(false, true)) {
            return Uni.createFrom().voidItem();
        }
        List<StoreWorker> begun = new ArrayList<>();
        return take(begun).ifNoItem().after(RENEWAL).fail()
                // What was claimed is held, even if asking for more failed.
                .onItemOrFailure().transformToUni((done, failure) -> start(begun)
                        // A store just connected has its first run waiting.
                        .chain(() -> begun.isEmpty() ? Uni.createFrom().voidItem() : takeRuns())
                        .chain(() -> failure == null ? Uni.createFrom().voidItem() : Uni.createFrom().failure(failure)))
                .chain(() -> claims.nextEnd(NEXT_CLAIMS)).invoke(leaseEnds::after).replaceWithVoid()
                .onTermination().invoke(() -> claiming.set(false))
                .onFailure().invoke(failure -> LOG.errorf("Stores could not be claimed: %s", failure.getMessage()))
                .onFailure().recoverWithNull();
    }

    /** Apart from all other work: nothing that takes long may keep leases from being renewed. */
    @Scheduled(identity = "renewal", every = "5s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> keep() {
        if (stopping) {
            return Uni.createFrom().voidItem();
        }
        return renew().ifNoItem().after(RENEWAL).fail()
                .onFailure().invoke(failure -> LOG.errorf("Leases could not be renewed: %s", failure.getMessage()))
                .onFailure().recoverWithNull();
    }

    /** A change made through this replica's API is worked on at once, whether its store is held already or still to be claimed. */
    void changed(@Observes ChannelChanged event) {
        wake(event.storeId());
    }

    void changed(@Observes StoreChanged event) {
        wake(event.storeId());
    }

    /**
     * The database says that a store has news: a webhook of it was stored, or another replica changed it. Where nobody holds it,
     * whoever said so made it due.
     */
    void heard(UUID storeId, boolean inbox) {
        StoreWorker worker = workers.get(storeId);
        if (worker == null) {
            return;
        }
        if (inbox) {
            worker.wakeInboxes();
        } else {
            wake(storeId);
        }
    }

    /** News may have been missed. */
    void lookAtAll() {
        refreshedAt = System.nanoTime() - parts.config().renew().toNanos();
        workers.values().forEach(StoreWorker::wakeTold);
    }

    /** Others work on the stores already while this replica still answers requests. */
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        leave();
    }

    void stop(@Observes ShutdownEvent event) {
        // Shutdown waits for its observers and for nothing else: others could not take the stores before the leases end.
        leave().end().onFailure().invoke(failure -> LOG.warnf("Leases run out by themselves: %s", failure.getMessage()))
                .onFailure().recoverWithNull().await().indefinitely();
    }

    private synchronized HandOver leave() {
        if (leaving == null) {
            stopping = true;
            leaseEnds.stop();
            List<StoreWorker> held = List.copyOf(workers.values());
            held.forEach(this::drop);
            leaving = new HandOver(leases, owner, held, claiming::get);
            leaving.begin();
        }
        return leaving;
    }

    private void wake(UUID storeId) {
        StoreWorker worker = workers.get(storeId);
        if (worker != null) {
            worker.refresh().invoke(worker::wake).subscribe().with(done -> LOG.debugf("Store %s woken", storeId),
                    failure -> LOG.warnf("Store %s could not be woken, its next look comes by itself: %s", storeId,
                            failure.getMessage()));
        } else {
            // Not from here: whatever is claimed would begin on the event loop of who changed this store.
            leases.due(storeId).emitOn(executor).subscribe().with(due -> claimNow(),
                    failure -> LOG.warnf("Store %s could not be made due: %s", storeId, failure.getMessage()));
        }
    }

    private Uni<Void> renew() {
        Duration lease = parts.config().lease();
        if (workers.isEmpty() || System.nanoTime() - renewedAt < parts.config().renew().toNanos()) {
            return Uni.createFrom().voidItem();
        }
        long asked = System.nanoTime();
        // Those that are claimed meanwhile are not in the answer, and not lost.
        Map<UUID, StoreWorker> held = Map.copyOf(workers);
        return leases.renew(owner, lease, held.keySet()).invoke(fences -> {
            renewedAt = asked;
            // Nor are those that were given back meanwhile.
            held.values().stream().filter(worker -> workers.get(worker.lease().storeId()) == worker).forEach(worker -> {
                Long fence = fences.get(worker.lease().storeId());
                if (fence != null && fence == worker.lease().number()) {
                    worker.lease().renewed(asked, lease);
                } else {
                    LOG.warnf("The lease of store %s is lost", worker.lease());
                    parts.metrics().leaseChange("lost", 1);
                    drop(worker);
                }
            });
        }).replaceWithVoid();
    }

    private void claimNow() {
        claim().subscribe().with(done -> LOG.debug("Claimed what nobody holds"),
                failure -> LOG.errorf("Stores could not be claimed: %s", failure.getMessage()));
    }

    /** Rounds of claims, for as long as there are stores whose holder is gone; each round's are held before the next is asked for. */
    private Uni<Void> take(List<StoreWorker> begun) {
        return claims.round(workers.size()).chain(round -> {
            synchronized (this) {
                if (stopping) {
                    return leases.release(owner, round.claimed().stream().map(HeldLease::storeId).toList(), Duration.ZERO);
                }
                round.claimed().forEach(lease -> begun.add(begin(lease)));
            }
            return round.takenOver() ? take(begun) : Uni.createFrom().voidItem();
        });
    }

    /** None waits for another one's start. */
    private Uni<Void> start(List<StoreWorker> begun) {
        return Multi.createFrom().iterable(begun).onItem().transformToUni(this::start).merge(REFRESHED_AT_ONCE)
                .collect().last().replaceWithVoid();
    }

    private StoreWorker begin(HeldLease lease) {
        UUID storeId = lease.storeId();
        StoreWorker worker = new StoreWorker(parts, lease, () -> giveBack(storeId, lease.number()));
        drop(storeId);
        workers.put(storeId, worker);
        parts.metrics().leaseChange("claimed", 1);
        LOG.infof("Store %s is worked on here, with fencing number %d", storeId, lease.number());
        return worker;
    }

    private Uni<Void> start(StoreWorker worker) {
        HeldLease lease = worker.lease();
        return worker.start()
                .onFailure().invoke(failure -> LOG.errorf(failure, "Store %s could not be begun with", lease.storeId()))
                .onFailure().recoverWithUni(failure -> {
                    giveBack(lease.storeId(), lease.number());
                    return Uni.createFrom().voidItem();
                });
    }

    private Uni<Void> takeRuns() {
        Map<UUID, Long> held = started();
        return held.isEmpty()
                ? Uni.createFrom().voidItem()
                : parts.runs().take(owner, held).invoke(runs -> runs.forEach(run -> {
                    StoreWorker worker = workers.get(run.storeId());
                    if (worker == null) {
                        LOG.warnf("Run %s waits for the next holder of its store", run.id());
                        return;
                    }
                    worker.execute(run).subscribe().with(done -> LOG.infof("Run %s is over", run.id()),
                            failure -> LOG.warnf("Run %s could not be ended here: %s", run.id(), failure.getMessage()));
                })).replaceWithVoid();
    }

    /** Changes made through another replica are seen by looking. */
    private Uni<Void> refresh() {
        if (System.nanoTime() - refreshedAt < parts.config().renew().toNanos()) {
            return Uni.createFrom().voidItem();
        }
        refreshedAt = System.nanoTime();
        return Multi.createFrom().iterable(new ArrayList<>(workers.values()))
                .onItem().transformToUni(worker -> worker.refresh()
                        .onFailure().invoke(failure -> LOG.warnf("Store %s could not be looked at: %s", worker.lease(),
                                failure.getMessage()))
                        .onFailure().recoverWithNull())
                .merge(REFRESHED_AT_ONCE)
                .collect().last();
    }

    /** The fencing number of each store that is worked on; a run of one that has just been claimed would find no channel yet. */
    private Map<UUID, Long> started() {
        return workers.values().stream().filter(StoreWorker::started)
                .collect(Collectors.toMap(worker -> worker.lease().storeId(), worker -> worker.lease().number()));
    }

    private void giveBack(UUID storeId, long fence) {
        StoreWorker worker = workers.get(storeId);
        if (worker == null || worker.lease().number() != fence) {
            return;
        }
        drop(worker);
        parts.metrics().leaseChange("released", 1);
        leases.release(owner, List.of(storeId), REST_OF_IDLE_STORE).subscribe().with(
                done -> LOG.infof("Store %s is given back", storeId),
                failure -> LOG.warnf("The lease of store %s runs out by itself: %s", storeId, failure.getMessage()));
    }

    private void drop(UUID storeId) {
        StoreWorker worker = workers.get(storeId);
        if (worker != null) {
            drop(worker);
        }
    }

    private void drop(StoreWorker worker) {
        if (workers.remove(worker.lease().storeId(), worker)) {
            worker.lease().lost();
            worker.stop();
        }
    }
}
