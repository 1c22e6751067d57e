package dev.tillbridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.order.NextTry.Kind;

class NextTryTest {

    private static final NextTry.Limits LIMITS = new NextTry.Limits(3, Duration.ofSeconds(5), Duration.ofHours(6),
            Duration.ofSeconds(90));
    private final ConnectorException lost = passing("connection-lost");
    private final ConnectorException refused = new ConnectorException.Rejected("refused", 200, "No");

    @Test
    void what_passes_by_itself_is_tried_after_growing_gaps_and_given_up_in_the_end() {
        assertThat(next(lost, SaleStatus.READY, 0)).isEqualTo(new NextTry(Kind.AGAIN, true, Duration.ofSeconds(5)));
        assertThat(next(lost, SaleStatus.READY, 1)).isEqualTo(new NextTry(Kind.AGAIN, true, Duration.ofSeconds(10)));
        assertThat(next(lost, SaleStatus.IMPORTED, 2).kind()).isEqualTo(Kind.GIVE_UP);
    }

    @Test
    void what_was_never_sent_was_no_try() {
        for (String code : new String[]{ "not-sent", "circuit-open"}) {
            assertThat(next(passing(code), SaleStatus.IMPORTED, 9).counts()).as(code).isFalse();
            assertThat(next(passing(code), SaleStatus.IMPORTED, 9).kind()).as(code).isEqualTo(Kind.AGAIN);
        }
    }

    @Test
    void a_look_for_an_order_that_gets_no_answer_is_taken_again_for_as_long_as_it_takes() {
        assertThat(next(lost, SaleStatus.CREATING, 9)).isEqualTo(new NextTry(Kind.AGAIN, false, Duration.ofSeconds(90)));
        assertThat(next(refused, SaleStatus.CREATING, 1).kind()).isEqualTo(Kind.AGAIN);
        assertThat(next(refused, SaleStatus.CREATING, 2).kind()).isEqualTo(Kind.GIVE_UP);
    }

    @Test
    void a_refused_step_of_an_order_that_stands_is_given_up_at_once() {
        assertThat(next(refused, SaleStatus.IMPORTED, 0).kind()).isEqualTo(Kind.GIVE_UP);
        assertThat(next(new ConnectorException.Rejected("bad-request", 400, "No"), SaleStatus.IMPORTED, 0).kind())
                .isEqualTo(Kind.GIVE_UP);
    }

    @Test
    void a_fault_of_ours_is_tried_like_any_other() {
        assertThat(next(new IllegalStateException(), SaleStatus.READY, 0).kind()).isEqualTo(Kind.AGAIN);
        assertThat(next(new IllegalStateException(), SaleStatus.IMPORTED, 2).kind()).isEqualTo(Kind.GIVE_UP);
    }

    @Test
    void what_concerns_the_whole_shop_lets_the_stream_rest_and_blames_no_sale() {
        assertThat(next(new ConnectorException.Unauthorized("No"), SaleStatus.READY, 0).kind()).isEqualTo(Kind.REST);
        var all = new Throwable[]{ new ConnectorException.Throttled("Slow down", Duration.ofSeconds(1)),
                new ConnectorException.Rejected("shop-frozen", 402, "Frozen")};
        for (Throwable failure : all) {
            assertThat(next(failure, SaleStatus.IMPORTED, 9).kind()).isEqualTo(Kind.REST);
            assertThat(next(failure, SaleStatus.READY, 9).counts()).isFalse();
        }
    }

    @Test
    void a_permission_that_is_missing_for_a_follow_up_is_told_of_and_keeps_no_other_waiting() {
        var forbidden = new ConnectorException.Unauthorized("No");
        assertThat(next(forbidden, SaleStatus.IMPORTED, 0).kind()).isEqualTo(Kind.AGAIN);
        assertThat(next(forbidden, SaleStatus.IMPORTED, 2).kind()).isEqualTo(Kind.GIVE_UP);
    }

    private static NextTry next(Throwable failure, SaleStatus status, int attempts) {
        return NextTry.after(failure, status, attempts, LIMITS);
    }

    private static ConnectorException passing(String code) {
        return new ConnectorException.Transient(code, "Not now", false, null);
    }
}
