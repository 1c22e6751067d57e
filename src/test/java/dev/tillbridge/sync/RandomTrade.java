package dev.tillbridge.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tillbridge.testing.Controls;

/**
 * Sales of a till and what becomes of them, drawn at random and played as time goes by: paid at once, later or never, refunded,
 * voided, deleted, before the service has read them, while it imports them, or after.
 */
public final class RandomTrade {

    private static final int FOLLOWED_WITHIN_MS = 2_500;
    private static final int AGAIN_MS = 250;
    private static final int MOST_TRIES = 60;

    /**
     * What is done about a sale. The till refuses it while a payment is still on its way, and it is tried again.
     *
     * @param after how long after the step before
     * @param body JSON of the call besides the order's id, of the sale's answer
     * @param takes whether it must take back a payment, else it was too early
     */
    private record Step(int after, String path, Function<JsonNode, String> body, boolean takes) {}

    private record Plan(ObjectNode sale, List<Step> steps) {}

    private record Act(long at, long number, int tries, Plan plan, JsonNode sold, int step) {}

    private final Controls till;
    private final String merchantId;
    private final Random random;
    private final RandomSale sales;
    private final boolean voids;
    private final boolean lateTips;
    private final PriorityQueue<Act> acts = new PriorityQueue<>(
            Comparator.comparingLong(Act::at).thenComparingLong(Act::number));

    /**
     * @param till whose sandbox the till is in
     * @param voids whether sales that were paid are voided or deleted
     * @param lateTips whether tips are put on payments later
     */
    public RandomTrade(Controls till, String merchantId, Random random, RandomSale sales, boolean voids, boolean lateTips) {
        this.till = till;
        this.merchantId = merchantId;
        this.random = random;
        this.sales = sales;
        this.voids = voids;
        this.lateTips = lateTips;
    }

    /** Plays so many sales, begun within that time, to their end; answers the till's order ids. */
    public List<String> play(int count, Duration within) throws InterruptedException {
        List<String> orders = new ArrayList<>();
        play(count, within, orders::add);
        return orders;
    }

    /** The same; each order's id is told as it is made. */
    public void play(int count, Duration within, Consumer<String> orders) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            acts.add(new Act(random.nextInt((int) within.toMillis()), i, 0, plan(), null, 0));
        }
        long began = System.nanoTime();
        while (!acts.isEmpty()) {
            Act act = acts.poll();
            Thread.sleep(Math.max(0, act.at() - (System.nanoTime() - began) / 1_000_000));
            if (act.sold() == null) {
                JsonNode sold = till.send("POST", "/clover/sales", act.plan().sale().put("merchantId", merchantId).toString());
                orders.accept(sold.path("orderId").asText());
                next(act, sold, 0);
            } else if (done(act)) {
                next(act, act.sold(), act.step() + 1);
            } else if (act.tries() < MOST_TRIES) {
                acts.add(new Act(act.at() + AGAIN_MS, act.number(), act.tries() + 1, act.plan(), act.sold(), act.step()));
            } else {
                throw new IllegalStateException("The till refuses for good " + act);
            }
        }
    }

    private void next(Act act, JsonNode sold, int step) {
        if (step < act.plan().steps().size()) {
            acts.add(new Act(act.at() + act.plan().steps().get(step).after(), act.number(), 0, act.plan(), sold, step));
        }
    }

    private boolean done(Act act) {
        Step step = act.plan().steps().get(act.step());
        String more = step.body().apply(act.sold());
        return till.tried(step.path(), "{\"merchantId\":\"" + merchantId + "\",\"orderId\":\""
                + act.sold().path("orderId").asText() + "\"" + (more.isEmpty() ? "" : "," + more) + "}")
                .filter(answer -> !step.takes() || !answer.path("paymentIds").isEmpty()).isPresent();
    }

    private Plan plan() {
        int drawn = random.nextInt(100);
        if (drawn < 40) {
            return new Plan(sales.paid(), List.of());
        } else if (drawn < 46) {
            return lateTips
                    ? new Plan(untipped(), List.of(lateTip()))
                    : new Plan(untipped().put("tender", "cash").put("cashRounding", 5), List.of());
        } else if (drawn < 70) {
            return new Plan(sales.paid(), refunds(drawn));
        } else if (drawn < 79) {
            return new Plan(untipped(), voids ? voided(drawn) : List.of());
        } else if (drawn < 94) {
            return new Plan(sales.next().put("paid", false), open(drawn));
        } else if (drawn < 97) {
            return new Plan(sales.paid().put("test", true), List.of());
        }
        ObjectNode gift = sales.next();
        gift.remove("serviceCharge");
        gift.putArray("discounts").addObject().put("name", "Gift").put("percentage", 100);
        return new Plan(gift, List.of());
    }

    private List<Step> refunds(int drawn) {
        Step line = step("/clover/refunds", sold -> "\"lineIds\":[\"" + sold.at("/lineIds/0").asText() + "\"]");
        Step part = step("/clover/refunds", sold -> "\"amount\":" + part(sold, 4));
        if (drawn < 54) {
            return List.of(line);
        } else if (drawn < 58) {
            return List.of(part);
        } else if (drawn < 61) {
            return List.of(part, step("/clover/refunds", sold -> "\"amount\":" + part(sold, 4)));
        } else if (drawn < 64) {
            return List.of(step("/clover/refunds", sold -> "\"amount\":" + part(sold, 1)));
        } else if (drawn < 67) {
            return List.of(step("/clover/refunds", sold -> ""));
        }
        return List.of(step("/clover/credits", sold -> "\"amount\":" + part(sold, 4)));
    }

    private List<Step> voided(int drawn) {
        if (drawn < 73) {
            return List.of(step("/clover/voids", sold -> "\"delete\":true"));
        }
        Step taken = new Step(after(), "/clover/voids", sold -> "", true);
        return drawn < 76 ? List.of(taken) : List.of(taken, pay(1));
    }

    private List<Step> open(int drawn) {
        if (drawn < 83) {
            return List.of(pay(1));
        } else if (drawn < 86) {
            return List.of(pay(2), step("/clover/payments", sold -> ""));
        } else if (drawn < 89) {
            String more = sales.next().path("lines").toString();
            return List.of(step("/clover/orders", sold -> "\"addLines\":" + more), step("/clover/payments", sold -> ""));
        } else if (drawn < 92) {
            return List.of(step("/clover/voids", sold -> "\"delete\":true"));
        }
        return List.of();
    }

    /** Pays a part of what is due, or all of it. */
    private Step pay(int parts) {
        String tender = "\"tender\":\"" + sales.tender() + "\"";
        return step("/clover/payments", sold -> tender + ",\"amount\":" + part(sold, parts));
    }

    private Step lateTip() {
        return step("/clover/payments", sold -> "\"paymentId\":\"" + sold.at("/paymentIds/0").asText() + "\",\"tip\":75");
    }

    private Step step(String path, Function<JsonNode, String> body) {
        return new Step(after(), path, body, false);
    }

    private int after() {
        return random.nextInt(FOLLOWED_WITHIN_MS);
    }

    private static long part(JsonNode sold, int parts) {
        return Math.max(1, sold.path("total").asLong() / parts);
    }

    private ObjectNode untipped() {
        ObjectNode sale = sales.paid();
        sale.remove("tip");
        return sale;
    }
}
