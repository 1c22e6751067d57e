package dev.tillbridge.sync;

import java.time.Duration;

import io.vertx.core.Vertx;

/** Wakes a stream between its own turns: at one time at most, and never once it was stopped. */
final class WakeTimer {

    private final Vertx vertx;
    private final Runnable wake;
    private long timer = -1;
    private boolean stopped;

    WakeTimer(Vertx vertx, Runnable wake) {
        this.vertx = vertx;
        this.wake = wake;
    }

    /** @param delay null: not at all; in any case not when it was said before */
    synchronized void after(Duration delay) {
        cancel();
        if (delay != null && !stopped) {
            timer = vertx.setTimer(delay.toMillis() + 1, due -> wake.run());
        }
    }

    synchronized void stop() {
        stopped = true;
        cancel();
    }

    private void cancel() {
        if (timer >= 0) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
    }
}
