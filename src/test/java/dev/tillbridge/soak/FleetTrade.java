package dev.tillbridge.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.tillbridge.sync.RandomSale;
import dev.tillbridge.sync.RandomTrade;
import dev.tillbridge.testing.Controls;

/** Trade at all tills and in all web shops of the fleet at once; sales follow from the seed. */
final class FleetTrade implements AutoCloseable {

    private static final Duration WEB_ORDER_EVERY = Duration.ofSeconds(2);

    private final Controls sandbox;
    private final SoakScale scale;
    private final ExecutorService people = Executors.newCachedThreadPool();
    private final List<Future<?>> playing = new ArrayList<>();

    FleetTrade(Controls sandbox, SoakScale scale) {
        this.sandbox = sandbox;
        this.scale = scale;
    }

    void begin(int seed, List<FleetStore> stores) {
        for (FleetStore store : stores) {
            for (FleetStore.Till till : store.tills()) {
                Random random = new Random(seed * 31L + till.merchantId().hashCode());
                playing.add(people.submit(() -> {
                    new RandomTrade(sandbox, till.merchantId(), random,
                            new RandomSale(random, store.pieces(), store.measured()),
                            !store.choices().refundRestock().equals("NONE"), !store.choices().tips())
                            .play(scale.salesPerTill(), scale.trade(), sale -> {
                                store.books().sold(List.of(sale), store.choices());
                                store.orders().add(sale);
                            });
                    return null;
                }));
            }
            playing.add(people.submit(() -> {
                web(store, new Random(seed * 17L + store.domain().hashCode()));
                return null;
            }));
        }
    }

    private void web(FleetStore store, Random random) throws InterruptedException {
        long end = System.nanoTime() + scale.trade().toNanos();
        while (System.nanoTime() < end) {
            String sku = store.pieces().get(random.nextInt(store.pieces().size()));
            int units = 1 + random.nextInt(3);
            if (!sandbox.send("POST", "/shopify/orders", String.format(Locale.ROOT,
                    "{\"shop\":\"%s\",\"lines\":[{\"sku\":\"%s\",\"quantity\":%d}]}", store.domain(), sku, units))
                    .path("orderId").isNull()) {
                store.books().soldOnTheWeb(sku, units);
            }
            Thread.sleep(random.nextInt((int) WEB_ORDER_EVERY.toMillis()));
        }
    }

    /** Waits until all is played. */
    void end() throws InterruptedException, ExecutionException {
        for (Future<?> each : playing) {
            each.get();
        }
    }

    @Override
    public void close() {
        people.shutdownNow();
    }
}
