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
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import dev.tillbridge.channel.ConnectorException;

/** An app's limits above those of its tokens. */
class CloverAppLimitsTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int TOKENS = 5;

    private final FakeLoop loop = new FakeLoop();
    private final CloverMetrics metrics = new CloverMetrics(new SimpleMeterRegistry());
    private final CloverGovernor app = CloverGovernor.closed(loop, metrics.ofApp());
    private final List<CloverGovernor> tokens = new ArrayList<>();
    private final List<Long> sent = new ArrayList<>();
    private final List<List<Long>> byToken = new ArrayList<>();
    private int inFlight;
    private int mostInFlight;

    /** Anew for each try of a property. */
    private void open(int count) {
        sent.clear();
        tokens.clear();
        byToken.clear();
        mostInFlight = 0;
        for (int i = 0; i < count; i++) {
            tokens.add(CloverGovernor.below(app, TestConfig.defaults().rate(), loop, metrics));
            byToken.add(new ArrayList<>());
        }
    }

    private void limits(double perSecond, int concurrent, long nanos) {
        app.limits(perSecond, concurrent, () -> nanos).subscribe().with(done -> {
        });
        loop.advance(0);
    }

    private void ask(int token, Lane lane, Duration longest, long latency, List<Throwable> refused) {
        tokens.get(token).run(lane, longest, () -> {
            sent.add(loop.nanos());
            byToken.get(token).add(loop.nanos());
            inFlight++;
            mostInFlight = Math.max(mostInFlight, inFlight);
            return Uni.createFrom().<Integer>emitter(emitter -> loop.schedule(() -> {
                inFlight--;
                emitter.complete(1);
            }, latency));
        }).subscribe().with(done -> {
        }, refused::add);
    }

    @Property(tries = 30)
    void allTokensTogetherKeepTheAppsLimitsAndEachItsOwn(@ForAll long seed,
            @ForAll @IntRange(min = 0, max = 900) int latencyMs) {
        open(TOKENS);
        limits(50, 10, Long.MAX_VALUE / 4);
        Random random = new Random(seed);
        for (int i = 0; i < 600; i++) {
            ask(random.nextInt(TOKENS), List.of(Lane.SALES, Lane.STOCK, Lane.CATALOGUE).get(random.nextInt(3)), null,
                    (long) (random.nextDouble() * latencyMs * 1_000_000), new ArrayList<>());
            if (random.nextInt(6) == 0) {
                loop.advance(random.nextInt(200) * 1_000_000L);
            }
        }
        loop.advance(200 * SECOND);

        assertThat(sent).hasSize(600);
        assertThat(mostInFlight).isBetween(1, 10);
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
