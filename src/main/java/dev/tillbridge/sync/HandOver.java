package dev.tillbridge.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Gives stores back at shutdown, each as soon as its last turn has ended: none waits for the slowest. */
final class HandOver {

    private static final Logger LOG = Logger.getLogger(HandOver.class);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(4);
    private static final Duration STORING = Duration.ofSeconds(1);

    private final LeaseRepository leases;
    private final String owner;
    private final List<StoreWorker> waiting;
    private volatile Throwable refused;

    /** @param held workers that were told to stop */
    HandOver(LeaseRepository leases, String owner, List<StoreWorker> held) {
        this.leases = leases;
        this.owner = owner;
        this.waiting = new ArrayList<>(held);
    }

    /** Completes within 5 s, or fails; what could not be given back by then keeps its lease until that runs out. */
    Uni<Void> begin() {
        long until = System.nanoTime() + LONGEST.toNanos();
        return Multi.createBy().repeating().uni(this::release).withDelay(LOOK)
                .whilst(released -> !waiting.isEmpty() && System.nanoTime() < until)
                .collect().last().invoke(this::tellOfTheRest).replaceWithVoid()
                .ifNoItem().after(LONGEST.plus(STORING)).fail();
    }

    private Uni<Integer> release() {
        List<StoreWorker> ended = waiting.stream().filter(StoreWorker::idle).toList();
        return leases.release(owner, ended.stream().map(worker -> worker.lease().storeId()).toList(), Duration.ZERO)
                .invoke(() -> waiting.removeAll(ended)).replaceWith(ended.size())
                .onFailure().invoke(failure -> refused = failure).onFailure().recoverWithItem(0);
    }

    private void tellOfTheRest() {
        waiting.forEach(worker -> LOG.warnf("The lease of store %s runs out by itself: %s", worker.lease(),
                worker.idle() && refused != null
                        ? "it could not be given back, " + refused.getMessage()
                        : "a turn has not ended, and a write of it may still be on the wire"));
    }
}
