package dev.tillbridge.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.Vertx;

class EventFeedTest {

    private static final UUID STORE = UUID.randomUUID();
    private static final UUID CHANNEL = UUID.randomUUID();
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Vertx vertx = Vertx.vertx();
    private final EventFeed feed = new EventFeed(vertx, hint -> STORE.equals(hint.storeId()));

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void the_same_hints_within_half_a_second_become_one() {
        AssertSubscriber<Hint> reader = feed.hints().subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
        feed.tell(order(0));
        for (int i = 0; i < 20; i++) {
            feed.tell(order(0));
            feed.tell(order(1));
        }
        await().atMost(SOON).until(() -> reader.getItems().size() >= 3);
        await().during(EventFeed.WINDOW.multipliedBy(2)).atMost(SOON).until(() -> reader.getItems().size() == 3);
        assertThat(reader.getItems()).containsExactly(order(0), order(0), order(1));
    }

    @Test
    void a_reader_that_asks_for_nothing_costs_a_bounded_number_of_hints_and_then_reads_all_again() {
        AssertSubscriber<Hint> reader = feed.hints().subscribe().withSubscriber(AssertSubscriber.create(0));
        for (int i = 0; i < 10 * EventFeed.ROOM; i++) {
            feed.tell(order(i));
        }
        reader.request(1).awaitItems(1, SOON);
        assertThat(reader.getItems()).containsExactly(Hint.RESYNC);

        // From then on it is told again, as before.
        feed.tell(order(7));
        reader.request(1).awaitItems(2, SOON);
        assertThat(reader.getLastItem()).isEqualTo(order(7));
    }

    @Test
    void it_ends_after_a_while_so_that_its_reader_is_looked_at_again() {
        EventFeed brief = new EventFeed(vertx, hint -> true, Duration.ofMillis(300));
        AssertSubscriber<Hint> reader = brief.hints().subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
        brief.tell(order(0));
        await().atMost(SOON).until(() -> reader.getItems().contains(order(0)));
        brief.tell(order(1));
        reader.awaitCompletion(SOON);
    }

    @Test
    void what_its_reader_may_not_see_is_not_told() {
        AssertSubscriber<Hint> reader = feed.hints().subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
        feed.tell(new Hint(Hint.Kind.STORE, UUID.randomUUID(), null, "other"));
        feed.tell(order(1));
        reader.awaitItems(1, SOON);
        assertThat(reader.getItems()).containsExactly(order(1));
    }

    @Test
    void it_ends_when_it_is_closed_whether_its_reader_waits_or_comes_later() {
        AssertSubscriber<Hint> waiting = feed.hints().subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
        feed.close();
        waiting.awaitCompletion(SOON);
        AssertSubscriber<Hint> late = feed.hints().subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
        late.awaitCompletion(SOON);
        assertThat(List.of(waiting.getLastItem(), late.getLastItem())).containsOnly(Hint.END);
    }

    @Test
    void payloads_are_read_with_and_without_channel_and_id() {
        assertThat(Hint.parse("order " + STORE + " " + CHANNEL + " A1"))
                .isEqualTo(new Hint(Hint.Kind.ORDER, STORE, CHANNEL, "A1"));
        assertThat(Hint.parse("run " + STORE + " - R")).isEqualTo(new Hint(Hint.Kind.RUN, STORE, null, "R"));
        assertThat(Hint.parse("link " + STORE + " " + CHANNEL)).isEqualTo(new Hint(Hint.Kind.LINK, STORE, CHANNEL, null));
    }

    private static Hint order(int number) {
        return new Hint(Hint.Kind.ORDER, STORE, CHANNEL, "order-" + number);
    }
}
