package dev.tillbridge.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

class WriteGateTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final List<Duration> asked = new ArrayList<>();
    private final Map<String, BigDecimal> targets = new HashMap<>(Map.of("a", of(3), "b", of(5)));
    private long nanos;
    private Uni<Void> read = Uni.createFrom().voidItem();

    private final WriteGate gate = new WriteGate(within -> {
        asked.add(within);
        return read;
    }, Duration.ofSeconds(5), items -> Uni.createFrom().item(() -> new HashMap<>(targets)), () -> nanos);

    @Test
    void fresh_sales_are_not_asked_for_again() {
        open();
        targets.put("a", of(2));
        after(700);

        assertThat(admits("a", 3)).isTrue();
        assertThat(asked).containsExactly(Duration.ofMillis(3500));
    }

    @Test
    void before_sales_have_grown_old_they_are_asked_for_again_and_a_changed_target_stops_its_write_alone() {
        open();
        targets.put("a", new BigDecimal("2.000"));
        targets.put("b", new BigDecimal("5.000"));
        after(800);

        assertThat(admits("a", 3)).isFalse();
        assertThat(admits("b", 5)).isTrue();
        assertThat(asked).hasSize(2);

        targets.remove("b");
        after(800);
        assertThat(admits("b", 5)).as("no longer linked").isFalse();
    }

    @Test
    void while_one_write_waits_for_sales_the_others_go_on_as_long_as_these_are_fresh() {
        open();
        List<UniEmitter<? super Void>> reading = new ArrayList<>();
        read = Uni.createFrom().emitter(reading::add);
        after(800);

        CompletableFuture<Boolean> first = begin("a", 3);
        assertThat(first).isNotDone();
        assertThat(admits("b", 5)).isTrue();
        after(800);
        CompletableFuture<Boolean> late = begin("b", 5);
        assertThat(late).as("more than 1.5 s after asking for sales of the last 3.5").isNotDone();
        assertThat(reading).as("one read for both").hasSize(1);

        targets.put("a", of(1));
        reading.get(0).complete(null);
        assertThat(first).isCompletedWithValue(false);
        assertThat(late).isCompletedWithValue(true);
    }

    @Test
    void a_read_of_sales_that_takes_long_still_lets_some_writes_through() {
        open();
        List<UniEmitter<? super Void>> reading = new ArrayList<>();
        read = Uni.createFrom().emitter(reading::add);
        after(2000);
        CompletableFuture<Boolean> first = begin("a", 3);
        after(9000);
        reading.get(0).complete(null);

        assertThat(first).isCompletedWithValue(true);
        after(900);
        assertThat(begin("b", 5)).as("asks for sales again").isNotDone();
        assertThat(admits("a", 3)).isTrue();
        after(200);
        assertThat(begin("a", 3)).isNotDone();
    }

    @Test
    void nothing_is_sent_once_sales_could_not_be_read() {
        open();
        var failure = new IllegalStateException("no sales");
        read = Uni.createFrom().failure(failure);
        after(800);

        assertThat(admits("a", 3)).isFalse();
        read = Uni.createFrom().voidItem();
        assertThat(admits("b", 5)).isFalse();
        assertThat(gate.failure()).isSameAs(failure);
    }

    private void open() {
        assertThat(gate.open().subscribe().asCompletionStage()).isCompleted();
        gate.watch(List.of(write("a", 3), write("b", 5)));
    }

    private void after(long millis) {
        nanos += Duration.ofMillis(millis).toNanos();
    }

    private boolean admits(String item, long target) {
        CompletableFuture<Boolean> admitted = begin(item, target);
        assertThat(admitted).isCompleted();
        return admitted.join();
    }

    private CompletableFuture<Boolean> begin(String item, long target) {
        return gate.admits(write(item, target)).subscribe().asCompletionStage();
    }

    private static PlannedWrite write(String item, long target) {
        var known = KnownStock.settled(of(9), NOON);
        var due = new DueItem("v", item, "i", of(target), new DueItem.Basis(false, true, target, 0, of(0)), known,
                new DueItem.Seen(NOON, null), 0, null);
        return new PlannedWrite(due, of(9),
                StockDecision.of(known, of(9), of(target), UnitsSold.NONE, NOON, Duration.ofMinutes(2)), 0, NOON);
    }

    private static BigDecimal of(long units) {
        return BigDecimal.valueOf(units);
    }
}
