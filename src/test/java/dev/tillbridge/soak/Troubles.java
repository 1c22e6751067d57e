package dev.tillbridge.soak;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

import dev.tillbridge.testing.JsonClient;
import dev.tillbridge.testing.ServiceApi;

/**
 * What goes wrong around the service, by seed: calls that fail all the time, storms of 429, and one after another replicas that are
 * killed or stand still, a database that crashes or whose connections are cut, credentials that are no longer accepted, webhooks that
 * do not come as they should.
 */
final class Troubles {

    private static final List<String> SPOILED = List.of("RESET_BEFORE", "RESET_AFTER", "SERVER_ERROR_BEFORE",
            "SERVER_ERROR_AFTER", "MALFORMED_JSON", "TRUNCATED_JSON", "HTML");
    private static final List<String> OF_ORDERS = List.of("OrderCreate", "OrdersByIdentity", "RefundCreate", "StockAdjust",
            "LevelsById", "OrderCancel");
    private static final Duration ONE_EVERY = Duration.ofSeconds(5);
    /** The shop's times have no fractions. */
    private static final Duration WHOLE_SECONDS = Duration.ofSeconds(1);
    /** What a call may wait for its turn, and the index for what was made. */
    private static final Duration WAITS = Duration.ofSeconds(3);

    /** One kind of trouble that comes and goes. */
    private enum Kind {
        KILL,
        STAND_STILL,
        STAND_STILL_SHORTLY,
        DATABASE_CRASH,
        CONNECTIONS_CUT,
        TILL_TOKEN,
        SHOP_TOKEN,
        STORM,
        OUTAGE
    }

    /** Something done at a time of the trade. */
    private record Act(long atMs, String what, Work work) {}

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private final SoakWorld world;
    private final SoakScale scale;
    private final List<FleetStore> stores;
    private final Random random;
    private final int seed;
    private final List<Act> acts = new ArrayList<>();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    /** Until when a replica is away; two are never away together, so that one is left to go on. */
    private long awayUntilMs;
    private final boolean[] away;
    /** When a replica went on that had stood still for longer than a lease. */
    private final List<Instant> woken = new ArrayList<>();

    Troubles(SoakWorld world, SoakScale scale, List<FleetStore> stores, int seed) {
        this.world = world;
        this.scale = scale;
        this.stores = stores;
        this.random = new Random(seed * 104_729L);
        this.seed = seed;
        this.away = new boolean[world.replicas().count()];
        plan();
    }

    /** What was done when, since the trade began. */
    List<String> told() {
        synchronized (told) {
            return List.copyOf(told);
        }
    }

    /**
     * Whether physics leaves it open that a second order was made then: what a replica had checked before it stood still for longer
     * than its lease goes out when it wakes, while another one, which just looked and found none, asks for the order, too. Each of
     * the two calls may be stalled. The sweep mends it.
     */
    boolean leaveOpen(Instant doubled) {
        return woken.stream().anyMatch(at -> !doubled.isBefore(at.minus(WHOLE_SECONDS))
                && doubled.isBefore(at.plus(scale.stall().multipliedBy(2)).plus(WAITS)));
    }

    /** Brings all of it about; returns when the last has passed and nothing fails any more. */
    void play() throws InterruptedException, IOException {
        long began = System.nanoTime();
        calls();
        acts.sort(Comparator.comparingLong(Act::atMs));
        for (Act act : acts) {
            Thread.sleep(Math.max(0, act.atMs() - (System.nanoTime() - began) / 1_000_000));
            told.add(String.format(Locale.ROOT, "%.1f s: %s", (System.nanoTime() - began) / 1e9, act.what()));
            act.work().run();
        }
        Thread.sleep(Math.max(0, scale.trade().toMillis() - (System.nanoTime() - began) / 1_000_000));
        control("DELETE", "/faults", null);
        for (int replica = 0; replica < away.length; replica++) {
            world.replicas().get(replica).awaitReady();
        }
    }

    private void plan() {
        List<Kind> kinds = new ArrayList<>(Arrays.asList(Kind.values()));
        Collections.shuffle(kinds, random);
        int count = Math.max(2, (int) (scale.trade().toMillis() / ONE_EVERY.toMillis()));
        for (int i = 0; i < count; i++) {
            plan(kinds.get(i % kinds.size()), random.nextInt((int) scale.trade().toMillis()));
        }
    }

