package dev.tillbridge.clover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

/** An app's limits above those of its tokens. */
class CloverAppLimitsTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int TOKENS = 5;

    private final FakeLoop loop = new FakeLoop();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CloverMetrics metrics = new CloverMetrics(registry);
    private final CloverTurns app = CloverTurns.ofApp(loop);
    private final List<CloverGovernor> tokens = new ArrayList<>();
    private final List<Long> sent = new ArrayList<>();
    private final List<List<Long>> byToken = new ArrayList<>();
    private final List<Lane> lanes = new ArrayList<>();
    private int inFlight;
    private int mostInFlight;
    private int[] inFlightByToken = {};
    private int mostInFlightOfOne;

    /** Anew for each try of a property. */
    private void open(int count) {
        sent.clear();
        lanes.clear();
        tokens.clear();
        byToken.clear();
        mostInFlight = 0;
        mostInFlightOfOne = 0;
        inFlightByToken = new int[count];
        for (int i = 0; i < count; i++) {
            tokens.add(new CloverGovernor(TestConfig.defaults().rate(), app, metrics));
            byToken.add(new ArrayList<>());
        }
    }

    private void limits(double perSecond, int concurrent, long nanos) {
        app.limits(perSecond, concurrent, () -> nanos).subscribe().with(done -> {
        });
        loop.advance(0);
    }

    private Cancellable ask(int token, Lane lane, Duration longest, long latency, List<Throwable> refused) {
        return tokens.get(token).run(lane, longest, () -> {
            sent.add(loop.nanos());
            lanes.add(lane);
            byToken.get(token).add(loop.nanos());
            inFlight++;
            inFlightByToken[token]++;
            mostInFlight = Math.max(mostInFlight, inFlight);
            mostInFlightOfOne = Math.max(mostInFlightOfOne, inFlightByToken[token]);
            return Uni.createFrom().<Integer>emitter(emitter -> loop.schedule(() -> {
                inFlight--;
                inFlightByToken[token]--;
                emitter.complete(1);
            }, latency));
        }).subscribe().with(done -> {
        }, refused::add);
    }

    @Property(tries = 30)
    void allTokensTogetherKeepTheAppsLimitsAndEachItsOwn(@ForAll long seed,
            @ForAll @IntRange(min = 0, max = 900) int latencyMs, @ForAll @IntRange(min = 0, max = 10) int latenessMs) {
        open(TOKENS);
        limits(50, 10, Long.MAX_VALUE / 4);
        Random random = new Random(seed);
        loop.late(() -> (long) (random.nextDouble() * latenessMs * 1_000_000));
        for (int i = 0; i < 600; i++) {
            // Half of them by one token, so that its own limits are met as well.
            int token = random.nextBoolean() ? 0 : random.nextInt(TOKENS);
            ask(token, List.of(Lane.values()).get(random.nextInt(Lane.values().length)), null,
                    (long) (random.nextDouble() * latencyMs * 1_000_000), new ArrayList<>());
            if (random.nextInt(6) == 0) {
                loop.advance(random.nextInt(200) * 1_000_000L);
            }
        }
        loop.advance(200 * SECOND);

        assertThat(sent).hasSize(600);
        assertThat(mostInFlight).isBetween(1, 10);
        assertThat(mostInFlightOfOne).isBetween(1, 5);
        assertThat(mostWithinASecond(sent)).isLessThanOrEqualTo(50);
        byToken.forEach(times -> assertThat(mostWithinASecond(times)).isLessThanOrEqualTo(16));
    }

    @Test
    void nothingIsSentBeforeAShareIsThereNorAfterItRanOut() {
        open(1);
        ask(0, Lane.SALES, null, 0, new ArrayList<>());
        loop.advance(10 * SECOND);
        assertThat(sent).as("no share yet").isEmpty();

        limits(10, 2, 5 * SECOND);
        loop.advance(2 * SECOND);
        assertThat(sent).as("what waited goes").hasSize(1);
        loop.advance(4 * SECOND);
        ask(0, Lane.SALES, null, 0, new ArrayList<>());
        loop.advance(10 * SECOND);
        assertThat(sent).as("the share has run out").hasSize(1);

        limits(10, 2, 5 * SECOND);
        loop.advance(SECOND);
        assertThat(sent).hasSize(2);
    }

    @Test
    void aWriteThatGetsNoTurnOfTheAppInTimeIsNotSentAndHoldsUpNobody() {
        open(1);
        List<Throwable> refused = new ArrayList<>();
        ask(0, Lane.STOCK, Duration.ofSeconds(4), 0, refused);
        loop.advance(5 * SECOND);

        assertThat(refused).singleElement().isInstanceOfSatisfying(ConnectorException.class,
                failure -> assertThat(failure.code()).isEqualTo("not-sent"));
        limits(10, 2, 60 * SECOND);
        ask(0, Lane.STOCK, Duration.ofSeconds(4), 0, refused);
        loop.advance(2 * SECOND);
        assertThat(sent).hasSize(1);
    }

    @Test
    void aSmallerShareIsInForceAtOnceAndALargerOneToo() {
        open(TOKENS);
        limits(40, 10, Long.MAX_VALUE / 4);
        for (int i = 0; i < 500; i++) {
            ask(i % TOKENS, Lane.STOCK, null, 0, new ArrayList<>());
        }
        loop.advance(2 * SECOND);
        limits(10, 3, Long.MAX_VALUE / 4);
        int before = sent.size();
        loop.advance(3 * SECOND);
        assertThat(sent.size() - before).isBetween(26, 31);
        limits(40, 10, Long.MAX_VALUE / 4);
        before = sent.size();
        loop.advance(3 * SECOND);
        assertThat(sent.size() - before).isBetween(105, 121);
    }

    @Test
    void aSaleThatComesWhileItsTokensScanWaitsForTheAppGoesFirst() {
        open(20);
        limits(10, 2, Long.MAX_VALUE / 4);
        for (int token = 0; token < 20; token++) {
            for (int i = 0; i < 20; i++) {
                ask(token, Lane.CATALOGUE, null, 50_000_000, new ArrayList<>());
            }
        }
        loop.advance(10 * SECOND);
        lanes.clear();
        ask(7, Lane.SALES, null, 0, new ArrayList<>());
        loop.advance(SECOND / 4);
        assertThat(lanes).as("the first of about two turns").startsWith(Lane.SALES);
    }

    @Test
    void urgentLanesGoFirstOverAllTokensAndNoneStarves() {
        open(30);
        limits(10, 10, Long.MAX_VALUE / 4);
        for (int token = 0; token < 30; token++) {
            for (int i = 0; i < 200; i++) {
                ask(token, token < 15 ? Lane.CATALOGUE : Lane.SALES, null, 10_000_000, new ArrayList<>());
            }
        }
        loop.advance(100 * SECOND);
        long catalogue = lanes.stream().filter(lane -> lane == Lane.CATALOGUE).count();
        assertThat(catalogue / (double) lanes.size()).isBetween(0.025, 0.04);
        assertThat(byToken.subList(15, 30)).allSatisfy(times -> assertThat(times.size()).isBetween(58, 66));
        assertThat(byToken.subList(0, 15)).as("in turn").allSatisfy(times -> assertThat(times.size()).isBetween(1, 3));
    }

    @Test
    void aTokensScanIsNotStarvedByItsOwnSalesThoughOthersScanFreely() {
        open(2);
        limits(50, 10, Long.MAX_VALUE / 4);
        for (int i = 0; i < 1000; i++) {
            ask(0, Lane.SALES, null, 0, new ArrayList<>());
            ask(1, Lane.CATALOGUE, null, 0, new ArrayList<>());
        }
        List<Long> scanned = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tokens.get(0).run(Lane.CATALOGUE, null, () -> Uni.createFrom().item(scanned.add(loop.nanos()))).subscribe()
                    .with(done -> {
                    });
        }
        loop.advance(20 * SECOND);
        assertThat(scanned.size()).isBetween(7, 11);
    }

    @Test
    void thePeoplesLaneHasAQuarterOfTheAppsPaceThoughManyTokensAsk() {
        open(30);
        limits(20, 10, Long.MAX_VALUE / 4);
        for (int token = 0; token < 30; token++) {
            for (int i = 0; i < 50; i++) {
                ask(token, Lane.INTERACTIVE, null, 0, new ArrayList<>());
                ask(token, Lane.STOCK, null, 0, new ArrayList<>());
            }
        }
        loop.advance(20 * SECOND);
        long people = lanes.stream().filter(lane -> lane == Lane.INTERACTIVE).count();
        assertThat(people / (double) lanes.size()).isBetween(0.2, 0.26);
    }

    @Property(tries = 30)
    void whoLeavesOrWaitsTooLongGivesEverythingBack(@ForAll long seed) {
        open(TOKENS);
        limits(10, 3, Long.MAX_VALUE / 4);
        Random random = new Random(seed);
        List<Throwable> refused = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Cancellable call = ask(random.nextInt(TOKENS), List.of(Lane.values()).get(random.nextInt(Lane.values().length)),
                    random.nextBoolean() ? null : Duration.ofMillis(random.nextInt(3000)), 300_000_000, refused);
            if (random.nextBoolean()) {
                loop.schedule(call::cancel, random.nextInt(2000) * 1_000_000L);
            }
            loop.advance(random.nextInt(60) * 1_000_000L);
        }
        loop.advance(100 * SECOND);
        assertThat(refused).allSatisfy(failure -> assertThat(failure).isInstanceOfSatisfying(ConnectorException.class,
                known -> assertThat(known.code()).isEqualTo("not-sent")));
        assertThat(registry.get("tillbridge.clover.waiting").gauge().value()).isZero();
        assertThat(registry.get("tillbridge.clover.in.flight").gauge().value()).isZero();
        assertThat(app.crowded()).isFalse();

        // All of the pace and all places are there again.
        int before = sent.size();
        for (int i = 0; i < 300; i++) {
            ask(i % TOKENS, Lane.STOCK, null, 250_000_000, refused);
        }
        loop.advance(20 * SECOND);
        assertThat((sent.size() - before) / 20.0).isBetween(9.0, 9.7);
    }

    @Test
    void whatIsUnderWayIsKnownBeyondALimitThatWasLowered() {
        open(TOKENS);
        limits(50, 10, Long.MAX_VALUE / 4);
        for (int i = 0; i < 30; i++) {
            ask(i % TOKENS, Lane.STOCK, null, 10 * SECOND, new ArrayList<>());
        }
        loop.advance(5 * SECOND);
        assertThat(app.underWay()).isEqualTo(10);
        limits(10, 2, Long.MAX_VALUE / 4);
        assertThat(app.underWay()).isEqualTo(10);
        loop.advance(8 * SECOND);
        assertThat(app.underWay()).isEqualTo(2);
    }

    private static int mostWithinASecond(List<Long> times) {
        int most = 0;
        int from = 0;
        for (int to = 0; to < times.size(); to++) {
            while (times.get(to) - times.get(from) >= SECOND) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }
}
