package dev.tillbridge.sync.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import dev.tillbridge.sync.reconcile.ReadingRule.Reading;
import dev.tillbridge.sync.reconcile.SaleRule.Order;
import dev.tillbridge.sync.reconcile.SaleRule.SaleState;
import dev.tillbridge.sync.reconcile.Verdict.Origin;
import dev.tillbridge.sync.reconcile.Verdict.Repair;

/** What must hold of the classes, whatever is compared. */
class ClassingProperties {

    @Property
    void what_was_changed_after_the_cursor_is_no_difference_and_what_was_changed_before_it_always_is(
            @ForAll("readings") Reading reading) {
        boolean inFlight = reading.changedAt() != null && !reading.changedAt().isBefore(reading.followedTo());

        assertThat(ReadingRule.judge(reading).isEmpty()).isEqualTo(inFlight && !reading.gone());
    }

    @Property
    void a_difference_stays_one_when_changes_are_followed_further(@ForAll("readings") Reading reading,
            @ForAll("moments") Instant later) {
        Assume.that(later.isAfter(reading.followedTo()) && ReadingRule.judge(reading).isPresent());

        assertThat(ReadingRule
                .judge(new Reading(later, reading.changedAt(), reading.storedChangedAt(), reading.ours(), reading.gone())))
                .isEqualTo(ReadingRule.judge(reading));
    }

    @Property
    void only_what_tillbridge_had_set_can_be_written_over(@ForAll("readings") Reading reading) {
        ReadingRule.judge(reading).ifPresent(verdict -> {
            assertThat(verdict.origin() == Origin.FOREIGN_WRITE).isEqualTo(reading.ours() && !reading.gone());
            assertThat(verdict.repair()).isEqualTo(Repair.STORED);
        });
    }

    @Property
    void a_sale_that_stands_in_the_store_as_it_was_brought_is_no_difference(@ForAll("amounts") BigDecimal total,
            @ForAll("amounts") BigDecimal refunded, @ForAll boolean settled, @ForAll boolean paid, @ForAll boolean comparable) {
        Order order = new Order("1", "#1", false, comparable, true, false, total, total.setScale(4), refunded,
                refunded.setScale(4), false,
                null);

        assertThat(SaleRule.judge(new SaleState("IMPORTED", null, null, paid, false, null, null, true, settled, 1, order)))
                .isEmpty();
    }

    @Property
    void a_difference_is_a_persons_where_somebody_changed_the_store_and_is_not_told_again_once_dismissed(
            @ForAll("deviating") SaleState sale) {
        Optional<Verdict> verdict = SaleRule.judge(sale);
        Assume.that(verdict.isPresent() && verdict.get().deviation() != null);

        assertThat(verdict.get().origin()).isEqualTo(Origin.FOREIGN_WRITE);
        assertThat(verdict.get().repair()).isEqualTo(Repair.PERSON);
        assertThat(SaleRule.judge(dismissed(sale, verdict.get().deviation())).map(Verdict::deviation)).isEmpty();
        assertThat(SaleRule.judge(dismissed(sale, "another")).map(Verdict::deviation)).contains(verdict.get().deviation());
    }

    @Property
    void what_is_under_way_explains_all_but_what_is_stored_as_failed(@ForAll("sales") SaleState sale) {
        SaleState moving = new SaleState(sale.status(), sale.reasonCode(), sale.reason(), sale.paid(), sale.unread(),
                sale.problemCode(),
                sale.problem(), sale.posted(), false, sale.openOrders(), sale.order());

        SaleRule.judge(moving).ifPresent(verdict -> {
            assertThat(verdict.origin()).isEqualTo(Origin.OUR_FAILURE);
            assertThat(moving.problemCode() != null || moving.status().equals("HELD") || moving.status().equals("FAILED"))
                    .isTrue();
        });
    }

    @Property
    void a_settled_paid_sale_without_exactly_one_order_is_always_a_difference(@ForAll("sales") SaleState sale) {
        Assume.that(sale.settled() && sale.paid() && !sale.status().equals("SKIPPED"));
        Assume.that(sale.openOrders() > 1 || sale.order().id() == null);

        assertThat(SaleRule.judge(sale)).isPresent();
    }

    private static SaleState dismissed(SaleState sale, String told) {
        Order order = sale.order();
        return new SaleState(sale.status(), sale.reasonCode(), sale.reason(), sale.paid(), sale.unread(), null, null,
                sale.posted(),
                sale.settled(), 1,
                new Order(order.id(), order.name(), order.cancelled(), order.comparable(), order.shown(),
                        order.shownCancelled(),
                        order.total(), order.shownTotal(), order.refundsWritten(), order.shownRefunded(), order.refundsOpen(),
                        told));
    }

    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.longs().between(0, 20).map(Instant::ofEpochSecond);
    }

    @Provide
    Arbitrary<Reading> readings() {
        return Combinators.combine(moments(), moments().injectNull(0.2), moments().injectNull(0.2), Arbitraries.of(true, false),
                Arbitraries.of(true, false)).as(Reading::new);
    }

    @Provide
    Arbitrary<BigDecimal> amounts() {
        return Arbitraries.longs().between(0, 3).map(cents -> BigDecimal.valueOf(cents, 2));
    }

    @Provide
    Arbitrary<SaleState> sales() {
        return Combinators
                .combine(Arbitraries.of("SEEN", "WAITING", "READY", "CREATING", "IMPORTED", "HELD", "SKIPPED", "FAILED"),
                        booleans(), booleans(), Arbitraries.of("refund-held").injectNull(0.7), booleans(), booleans(),
                        Arbitraries.integers().between(0, 2), orders())
                .as((status, paid, unread, problem, posted, settled, open, order) -> new SaleState(status, "code", "Why", paid,
                        unread,
                        problem, problem == null ? null : "What", posted, settled, open,
                        status.equals("IMPORTED") ? order : none()));
    }

    /** Imported and settled, with one order, which is mostly not as it was brought. */
    @Provide
    Arbitrary<SaleState> deviating() {
        return orders().filter(order -> !order.cancelled())
                .map(order -> new SaleState("IMPORTED", null, null, true, false, null, null, true,
                        true, 1, order));
    }

    private Arbitrary<Order> orders() {
        return Combinators.combine(booleans(), booleans(), booleans(), booleans(), amounts(), amounts(), amounts(), amounts())
                .as((cancelled, shown, shownCancelled, refundsOpen, total, shownTotal, written, shownRefunded) -> new Order("1",
                        "#1",
                        cancelled, true, shown, shownCancelled, total, shownTotal, written, shownRefunded, refundsOpen, null));
    }

    private static Order none() {
        return new Order(null, null, false, true, false, false, null, null, null, null, false, null);
    }

    private static Arbitrary<Boolean> booleans() {
        return Arbitraries.of(true, false);
    }
}