    private void plan(Kind kind, long at) {
        switch (kind) {
            case KILL -> leave("kill -9 of", at, 500 + random.nextInt(3_000), this::mayBeKilled,
                    replica -> world.replicas().get(replica).kill(), replica -> world.replicas().get(replica).relaunch());
            case STAND_STILL -> standStill(at, scale.lease().plusSeconds(5).toMillis());
            case STAND_STILL_SHORTLY -> standStill(at, 500 + random.nextInt((int) scale.call().toMillis()));
            case DATABASE_CRASH -> acts.add(new Act(at, "the database crashes", () -> world.database().crash()));
            case CONNECTIONS_CUT -> {
                String name = world.replicas().connectionsOf(random.nextInt(away.length));
                acts.add(new Act(at, "the connections of " + name + " are cut", () -> {
                    if (world.database().cut(name) == 0) {
                        told.add("there were none");
                    }
                }));
            }
            case TILL_TOKEN -> tillToken(at);
            case SHOP_TOKEN -> shopToken(at);
            case STORM -> {
                String side = random.nextBoolean() ? "clover" : "shopify";
                int calls = 20 + random.nextInt(60);
                acts.add(new Act(at, calls + " calls of " + side + " are answered 429",
                        () -> fault(side, "*", "TOO_MANY_REQUESTS", "\"nth\":1,\"times\":" + calls)));
            }
            case OUTAGE -> {
                String side = random.nextInt(3) > 0 ? "clover" : "shopify";
                String how = random.nextBoolean() ? "SERVER_ERROR_BEFORE" : "RESET_BEFORE";
                acts.add(new Act(at, side + " is out of order: " + how, () -> fault(side, "*", how, "\"probability\":1.0")));
                // Longer than sales are read again: a cursor that went on meanwhile has lost some.
                acts.add(new Act(at + SoakScale.SALES_OVERLAP.toMillis() + 2_000 + random.nextInt(4_000), side + " is back",
                        this::calls));
            }
        }
    }

    private void standStill(long at, long ms) {
        leave("kill -STOP, for " + ms + " ms, of", at, ms, replica -> true, replica -> world.replicas().get(replica).pause(),
                replica -> {
                    if (ms > scale.lease().toMillis()) {
                        woken.add(Instant.now());
                    }
                    world.replicas().get(replica).resume();
                });
    }

    private boolean mayBeKilled(int replica) {
        return away.length == 1 || replica != SoakScale.SPARED;
    }

    /** Does something to a replica. */
    private interface ToReplica {
        void act(int replica) throws IOException, InterruptedException;
    }

    private void leave(String what, long at, long forMs, IntPredicate mayLeave, ToReplica begin, ToReplica end) {
        int drawn = random.nextInt(away.length);
        int[] replica = new int[1];
        long from = Math.max(at, awayUntilMs + 200);
        awayUntilMs = from + forMs;
        acts.add(new Act(from, what + " the replica that holds most", () -> {
            replica[0] = busiest(drawn, mayLeave);
            told.add("that is replica " + replica[0]);
            away[replica[0]] = true;
            begin.act(replica[0]);
        }));
        acts.add(new Act(awayUntilMs, "it goes on", () -> {
            end.act(replica[0]);
            away[replica[0]] = false;
        }));
    }

    /** The replica that holds most stores: taking away one that holds none shows nothing. The drawn one where the database is away. */
    private int busiest(int drawn, IntPredicate mayLeave) {
        int other = mayLeave.test(drawn) ? drawn : (drawn + 1) % away.length;
        try {
            Map<Integer, Long> held = world.database().rows("""
                    select store_id::text as store, fence from store_lease
                    where owner is not null and held_until > clock_timestamp()""").stream()
                    .map(row -> world.replicas().holder((String) row.get("store"), ((Number) row.get("fence")).longValue()))
                    .filter(holder -> holder >= 0 && mayLeave.test(holder))
                    .collect(Collectors.groupingBy(holder -> holder, Collectors.counting()));
            return held.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(other);
        } catch (IllegalStateException silent) {
            told.add("the database does not say who holds what");
            return other;
        }
    }

