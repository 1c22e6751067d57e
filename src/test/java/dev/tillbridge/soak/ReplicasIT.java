package dev.tillbridge.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three replicas share the stores of a fleet that is traded with; one after another is taken away in all the ways there are. */
class ReplicasIT {

    private static final SoakScale SCALE = new SoakScale(List.of(1), 6, 6, 8, Duration.ofSeconds(15), 240, 3,
            Duration.ofSeconds(3));
    /** What it takes to see that a lease has ended, and to take the store: a second at most, and as much for a busy machine. */
    private static final Duration TAKING = Duration.ofSeconds(2);
    /**
     * One that stands still may do so within transactions that wait for one another: the database ends them one by one, and only
     * then lets others have the store.
     */
    private static final Duration OPEN_TRANSACTIONS = Duration.ofSeconds(30);
    private static final Duration RELEASED_WITHIN = Duration.ofSeconds(5);
    private static final int CUTS = 4;
    private static final Duration BETWEEN_CUTS = Duration.ofSeconds(3);

    private SoakWorld world;
    private List<FleetStore> stores;
    private final List<String> measured = new ArrayList<>();

    /** Who works on a store. */
    private record Lease(String owner, long fence) {}

    @BeforeEach
    void start() {
        world = SoakWorld.start("replicas", SCALE);
        stores = new Fleet(world, SCALE, 1).open();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void whicheverWayAReplicaLeavesItsStoresMoveAndNothingIsLostOrDoubled() throws Exception {
        try (FleetTrade trade = new FleetTrade(world.sandbox(), SCALE)) {
            trade.begin(1, stores);
            int killed = busiest();
            given("taken over from one that was killed", held(killed), () -> world.replicas().get(killed).kill(),
                    SCALE.lease().plus(TAKING), this::taken);
            world.replicas().get(killed).restart();
            trade.end();

            trade.begin(2, stores);
            int ended = busiest();
            given("released by one that ended in order", held(ended), () -> world.replicas().get(ended).terminate(),
                    RELEASED_WITHIN, this::releasedOrTaken);
            assertThat(world.replicas().get(ended).exitCode(Duration.ofSeconds(10))).isIn(0, 143);
            world.replicas().get(ended).relaunch();

            int still = busiest();
            given("taken over from one that stands still", held(still), () -> world.replicas().get(still).pause(),
                    SCALE.lease().plus(OPEN_TRANSACTIONS).plus(TAKING), this::taken);
            world.replicas().get(still).resume();
            world.replicas().get(ended).awaitReady();
            trade.end();

            trade.begin(3, stores);
            for (int time = 0; time < CUTS; time++) {
                Thread.sleep(BETWEEN_CUTS.toMillis());
                assertThat(world.database().cut(world.replicas().connectionsOf(busiest()))).as("connections cut").isPositive();
            }
            trade.end();
        }

        FleetCheck check = new FleetCheck(world, SCALE, stores);
        assertThat(check.settle()).as("books that differ").isEmpty();
        assertThat(world.audit().writtenByOthers()).as("written without the lease").isEmpty();
        LeftOver left = new LeftOver(world, stores);
        assertThat(left.unexplained()).isEmpty();
        assertThat(left.stuckLeases()).isEmpty();
        assertThat(left.leakedConnections()).isEmpty();
        assertThat(allServe()).as("replicas that find back").isEqualTo(SCALE.replicas());
        System.out.println("Replicas: " + measured);
    }

    private int allServe() {
        for (int replica = 0; replica < SCALE.replicas(); replica++) {
            world.replicas().get(replica).awaitReady();
        }
        return SCALE.replicas();
    }

    /** The replica that holds most stores. */
    private int busiest() {
        List<Integer> most = new ArrayList<>();
        await("each store is held by a replica").atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    List<Integer> holders = leases().entrySet().stream()
                            .map(lease -> world.replicas().holder(lease.getKey(), lease.getValue().fence())).toList();
                    most.clear();
                    most.addAll(holders);
                    return holders.size() == stores.size() && !holders.contains(-1);
                });
        return most.stream().collect(Collectors.groupingBy(holder -> holder, Collectors.counting())).entrySet().stream()
                .max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    }

    /** What a replica holds, by store. */
    private Map<String, Lease> held(int replica) {
        Map<String, Lease> its = leases().entrySet().stream()
                .filter(lease -> world.replicas().holder(lease.getKey(), lease.getValue().fence()) == replica)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        assertThat(its).as("stores of replica " + replica).isNotEmpty();
        return its;
    }

    private void given(String how, Map<String, Lease> its, Runnable goes, Duration within,
            Predicate<Map<String, Lease>> done) {
        long gone = System.nanoTime();
        goes.run();
        await(its.size() + " stores are " + how).atMost(within).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(50))
                .until(() -> done.test(its));
        measured.add(String.format(Locale.ROOT, "%d stores %s in %.2f s (lease %d s)", its.size(), how,
                (System.nanoTime() - gone) / 1e9, SCALE.lease().toSeconds()));
    }

    private boolean taken(Map<String, Lease> its) {
        Map<String, Lease> now = leases();
        return its.entrySet().stream().allMatch(lease -> now.containsKey(lease.getKey())
                && now.get(lease.getKey()).fence() > lease.getValue().fence()
                && !now.get(lease.getKey()).owner().equals(lease.getValue().owner()));
    }

    private boolean releasedOrTaken(Map<String, Lease> its) {
        Map<String, Lease> now = leases();
        return its.entrySet().stream().noneMatch(lease -> lease.getValue().equals(now.get(lease.getKey())));
    }

    /** Leases in force, by store. */
    private Map<String, Lease> leases() {
        return world.database().rows("""
                select store_id::text as store, owner, fence from store_lease
                where owner is not null and held_until > clock_timestamp()""").stream()
                .collect(Collectors.toMap(row -> (String) row.get("store"),
                        row -> new Lease((String) row.get("owner"), ((Number) row.get("fence")).longValue())));
    }
}
