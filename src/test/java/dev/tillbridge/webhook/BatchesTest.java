package dev.tillbridge.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;

class BatchesTest {

    private final List<List<String>> written = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Void>> writes = new CopyOnWriteArrayList<>();
    private final Batches<String> batches = new Batches<>(items -> {
        written.add(items);
        var write = new CompletableFuture<Void>();
        writes.add(write);
        return Uni.createFrom().completionStage(write);
    }, () -> Runnable::run, 3, 5, Duration.ofMillis(300));

    @Test
    void aSingleOneWaitsForNobodyAndWhatComesMeanwhileSharesTheNextWrite() {
        var first = add("a");
        var second = add("b", "c");
        var third = add("d");

        assertThat(written).containsExactly(List.of("a"));
        writes.get(0).complete(null);
        assertThat(first).isCompleted();
        assertThat(second).as("its batch is not committed yet").isNotDone();
        assertThat(written).containsExactly(List.of("a"), List.of("b", "c", "d"));
        writes.get(1).complete(null);
        assertThat(second).isCompleted();
        assertThat(third).isCompleted();
    }

    @Test
    void aBatchThatFailsFailsItsOwnAndNoOther() {
        var first = add("a");
        var second = add("b");

        writes.get(0).completeExceptionally(new IllegalStateException("database gone"));
        assertThat(first).isCompletedExceptionally();
        writes.get(1).complete(null);
        assertThat(second).isCompleted();
    }

    @Test
    void noMoreThanSoManyGoTogetherAndNoMoreThanSoManyWait() {
        var first = add("0");
        var waiting = List.of(add("1"), add("2"), add("3"), add("4"), add("5"));
        var refused = add("6");

        assertThatThrownBy(refused::join).hasCauseInstanceOf(RejectedExecutionException.class);
        writes.get(0).complete(null);
        assertThat(first).isCompleted();
        assertThat(written.get(1)).containsExactly("1", "2", "3");
        writes.get(1).complete(null);
        assertThat(written.get(2)).containsExactly("4", "5");
        writes.get(2).complete(null);
        assertThat(waiting).allSatisfy(each -> assertThat(each).isCompleted());
    }

    @Test
    void aWriteThatDoesNotEndFailsItsOwnAndHoldsUpNoOther() {
        var first = add("a");
        var second = add("b");

        assertThat(first).failsWithin(10, TimeUnit.SECONDS).withThrowableThat().withCauseInstanceOf(TimeoutException.class);
        assertThat(written).containsExactly(List.of("a"), List.of("b"));
        writes.get(1).complete(null);
        assertThat(second).succeedsWithin(10, TimeUnit.SECONDS);
    }

    private CompletableFuture<Void> add(String... items) {
        return batches.add(List.of(items)).subscribeAsCompletionStage();
    }
}
