package dev.tillbridge.clover;

import java.util.ArrayDeque;
import java.util.Deque;

/** The waiters of one token's lane, in the order they came. Touched on the token's loop only. */
final class LaneQueue {

    final CloverGovernor token;
    final Lane lane;
    private final Deque<Waiter<?>> waiters = new ArrayDeque<>();
    /** Not before then, as far as the lane's own spacing is concerned. */
    long spacedUntil;
    /** How often another lane of the token went although this one could have. */
    int passedOver;
    /** The number of the turn that was its last. */
    long lastTurn;

    LaneQueue(CloverGovernor token, Lane lane) {
        this.token = token;
        this.lane = lane;
    }

    void add(Waiter<?> waiter) {
        waiters.add(waiter);
    }

    /** Whether somebody waits; those who left are dropped here, when they come to the front. */
    boolean waits() {
        while (!waiters.isEmpty() && !waiters.peek().queued) {
            waiters.remove();
        }
        return !waiters.isEmpty();
    }

    Waiter<?> first() {
        return waiters.peek();
    }

    Waiter<?> take() {
        return waiters.remove();
    }
}
