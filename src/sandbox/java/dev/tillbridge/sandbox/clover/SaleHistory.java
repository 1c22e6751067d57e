package dev.tillbridge.sandbox.clover;

import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.tillbridge.sandbox.control.BadControlInput;
import dev.tillbridge.sandbox.control.ControlRequest;
import dev.tillbridge.sandbox.control.ControlRoutes;

/** {@code POST /_sandbox/clover/history}: many paid orders of the past at once. They touch no stock, and none comes late. */
final class SaleHistory {

    private static final int MOST = 200_000;
    private static final long DAY_MS = 24 * 3_600_000L;
    /** From the first line to the payment. */
    private static final long TAKES_MS = 20_000;
    private static final int ONE_REFUND_IN = 25;

    private final CloverBook book;
    private final Till till;

    SaleHistory(CloverBook book, Till till) {
        this.book = book;
        this.till = till;
    }

    void addTo(ControlRoutes routes) {
        routes.add("POST", "/clover/history",
                "count paid orders of mixed shapes, spread over the past days; a few partly refunded. They lower no stock.",
                "{\"merchantId\":\"3D19QN31ANYR5\",\"count\":2000,\"days\":60,\"seed\":7}", this::make);
    }

    private Object make(ControlRequest request) {
        request.only("merchantId", "count", "days", "seed");
        int count = request.integer("count", 1_000);
        int days = request.integer("days", 30);
        if (count < 1 || count > MOST || days < 1) {
            throw new BadControlInput("\"count\" is 1 to " + MOST + ", \"days\" 1 or more.");
        }
        Merchant merchant = SaleControls.merchant(book, request);
        Random random = new Random(request.integer("seed", 1));
        RandomSales sales = new RandomSales(till, merchant, random);
        long from = merchant.sales.now() - days * DAY_MS;
        double step = (days * DAY_MS - 2.0 * TAKES_MS) / count;
        for (int i = 0; i < count; i++) {
            past(merchant.sales, sales, from + (long) (step * i), random.nextInt(ONE_REFUND_IN) == 0);
        }
        return Map.of("orders", count);
    }

    private void past(SaleBook sales, RandomSales random, long made, boolean refunded) {
        Order order = random.next(made);
        order.state = order.state.equals("OPEN") ? "LOCKED" : "locked";
        List<Payment> payments = random.payments(order, made + TAKES_MS);
        sales.orders.add(order);
        for (Payment payment : payments) {
            payment.tax = till.taxIn(order, payment.amount);
            order.payments.add(payment);
            sales.payments.add(payment);
        }
        if (refunded && !payments.isEmpty()) {
            Payment payment = payments.get(0);
            Refund refund = new Refund(sales.newId(),
                    till.moment(order.merchant, order.device, made + TAKES_MS), payment, (payment.amount + 1) / 2, 0,
                    List.of());
            order.refunds.add(refund);
            sales.refunds.add(refund);
        }
        sales.stamp(order, made + TAKES_MS);
    }
}
