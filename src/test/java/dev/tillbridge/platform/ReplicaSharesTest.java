package dev.tillbridge.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All parts together are never more than the whole, whoever comes, goes and is late; in the end they follow the need. */
class ReplicaSharesTest {

    private static final Duration LIFE = Duration.ofMinutes(1);
    private static final ReplicaShares.Budget BUDGET = new ReplicaShares.Budget("app", 10);

    private static PlainDatabase database;
    private ReplicaShares shares;
    /** What each replica uses. */
    private final Map<UUID, Double> used = new LinkedHashMap<>();
    /** Those that have no use for more than the least. */
    private final Set<UUID> idle = new HashSet<>();

    @BeforeAll
    static void start() {
        database = PlainDatabase.start();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.run("delete from replica_share");
        shares = new ReplicaShares(database.pool());
    }

    @Test
    void oneHasAllOfItAtOnce() {
        assertThat(renew(join())).isEqualTo(1);
    }

    @Test
    void aSecondWaitsUntilTheFirstHasGivenUpItsPart() {
        UUID first = join();
        assertThat(renew(first)).isEqualTo(1);
        UUID second = join();
        assertThat(renew(second)).as("the first still uses all").isZero();

        assertThat(renew(first)).as("is told to give up half").isEqualTo(0.5);
        assertThat(renew(second)).as("its row says that it may still use all").isZero();
        assertThat(renew(first)).isEqualTo(0.5);
        assertThat(renew(second)).isEqualTo(0.5);
    }

    @Test
    void whoIsNotHeardOfLosesItsPartAndStartsWithNothing() {
        UUID first = join();
        UUID second = join();
        for (int i = 0; i < 4; i++) {
            renew(first);
            renew(second);
        }
        database.run("update replica_share set held_until = clock_timestamp() - interval '1 second' where replica = $1", first);
        assertThat(renew(second)).isEqualTo(1);

        // It stood still, and believes that it may use half.
        assertThat(PlainDatabase.get(shares.renew(BUDGET, first, 0.5, true, LIFE))).isZero();
    }

    @Test
    void theSumIsNeverMoreThanTheWholeWhateverHappens() {
        Random random = new Random(5);
        for (int step = 0; step < 400; step++) {
            int drawn = random.nextInt(20);
            if (used.isEmpty() || (drawn == 0 && used.size() < 6)) {
                join();
            } else if (drawn == 1 && used.size() > 1) {
                UUID gone = any(random);
                used.remove(gone);
                database.run("update replica_share set held_until = clock_timestamp() - interval '1 second' where replica = $1",
                        gone);
            } else if (drawn < 5) {
                UUID other = any(random);
                if (!idle.remove(other)) {
                    idle.add(other);
                }
            } else if (drawn == 5) {
                // Its answer is lost: it goes on as before.
                UUID deaf = any(random);
                assertThat(PlainDatabase.get(shares.renew(BUDGET, deaf, used.get(deaf), true, LIFE))).isBetween(0.0, 1.0);
            } else {
                renew(any(random));
            }
            assertThat(used.values().stream().mapToDouble(each -> each).sum()).as("step %d", step)
                    .isLessThanOrEqualTo(1 + 1e-9);
        }
        settle();
        assertThat(used.values().stream().mapToDouble(each -> each).sum()).as("nothing lies idle").isCloseTo(1, within(1e-6));
    }

    @Test
    void whoIsBusyHasAllButAUnitForEachOfTheOthers() {
        UUID busy = join();
        idle.addAll(List.of(join(), join()));
        settle();
        assertThat(used.get(busy)).isCloseTo(0.8, within(1e-6));
        assertThat(idle).allSatisfy(each -> assertThat(used.get(each)).isCloseTo(0.1, within(1e-6)));

        idle.add(busy);
        settle();
        assertThat(used.values()).as("nobody is busy").allSatisfy(each -> assertThat(each).isBetween(0.29, 0.41));

        idle.clear();
        settle();
        assertThat(used.values()).as("all are").allSatisfy(each -> assertThat(each).isBetween(0.29, 0.41));
        assertThat(used.values().stream().mapToDouble(each -> each).sum()).isCloseTo(1, within(1e-6));
    }

    @Test
    void ofMoreReplicasThanUnitsTheLastGetNothingUntilOneGoes() {
        List<UUID> all = Stream.generate(this::join).limit(12).toList();
        settle();
        assertThat(used.values()).filteredOn(each -> Math.abs(each - 0.1) < 1e-6).hasSize(10);
        assertThat(used.values()).filteredOn(each -> each == 0).hasSize(2);

        UUID gone = all.stream().filter(each -> used.get(each) > 0).findFirst().orElseThrow();
        used.remove(gone);
        database.run("update replica_share set held_until = clock_timestamp() - interval '1 second' where replica = $1", gone);
        settle();
        assertThat(used.values()).filteredOn(each -> each > 0).hasSize(10);
    }

    /**
     * Several replicas in real time, one of which stands still: what it may still be using by its own clock is never given to
     * others before.
     */
    @Test
    void whatStandsStillKeepsItsPartForAsLongAsItMayUseIt() {
        Duration life = Duration.ofSeconds(3);
        UUID still = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        PlainDatabase.get(shares.renew(BUDGET, still, 0, true, life));
        double share = PlainDatabase.get(shares.renew(BUDGET, other, 0, true, life));
        long asked = System.nanoTime();
        double stills = PlainDatabase.get(shares.renew(BUDGET, still, 1, true, life));
        long runsOut = asked + life.toNanos();
        int looks = 0;
        while (System.nanoTime() - runsOut < 0) {
            share = PlainDatabase.get(shares.renew(BUDGET, other, share, true, life));
            if (System.nanoTime() - runsOut < 0) {
                assertThat(share + stills).as("look %d", looks).isLessThanOrEqualTo(1 + 1e-9);
            }
            looks++;
        }
        assertThat(looks).isPositive();
        // Its row ran out a little after its own clock said so, for it had asked before the database counted.
        double before = share;
        await().atMost(life.multipliedBy(4)).until(
                () -> PlainDatabase.get(shares.renew(BUDGET, other, before, true, life)) > 1 - 1e-6);
    }

    private void settle() {
        for (int round = 0; round < 5; round++) {
            List.copyOf(used.keySet()).forEach(this::renew);
        }
    }

    private UUID join() {
        UUID replica = UUID.randomUUID();
        used.put(replica, 0.0);
        return replica;
    }

    private UUID any(Random random) {
        return List.copyOf(used.keySet()).get(random.nextInt(used.size()));
    }

    private double renew(UUID replica) {
        double granted = PlainDatabase.get(shares.renew(BUDGET, replica, used.get(replica), !idle.contains(replica), LIFE));
        used.put(replica, granted);
        return granted;
    }
}
