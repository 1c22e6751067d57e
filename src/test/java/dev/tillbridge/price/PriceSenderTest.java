package dev.tillbridge.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.platform.PlainDatabase;

class PriceSenderTest {

    private final PricedTill till = new PricedTill();
    private int seen;
    private boolean over;
    private final PriceSender sender = new PriceSender(till.port(), null, () -> over, page -> {
        seen += page.items().size();
        return Uni.createFrom().voidItem();
    });

    @Test
    void a_batch_is_one_call_that_its_answer_confirms() {
        till.with(2_500);
        send(2_500);
        assertThat(till.writes).containsExactly(2_500);
        assertThat(till.reads).isZero();
        assertThat(count(PriceOutcome.Kind.CONFIRMED)).isEqualTo(2_500);
        assertThat(till.prices.values()).containsOnly(250L);
    }

    @Test
    void a_refused_batch_is_split_until_the_bad_rows_are_alone() {
        till.with(2_500);
        till.refuses.addAll(List.of(PricedTill.id(7), PricedTill.id(2_000)));
        send(2_500);
        assertThat(count(PriceOutcome.Kind.CONFIRMED)).isEqualTo(2_498);
        assertThat(sender.outcomes()).filteredOn(outcome -> outcome.is(PriceOutcome.Kind.REFUSED))
                .extracting(outcome -> outcome.price().itemId()).containsExactly(PricedTill.id(7), PricedTill.id(2_000));
        assertThat(sender.stop()).isNull();
        assertThat(till.writes).as("two paths of a tree of 12 levels").hasSizeLessThan(50);
        assertThat(till.prices.get(PricedTill.id(7))).isEqualTo(100L);
        assertThat(till.prices.get(PricedTill.id(8))).isEqualTo(250L);
    }

    @Test
    void where_every_row_is_refused_it_is_not_the_rows() {
        till.with(2_500);
        till.refuses.addAll(till.prices.keySet());
        send(2_500);
        assertThat(count(PriceOutcome.Kind.REFUSED)).isEqualTo(8);
        assertThat(sender.stop()).isInstanceOf(ConnectorException.Rejected.class);
        assertThat(till.writes).hasSizeLessThan(40);
    }

    @Test
    void after_a_lost_answer_the_items_are_looked_at() {
        till.with(250);
        till.failure = new ConnectorException.Transient("timeout", "Clover did not answer in time.", true, null);
        till.doneAllTheSame = true;
        send(250);
        assertThat(count(PriceOutcome.Kind.CONFIRMED)).isEqualTo(250);
        assertThat(till.reads).isEqualTo(3);
        assertThat(seen).as("what was looked at is stored").isEqualTo(250);
        assertThat(sender.doubtful()).isTrue();
        assertThat(till.writes).as("not sent again").hasSize(1);
    }

    @Test
    void what_a_lost_write_did_not_do_stays_unknown_with_the_reason() {
        till.with(3);
        till.failure = new ConnectorException.Transient("connection-cut", "cut", true, null);
        send(3);
        assertThat(count(PriceOutcome.Kind.UNKNOWN)).isEqualTo(3);
        assertThat(sender.outcomes().get(0).failure()).isSameAs(till.failure);
        assertThat(sender.stop()).isNull();
    }

    @Test
    void where_not_even_a_look_is_possible_the_turn_ends() {
        till.with(250);
        till.failure = new ConnectorException.Transient("timeout", "timeout", true, null);
        till.readFailure = new ConnectorException.Transient("server-error", "a fault of Clover's", false, null);
        send(250);
        assertThat(count(PriceOutcome.Kind.UNKNOWN)).isEqualTo(250);
        assertThat(till.reads).isEqualTo(1);
        assertThat(sender.stop()).isSameAs(till.readFailure);
    }

    @Test
    void an_answer_that_tells_nothing_is_made_up_for_by_a_look() {
        till.with(120);
        till.silent = true;
        send(120);
        assertThat(count(PriceOutcome.Kind.CONFIRMED)).isEqualTo(120);
        assertThat(till.reads).isEqualTo(2);
        assertThat(sender.doubtful()).isFalse();
    }

    @Test
    void what_concerns_the_till_ends_the_turn_and_no_row() {
        till.with(10);
        till.failure = new ConnectorException.Unauthorized("the token lacks the permission");
        send(10);
        assertThat(sender.outcomes()).isEmpty();
        assertThat(sender.stop()).isSameAs(till.failure);
        assertThat(till.writes).hasSize(1);
    }

    @Test
    void nothing_is_sent_once_the_lease_is_too_short() {
        till.with(10);
        over = true;
        send(10);
        assertThat(till.writes).isEmpty();
        assertThat(sender.outcomes()).isEmpty();
        assertThat(sender.stop()).isNull();
    }

    private void send(int items) {
        PlainDatabase.get(sender.send(IntStream.range(0, items)
                .mapToObj(item -> new DuePrice("v" + item, PricedTill.id(item), new BigDecimal("2.50"), 100L, 250, 0))
                .toList()));
    }

    private long count(PriceOutcome.Kind kind) {
        return sender.outcomes().stream().filter(outcome -> outcome.is(kind)).count();
    }
}
