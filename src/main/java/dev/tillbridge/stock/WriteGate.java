package dev.tillbridge.stock;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.smallrye.mutiny.Uni;

/**
 * Lets the writes of one chunk through while sales are fresh and what an item should show is still what was decided. A
 * chunk takes longer to write than sales stay fresh, so they are read again on the way: ahead of time and by one of the
 * writes, while the others go on, because a till that waits for its sales is not written at its full rate.
 */
final class WriteGate {

    /** Sales asked for at this share of the allowed age leave the rest of it for the writes that follow. */
    private static final double ASKED = 0.7;
    /** A read of sales that takes longer than all of that lets this much through, or a slow till would never be lowered. */
    private static final Duration AT_LEAST = Duration.ofSeconds(1);

    private record Window(long renewAt, long until) {}

    private final FreshSales sales;
    private final Function<List<String>, Uni<Map<String, BigDecimal>>> targets;
    private final LongSupplier clock;
    private final Duration asked;
    private final long nanos;
    private final AtomicReference<Uni<Void>> renewing = new AtomicReference<>();
    private volatile List<String> items = List.of();
    private volatile Map<String, BigDecimal> now;
    private volatile Window window;
    private volatile Throwable failure;

    /** @param targets what these items should show now */
    WriteGate(FreshSales sales, Duration salesAge, Function<List<String>, Uni<Map<String, BigDecimal>>> targets) {
        this(sales, salesAge, targets, System::nanoTime);
    }

    WriteGate(FreshSales sales, Duration salesAge, Function<List<String>, Uni<Map<String, BigDecimal>>> targets,
            LongSupplier clock) {
        this.sales = sales;
        this.clock = clock;
        this.targets = targets;
        this.asked = Duration.ofMillis((long) (salesAge.toMillis() * ASKED));
        this.nanos = salesAge.minus(asked).toNanos();
    }

    /** Sees to fresh sales before a chunk's targets are read. */
    Uni<Void> open() {
        return Uni.createFrom().deferred(() -> {
            long start = clock.getAsLong();
            return sales.within(asked).invoke(() -> window = window(start));
        });
    }

    /** The chunk's items were decided on, by targets read after the gate was opened. */
    void watch(List<PlannedWrite> planned) {
        items = planned.stream().map(write -> write.item().itemId()).toList();
    }

    /** Whether this write may be sent now. Once sales could not be read it is always no; {@link #failure} says why. */
    Uni<Boolean> admits(PlannedWrite write) {
        return Uni.createFrom().deferred(() -> {
            if (failure != null) {
                return Uni.createFrom().item(false);
            }
            long at = clock.getAsLong();
            boolean fresh = at - window.renewAt() < 0 || (at - window.until() < 0 && renewing.get() != null);
            return fresh
                    ? Uni.createFrom().item(right(write))
                    : renewal().map(renewed -> right(write)).onFailure().invoke(thrown -> failure = thrown)
                            .onFailure().recoverWithItem(false);
        });
    }

    /** Why sales could not be read; null where they could. */
    Throwable failure() {
        return failure;
    }

    private boolean right(PlannedWrite write) {
        if (now == null) {
            return true;
        }
        BigDecimal target = now.get(write.item().itemId());
        return target != null && target.compareTo(write.item().target()) == 0;
    }

    /** One for all who wait. */
    private Uni<Void> renewal() {
        Uni<Void> mine = open().chain(() -> targets.apply(items)).invoke(read -> now = read).replaceWithVoid()
                .onTermination().invoke(() -> renewing.set(null)).memoize().indefinitely();
        Uni<Void> others = renewing.compareAndExchange(null, mine);
        return others == null ? mine : others;
    }

    private Window window(long start) {
        long until = Math.max(start + nanos, clock.getAsLong() + AT_LEAST.toNanos());
        return new Window(start + nanos / 2, until);
    }
}
