package dev.tillbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** Turns follow each other, whoever asks for them. */
class StreamLoopTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final List<Integer> seenAtOnce = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void turns_never_overlap_however_often_it_is_woken_and_a_wake_during_a_turn_brings_another() {
        StreamLoop loop = loop(LONG);
        loop.start(Duration.ZERO);
        for (int i = 0; i < 50; i++) {
            loop.wake();
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> turns.get() >= 1 && atOnce.get() == 0);
        loop.wake();
        await().atMost(Duration.ofSeconds(5)).until(() -> turns.get() >= 2);

        assertThat(seenAtOnce).containsOnly(1);
        assertThat(turns.get()).isLessThanOrEqualTo(4);
    }

    @Test
    void a_turn_asked_for_by_a_run_is_answered_when_it_is_over() {
        StreamLoop loop = loop(LONG);
        loop.once(null).await().atMost(Duration.ofSeconds(5));
        assertThat(turns).hasValue(1);
    }

    @Test
    void a_turn_that_fails_fails_its_run_and_the_loop_goes_on() {
        AtomicInteger calls = new AtomicInteger();
        StreamLoop loop = new StreamLoop(vertx, "failing", run -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalArgumentException("broken");
            }
            return Uni.createFrom().item(LONG);
        });

        assertThatThrownBy(() -> loop.once(null).await().atMost(Duration.ofSeconds(5))).hasMessage("broken");
        loop.once(null).await().atMost(Duration.ofSeconds(5));
        assertThat(calls).hasValue(2);
    }

    @Test
    void a_stopped_loop_takes_no_turn_and_says_so() {
        StreamLoop loop = loop(Duration.ofMillis(5));
        loop.start(Duration.ZERO);
        await().atMost(Duration.ofSeconds(5)).until(() -> turns.get() >= 3);
        loop.stop();
        await().atMost(Duration.ofSeconds(5)).until(() -> atOnce.get() == 0);
        int taken = turns.get();

        assertThatThrownBy(() -> loop.once(null).await().atMost(Duration.ofSeconds(5))).hasMessageContaining("has stopped");
        loop.wake();
        await().pollDelay(Duration.ofMillis(100)).until(() -> true);
        assertThat(turns).hasValue(taken);
    }

    private StreamLoop loop(Duration rest) {
        return new StreamLoop(vertx, "test", run -> {
            seenAtOnce.add(atOnce.incrementAndGet());
            return Uni.createFrom().item(rest).onItem().delayIt().by(Duration.ofMillis(20)).invoke(() -> {
                atOnce.decrementAndGet();
                turns.incrementAndGet();
            });
        });
    }
}