    private void tillToken(long at) {
        FleetStore store = any();
        FleetStore.Till till = store.tills().get(random.nextInt(store.tills().size()));
        acts.add(new Act(at, "the token of till " + till.merchantId() + " is revoked",
                () -> control("DELETE", "/clover/tokens/" + till.token(), null)));
        acts.add(new Act(at + 3_000, "till " + till.merchantId() + " gets a new token", () -> call("PUT",
                ServiceApi.path(till.channel()) + "/token", "{\"token\":\""
                        + world.sandbox().control("POST", "/clover/tokens", "{\"merchantId\":\"" + till.merchantId() + "\"}")
                                .path("token").asText()
                        + "\"}")));
    }

    private void shopToken(long at) {
        FleetStore store = any();
        String token = "shpat_" + random.nextInt(1_000_000);
        acts.add(new Act(at, "the tokens of shop " + store.domain() + " expire",
                () -> control("DELETE", "/shopify/tokens?shop=" + store.domain() + "&token=shpat_demo", null)));
        acts.add(new Act(at + 3_000, "shop " + store.domain() + " gets a new token", () -> {
            control("POST", "/shopify/tokens", "{\"shop\":\"" + store.domain() + "\",\"token\":\"" + token + "\"}");
            call("PUT", "/api/v1/stores/" + store.id() + "/credentials", "{\"accessToken\":\"" + token + "\"}");
        }));
    }

    private FleetStore any() {
        return stores.get(random.nextInt(stores.size()));
    }

    /** From now on any call of either vendor may fail, those of an order's life more often; the same calls of the same seed. */
    private void calls() {
        Random random = new Random(seed * 7L);
        control("DELETE", "/faults", null);
        for (String side : List.of("clover", "shopify")) {
            for (String kind : SPOILED) {
                fault(side, "*", kind, chance(random, 0.02));
            }
            fault(side, "*", "LATENCY", chance(random, 0.01) + ",\"latencyMs\":" + scale.stall().toMillis());
            fault(side, "*", "LATENCY_AFTER", chance(random, 0.01) + ",\"latencyMs\":" + scale.stall().toMillis());
        }
        webhooks(new Random(seed * 11L));
        for (String call : OF_ORDERS) {
            fault("shopify", call, SPOILED.get(random.nextInt(SPOILED.size())), chance(random, 0.3));
            fault("shopify", call, random.nextBoolean() ? "RESET_AFTER" : "SERVER_ERROR_AFTER", chance(random, 0.2));
        }
    }

    /** Of what either side tells some is lost, told twice, late or in another order. */
    private void webhooks(Random random) {
        for (String side : List.of("clover", "shopify")) {
            for (String kind : List.of("WEBHOOK_LOST", "WEBHOOK_DOUBLED", "WEBHOOK_REORDERED")) {
                fault(side, "*", kind, chance(random, 0.3));
            }
            fault(side, "*", "WEBHOOK_DELAYED", chance(random, 0.3) + ",\"latencyMs\":200,\"mostMs\":"
                    + scale.stall().toMillis());
        }
    }

    private static String chance(Random random, double most) {
        return String.format(Locale.ROOT, "\"probability\":%.4f,\"seed\":%d", most * random.nextDouble(),
                random.nextInt(1_000_000));
    }

    private void fault(String side, String call, String kind, String when) {
        control("POST", "/faults", "{\"side\":\"" + side + "\",\"operation\":\"" + call + "\",\"kind\":\"" + kind + "\","
                + when + "}");
    }

    /** Through any replica that is there; the vendor's answers fail meanwhile, and so does the call now and then. */
    private void call(String method, String path, String body) throws InterruptedException {
        for (int attempt = 0;; attempt++) {
            int replica = attempt % away.length;
            try {
                if (!away[replica]) {
                    JsonClient.Answer answer = world.replicas().api(replica).http().send(method, path, body);
                    if (answer.status() / 100 == 2) {
                        return;
                    }
                    told.add(method + " " + path + " was answered " + answer.body());
                }
            } catch (IOException e) {
                told.add(method + " " + path + " failed: " + e);
            }
            if (attempt > 60) {
                throw new IllegalStateException(method + " " + path + " never succeeds: " + told);
            }
            Thread.sleep(300);
        }
    }

    private void control(String method, String path, String body) {
        if (!world.sandbox().control(method, path, body).isObject()) {
            throw new IllegalStateException(method + " " + path + " was not answered with an object");
        }
    }
}
