package dev.tillbridge.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Gives stores back when the replica leaves, each as soon as its last turn has ended: none waits for the slowest. */
final class HandOver {

    private static final Logger LOG = Logger.getLogger(HandOver.class);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration LAST_TURNS = Duration.ofSeconds(4);
    private static final Duration STORING = Duration.ofSeconds(1);

    private final LeaseRepository leases;
    private final String owner;
    private final List<StoreWorker> waiting;
    private final Uni<Void> done;
    private volatile Throwable refused;
    /** Until {@link #end} is called there is time. */
    private volatile boolean ending;
    private volatile long until;

    /**
     * @param held workers that were told to stop
     * @param claiming whether a claim is under way, which gives back by itself what it wins
     */
    HandOver(LeaseRepository leases, String owner, List<StoreWorker> held, BooleanSupplier claiming) {
        this.leases = leases;
        this.owner = owner;
        this.waiting = new ArrayList<>(held);
        this.done = Multi.createBy().repeating().uni(this::release).withDelay(LOOK)
                .whilst(released -> (!waiting.isEmpty() || claiming.getAsBoolean()) && !(ending && System.nanoTime() > until))
                .collect().last().invoke(this::tellOfTheRest).replaceWithVoid().memoize().indefinitely();
    }

    void begin() {
        done.subscribe().with(over -> LOG.debug("All stores are handed over"),
                failure -> LOG.warnf("Leases run out by themselves: %s", failure.getMessage()));
    }

    /** Completes within 5 s, or fails; what could not be given back by then keeps its lease until that runs out. */
    Uni<Void> end() {
        until = System.nanoTime() + LAST_TURNS.toNanos();
        ending = true;
        return done.ifNoItem().after(LAST_TURNS.plus(STORING))
                .failWith(() -> new IllegalStateException("The database did not take them back in time"));
    }

    private Uni<Integer> release() {
        List<StoreWorker> ended = waiting.stream().filter(StoreWorker::idle).toList();
        return leases.release(owner, ended.stream().map(worker -> worker.lease().storeId()).toList(), Duration.ZERO)
                .invoke(() -> {
                    waiting.removeAll(ended);
                    refused = null;
                })
                .replaceWith(ended.size())
                .onFailure().invoke(failure -> refused = failure).onFailure().recoverWithItem(0);
    }

    private void tellOfTheRest() {
        waiting.forEach(worker -> LOG.warnf("The lease of store %s runs out by itself: %s", worker.lease(),
                worker.idle() && refused != null
                        ? "it could not be given back, " + refused.getMessage()
                        : "a turn has not ended, and a write of it may still be on the wire"));
    }
}
