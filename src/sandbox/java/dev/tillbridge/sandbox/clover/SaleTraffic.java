package dev.tillbridge.sandbox.clover;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import io.vertx.core.Vertx;

import dev.tillbridge.sandbox.control.BadControlInput;
import dev.tillbridge.sandbox.control.ControlRequest;
import dev.tillbridge.sandbox.control.ControlRoutes;

/** {@code POST /_sandbox/traffic}: till sales at a rate for each merchant, until it is 0. Web orders are not made here. */
final class SaleTraffic {

    private static final int FASTEST = 60_000;
    private static final long MINUTE_MS = 60_000;

    private final Vertx vertx;
    private final CloverBook book;
    private final Till till;
    private final Map<String, Long> timers = new HashMap<>();

    SaleTraffic(Vertx vertx, CloverBook book, Till till) {
        this.vertx = vertx;
        this.book = book;
        this.till = till;
    }

    void addTo(ControlRoutes routes) {
        routes.add("POST", "/traffic",
                "Paid till sales of random items at a rate per minute, of each merchant that was told one; 0 stops his."
                        + " ordersPerMinute is not simulated yet.",
                "{\"merchantId\":\"3D19QN31ANYR5\",\"salesPerMinute\":60,\"seed\":7}", this::rate);
    }

    private Object rate(ControlRequest request) {
        request.only("merchantId", "salesPerMinute", "ordersPerMinute", "seed");
        if (request.integer("ordersPerMinute", 0) != 0) {
            throw new BadControlInput(501, "Web orders are not simulated yet: \"ordersPerMinute\" must be 0.");
        }
        int rate = request.integer("salesPerMinute", 0);
        if (rate < 0 || rate > FASTEST) {
            throw new BadControlInput("\"salesPerMinute\" is 0 to " + FASTEST + ".");
        }
        Merchant merchant = SaleControls.merchant(book, request);
        Long before = timers.remove(merchant.id);
        if (before != null) {
            vertx.cancelTimer(before);
        }
        if (rate > 0) {
            RandomSales sales = new RandomSales(till, merchant, new Random(request.integer("seed", 1)));
            timers.put(merchant.id, vertx.setPeriodic(Math.max(1, MINUTE_MS / rate), unused -> sell(merchant, sales)));
        }
        return Map.of("merchantId", merchant.id, "salesPerMinute", rate);
    }

    private void sell(Merchant merchant, RandomSales sales) {
        merchant.sales.settle();
        long now = merchant.sales.now();
        Order order = sales.next(now);
        till.open(order);
        sales.payments(order, now).forEach(till::pay);
    }

    void stop() {
        timers.values().forEach(vertx::cancelTimer);
        timers.clear();
    }
}
