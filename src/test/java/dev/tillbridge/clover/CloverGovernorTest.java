package dev.tillbridge.clover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import dev.tillbridge.channel.ConnectorException;

class CloverGovernorTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final FakeLoop loop = new FakeLoop();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CloverGovernor governor = governor(loop, registry);
    private final List<Long> sent = new ArrayList<>();
    private final List<Lane> lanes = new ArrayList<>();
    private int inFlight;
    private int mostInFlight;

    private static CloverGovernor governor(Loop loop, SimpleMeterRegistry registry) {
        return new CloverGovernor(TestConfig.defaults().rate(), CloverTurns.ofToken(loop), new CloverMetrics(registry));
    }

    private Cancellable ask(Lane lane, long latency) {
        return governor.run(lane, null, () -> {
            sent.add(loop.nanos());
            lanes.add(lane);
            inFlight++;
            mostInFlight = Math.max(mostInFlight, inFlight);
            return Uni.createFrom().<Integer>emitter(emitter -> loop.schedule(() -> {
                inFlight--;
                emitter.complete(1);
            }, latency));
        }).subscribe().with(ignored -> {
        });
    }

    @Property(tries = 60)
    void noWindowOfASecondHoldsMoreThanTheLimitNorMoreThanFiveAtOnce(@ForAll long seed,
            @ForAll @IntRange(min = 0, max = 900) int latencyMs, @ForAll @IntRange(min = 0, max = 40) int latenessMs) {
        Random random = new Random(seed);
        loop.late(() -> (long) (random.nextDouble() * latenessMs * 1_000_000));
        for (int i = 0; i < 400; i++) {
            Lane lane = List.of(Lane.values()).get(random.nextInt(Lane.values().length));
            ask(lane, (long) (random.nextDouble() * latencyMs * 1_000_000));
            if (random.nextInt(4) == 0) {
                loop.advance(random.nextInt(300) * 1_000_000L);
            }
        }
        loop.advance(40 * SECOND);
        assertThat(mostInFlight).isBetween(1, 5);
        assertNoWindowAbove(16);
    }

    @Property(tries = 60)
    void whatLeavesLateBecauseTheProcessStoodStillIsNotBunchedWithTheNext(@ForAll long seed,
            @ForAll @IntRange(min = 1, max = 400) int standstillMs) {
        Random random = new Random(seed);
        sent.clear();
        List<Long> arrived = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            ask(Lane.STOCK, 150_000_000);
        }
        while (sent.size() < 300) {
            int before = sent.size();
            loop.advance(1_000_000);
            if (sent.size() > before && random.nextInt(8) == 0) {
                loop.standStill(standstillMs * 1_000_000L);
            }
            while (arrived.size() < sent.size()) {
                arrived.add(loop.nanos());
            }
        }
        assertNoWindowAbove(16, arrived);
    }

    @Property(tries = 60)
    void callersThatAreBusyBunchNothing(@ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int busyMs) {
        Random random = new Random(seed);
        sent.clear();
        var busy = new CloverGovernor(TestConfig.defaults().rate(), CloverTurns.ofToken(loop), new CloverMetrics(registry),
                () -> task -> loop.schedule(task, random.nextInt(4) == 0 ? busyMs * 1_000_000L : 0));
        for (int i = 0; i < 300; i++) {
            busy.run(Lane.STOCK, null, () -> {
                sent.add(loop.nanos());
                return Uni.createFrom().item(1);
            }).subscribe().with(ignored -> {
            });
        }
        loop.advance(200 * SECOND);
        assertThat(sent).hasSize(300);
        assertNoWindowAbove(16);
    }

    private void assertNoWindowAbove(int limit) {
        assertNoWindowAbove(limit, sent);
    }

    private static void assertNoWindowAbove(int limit, List<Long> sent) {
        for (int i = 0; i + limit < sent.size(); i++) {
            assertThat(sent.get(i + limit) - sent.get(i)).as("from request %d to the one %d later", i, limit)
                    .isGreaterThan(SECOND);
        }
    }

    @Test
    void steadyStateReachesNinetyFivePercentOfTheLimitWithLateTimers() {
        Random random = new Random(7);
        loop.late(() -> (long) (random.nextDouble() * 3_000_000));
        for (int i = 0; i < 2000; i++) {
            ask(Lane.STOCK, 30_000_000);
        }
        loop.advance(5 * SECOND);
        int warm = sent.size();
        loop.advance(60 * SECOND);
        assertThat((sent.size() - warm) / 60.0).isBetween(15.2, 16.0);
        assertNoWindowAbove(16);
    }

    @Test
    void aNewHolderStartsWithNothingInHand() {
        ask(Lane.SALES, 0);
        assertThat(sent).isEmpty();
        loop.advance(SECOND / 10);
        assertThat(sent).hasSize(1);
    }

    @Test
    void whatWasMissedIsNotCaughtUp() {
        loop.advance(20 * SECOND);
        for (int i = 0; i < 100; i++) {
            ask(Lane.STOCK, 0);
        }
        loop.advance(SECOND);
        assertThat(sent.size()).isLessThanOrEqualTo(16);
    }

    @Test
    void urgentLanesGoFirstAndNoneStarves() {
        for (int i = 0; i < 600; i++) {
            for (Lane lane : Lane.values()) {
                ask(lane, 10_000_000);
            }
        }
        loop.advance(30 * SECOND);
        Map<Lane, Integer> counts = new EnumMap<>(Lane.class);
        lanes.forEach(lane -> counts.merge(lane, 1, Integer::sum));
        double all = lanes.size();
        assertThat(counts.keySet()).containsExactlyInAnyOrder(Lane.values());
        assertThat(counts.get(Lane.INTERACTIVE) / all).isBetween(0.2, 0.26);
        assertThat(counts.get(Lane.SALES) / all).isGreaterThan(0.6);
        assertThat(counts.get(Lane.STOCK)).isGreaterThanOrEqualTo(10);
        assertThat(counts.get(Lane.CATALOGUE)).isGreaterThanOrEqualTo(10);
        assertThat(counts.get(Lane.SCAN)).isGreaterThanOrEqualTo(8);
    }

    @Test
    void stockKeepsItsShareBesideTheScan() {
        for (int i = 0; i < 1000; i++) {
            ask(Lane.STOCK, 10_000_000);
            ask(Lane.SCAN, 10_000_000);
        }
        loop.advance(30 * SECOND);
        assertThat(lanes.stream().filter(lane -> lane == Lane.STOCK).count() / (double) lanes.size()).isGreaterThan(0.95);
    }

    @Test
    void theScanTakesATenthThoughNobodyElseAsks() {
        for (int i = 0; i < 1000; i++) {
            ask(Lane.SCAN, 10_000_000);
        }
        loop.advance(60 * SECOND);
        assertThat(sent.size() / 60.0).isBetween(1.2, 1.6);
    }

    @Test
    void aThrottledTokenPausesAsAskedThenGoesAtHalfThePaceAndRecovers() {
        for (int i = 0; i < 3000; i++) {
            ask(Lane.STOCK, 5_000_000);
        }
        loop.advance(10 * SECOND);
        governor.throttled(loop.nanos(), Duration.ofSeconds(3), false, false);
        int before = sent.size();
        loop.advance(3 * SECOND - 1);
        assertThat(sent).as("during the pause").hasSize(before);
        loop.advance(2 * SECOND);
        assertThat((sent.size() - before) / 2.0).as("after it").isBetween(7.0, 8.2);
        loop.advance(30 * SECOND);
        int recovered = sent.size();
        loop.advance(10 * SECOND);
        assertThat((sent.size() - recovered) / 10.0).as("later").isGreaterThanOrEqualTo(15.2);
        assertNoWindowAbove(16);
    }

    @Test
    void refusalsOfRequestsThatWereUnderWayTogetherCountOnce() {
        for (int i = 0; i < 300; i++) {
            ask(Lane.STOCK, 0);
        }
        loop.advance(5 * SECOND);
        long sentAt = loop.nanos() - 1;
        loop.advance(1000);
        for (int i = 0; i < 5; i++) {
            governor.throttled(sentAt, Duration.ofSeconds(1), false, false);
        }
        int before = sent.size();
        loop.advance(3 * SECOND);
        assertThat((sent.size() - before) / 2.0).isBetween(7.0, 8.2);
    }

    @Test
    void aLimitOfConcurrencyLowersHowManyAreUnderWay() {
        for (int i = 0; i < 300; i++) {
            ask(Lane.STOCK, 2 * SECOND);
        }
        loop.advance(10 * SECOND);
        assertThat(inFlight).isEqualTo(5);
        governor.throttled(loop.nanos(), Duration.ofSeconds(1), true, false);
        loop.advance(4 * SECOND);
        mostInFlight = 0;
        loop.advance(SECOND);
        assertThat(mostInFlight).isLessThanOrEqualTo(4);
    }

    @Test
    void aCancelledWaitGivesItsTurnToTheNext() {
        List<Cancellable> waits = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            waits.add(ask(Lane.STOCK, 0));
        }
        ask(Lane.CATALOGUE, 0);
        waits.forEach(Cancellable::cancel);
        loop.advance(SECOND);
        assertThat(lanes).containsExactly(Lane.CATALOGUE);
        assertThat(registry.get("tillbridge.clover.waiting").gauge().value()).isZero();
    }

    @Test
    void aCancelledCallKeepsItsPlaceUntilItEnds() {
        List<Cancellable> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(ask(Lane.STOCK, 5 * SECOND));
        }
        loop.advance(2 * SECOND);
        assertThat(sent).hasSize(5);
        calls.subList(0, 5).forEach(Cancellable::cancel);
        loop.advance(2 * SECOND);
        assertThat(sent).hasSize(5);
        loop.advance(6 * SECOND);
        assertThat(sent).hasSize(10);
    }

    @Test
    void whoeverWaitsTooLongIsToldThatNothingWasSent() {
        for (int i = 0; i < 100; i++) {
            ask(Lane.SALES, 0);
        }
        List<Throwable> failures = new ArrayList<>();
        governor.run(Lane.STOCK, Duration.ofSeconds(1), () -> Uni.createFrom().item(sent.add(-1L)))
                .subscribe().with(ignored -> {
                }, failures::add);
        loop.advance(SECOND);
        assertThat(failures).singleElement().isInstanceOfSatisfying(ConnectorException.Transient.class, failure -> {
            assertThat(failure.code()).isEqualTo("not-sent");
            assertThat(failure.outcomeUnknown()).isFalse();
        });
        loop.advance(20 * SECOND);
        assertThat(sent).hasSize(100).doesNotContain(-1L);
    }

    @Test
    void whoeverHasNoTimeLeftIsNotSentThoughATurnIsFree() {
        loop.advance(20 * SECOND);
        List<Throwable> failures = new ArrayList<>();
        governor.run(Lane.STOCK, Duration.ZERO, () -> Uni.createFrom().item(sent.add(-1L)))
                .subscribe().with(ignored -> {
                }, failures::add);
        loop.advance(SECOND);
        assertThat(sent).isEmpty();
        assertThat(failures).singleElement().isInstanceOfSatisfying(ConnectorException.Transient.class, failure -> {
            assertThat(failure.code()).isEqualTo("not-sent");
            assertThat(failure.outcomeUnknown()).isFalse();
        });
    }

    @Test
    void aTurnThatComesAfterTheDeadlineIsNotUsedThoughTheTimerIsLate() {
        loop.late(() -> 3 * SECOND);
        List<Throwable> failures = new ArrayList<>();
        // Nothing is in hand at first, so the turn comes by a timer: 3 seconds late.
        governor.run(Lane.STOCK, Duration.ofSeconds(2), () -> Uni.createFrom().item(sent.add(-1L)))
                .subscribe().with(ignored -> {
                }, failures::add);
        loop.advance(20 * SECOND);
        assertThat(sent).isEmpty();
        assertThat(failures).singleElement().isInstanceOf(ConnectorException.Transient.class);
    }

    @Test
    void aCallThatThrowsGivesItsPlaceBack() {
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            governor.run(Lane.STOCK, null, () -> {
                throw new IllegalStateException("broken");
            }).subscribe().with(ignored -> {
            }, failures::add);
        }
        loop.advance(5 * SECOND);
        assertThat(failures).hasSize(10).allMatch(IllegalStateException.class::isInstance);
        assertThat(registry.get("tillbridge.clover.in.flight").gauge().value()).isZero();
    }
}
