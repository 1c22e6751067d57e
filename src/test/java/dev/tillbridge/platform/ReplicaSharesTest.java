package dev.tillbridge.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All parts together are never more than the whole, whoever comes, goes and is late; in the end each has the same. */
class ReplicaSharesTest {

    private static final Duration LIFE = Duration.ofMinutes(1);
    private static final String BUDGET = "app";

    private static PlainDatabase database;
    private ReplicaShares shares;
    /** What each replica uses. */
    private final Map<UUID, Double> used = new LinkedHashMap<>();

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
        assertThat(PlainDatabase.get(shares.renew(BUDGET, first, 0.5, LIFE))).isZero();
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
            } else if (drawn == 2) {
                // Its answer is lost: it goes on as before.
                UUID deaf = any(random);
                assertThat(PlainDatabase.get(shares.renew(BUDGET, deaf, used.get(deaf), LIFE))).isBetween(0.0, 1.0);
            } else {
                renew(any(random));
            }
            assertThat(used.values().stream().mapToDouble(each -> each).sum()).as("step %d", step)
                    .isLessThanOrEqualTo(1 + 1e-9);
        }
        for (int round = 0; round < 4; round++) {
            List.copyOf(used.keySet()).forEach(this::renew);
        }
        assertThat(used.values()).allSatisfy(each -> assertThat(each).isCloseTo(1.0 / used.size(), within(1e-6)));
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
        double granted = PlainDatabase.get(shares.renew(BUDGET, replica, used.get(replica), LIFE));
        used.put(replica, granted);
        return granted;
    }
}
