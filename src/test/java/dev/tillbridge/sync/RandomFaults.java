package dev.tillbridge.sync;

import java.util.List;
import java.util.Locale;
import java.util.Random;

import dev.tillbridge.testing.ControlApi;

/** Faults of both vendors, drawn at random: some of all calls, more of those that an order's life is made of. */
final class RandomFaults {

    /** Longer than a call may take, and less than passes until an order is looked for. */
    private static final int TOO_LONG_MS = 2_000;
    private static final List<String> KINDS = List.of("RESET_BEFORE", "RESET_AFTER", "SERVER_ERROR_BEFORE",
            "SERVER_ERROR_AFTER", "LATENCY", "MALFORMED_JSON", "TRUNCATED_JSON", "HTML");
    private static final List<String> OF_ORDERS = List.of("OrderCreate", "OrdersByIdentity", "OrderById", "OrderMarkAsPaid",
            "OrderCancel", "FulfillmentCancel", "JobStatus", "RefundCreate", "StockAdjust", "LevelsById",
            "OrdersCreatedSince");

    private final Random random;

    RandomFaults(Random random) {
        this.random = random;
    }

    void begin() {
        ControlApi.delete("/faults");
        for (String kind : KINDS) {
            add("clover", "*", kind, 0.02 * random.nextDouble());
            add("shopify", "*", kind, 0.02 * random.nextDouble());
        }
        for (String call : OF_ORDERS) {
            add("shopify", call, KINDS.get(random.nextInt(KINDS.size())), 0.3 * random.nextDouble());
            add("shopify", call, KINDS.get(random.nextInt(KINDS.size())), 0.2 * random.nextDouble());
        }
        burst("clover");
        burst("shopify");
    }

    static void end() {
        ControlApi.delete("/faults");
    }

    /** A few calls in a row are refused because there were too many. */
    private void burst(String side) {
        ControlApi.post("/faults", String.format(Locale.ROOT,
                "{\"side\":\"%s\",\"operation\":\"*\",\"kind\":\"TOO_MANY_REQUESTS\",\"nth\":%d,\"times\":%d}", side,
                20 + random.nextInt(150), 1 + random.nextInt(4)));
    }

    private void add(String side, String call, String kind, double probability) {
        ControlApi.post("/faults", String.format(Locale.ROOT,
                "{\"side\":\"%s\",\"operation\":\"%s\",\"kind\":\"%s\",\"probability\":%.4f,\"latencyMs\":%d,\"seed\":%d}",
                side,
                call, kind, probability, kind.equals("LATENCY") ? TOO_LONG_MS : 0, random.nextInt(1_000_000)));
    }
}
