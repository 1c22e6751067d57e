package dev.tillbridge.process;

import java.util.ArrayList;
import java.util.List;

/**
 * When the process is killed: while these calls are under way, all at once.
 *
 * @param kind how they go on without it
 * @param lost a call whose answer is lost before; null for none
 * @param calls side and operation
 */
record KilledMoment(Trade trade, Kind kind, String lost, List<String> calls) {

    /** What the calls are made for. */
    enum Trade {
        SALE,
        REFUND,
        VOID
    }

    /** As faults that hold a call: it is never done, done when the process is gone, or done and not answered yet. */
    enum Kind {
        NEVER("RESET_BEFORE", 8_000),
        LATE("LATENCY", 2_000),
        DONE("LATENCY_AFTER", 8_000);

        private final String fault;
        private final int milliseconds;

        Kind(String fault, int milliseconds) {
            this.fault = fault;
            this.milliseconds = milliseconds;
        }
    }

    static final List<KilledMoment> ALL = all();

    private static List<KilledMoment> all() {
        List<KilledMoment> all = new ArrayList<>();
        for (String call : List.of("clover orders.list", "clover payments.list", "clover orders.get",
                "clover orders.line_items.list", "shopify LevelsById")) {
            all.add(new KilledMoment(Trade.SALE, Kind.NEVER, null, List.of(call)));
        }
        all.add(new KilledMoment(Trade.SALE, Kind.NEVER, "shopify OrderCreate", List.of("shopify OrdersByIdentity")));
        all.add(new KilledMoment(Trade.REFUND, Kind.NEVER, null, List.of("clover refunds.list")));
        all.add(new KilledMoment(Trade.REFUND, Kind.NEVER, null, List.of("shopify OrderById")));
        for (Kind kind : Kind.values()) {
            all.add(new KilledMoment(Trade.SALE, kind, null, List.of("shopify OrderCreate", "shopify StockAdjust")));
            all.add(new KilledMoment(Trade.REFUND, kind, null, List.of("shopify RefundCreate", "shopify StockAdjust")));
        }
        for (Kind kind : List.of(Kind.NEVER, Kind.DONE)) {
            all.add(new KilledMoment(Trade.VOID, kind, null, List.of("shopify FulfillmentCancel")));
            all.add(new KilledMoment(Trade.VOID, kind, null, List.of("shopify OrderCancel")));
        }
        return List.copyOf(all);
    }

    /** What is asked of the sandbox. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (lost != null) {
            faults.add(fault(lost, "RESET_AFTER", 0));
        }
        calls.forEach(call -> faults.add(fault(call, kind.fault, kind.milliseconds)));
        return faults;
    }

    private static String fault(String call, String kind, int milliseconds) {
        return "{\"side\":\"" + call.split(" ", 2)[0] + "\",\"operation\":\"" + call.split(" ", 2)[1] + "\",\"kind\":\"" + kind
                + "\",\"nth\":1,\"times\":1,\"latencyMs\":" + milliseconds + "}";
    }
}
