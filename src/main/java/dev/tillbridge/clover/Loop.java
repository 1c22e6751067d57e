package dev.tillbridge.clover;

import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;

/** One thread's time and turn: what runs here never runs at the same time, so it needs no locks. A fake one makes time in tests. */
interface Loop {

    /** Monotonic nanoseconds since an arbitrary start, never negative. */
    long nanos();

    void execute(Runnable task);

    /** Runs the task after so many nanoseconds; the answer cancels it. */
    Runnable schedule(Runnable task, long delayNanos);

    /** On one of Vert.x's event loops. Netty's own timer is used because Vert.x rounds to milliseconds, which a 65 ms beat would feel. */
    static Loop on(EventLoop eventLoop) {
        long origin = System.nanoTime();
        return new Loop() {

            @Override
            public long nanos() {
                return System.nanoTime() - origin;
            }

            @Override
            public void execute(Runnable task) {
                eventLoop.execute(task);
            }

            @Override
            public Runnable schedule(Runnable task, long delayNanos) {
                ScheduledFuture<?> timer = eventLoop.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
                // A task that runs already, on its own loop, is left alone.
                return () -> timer.cancel(false);
            }
        };
    }
}
