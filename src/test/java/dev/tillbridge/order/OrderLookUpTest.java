package dev.tillbridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What follows from looking for an order whose making got no answer. */
class OrderLookUpTest {

    private static final FoundOrder FOUND = new FoundOrder("77", "#77", "O1", Sales.NOON, false, new BigDecimal("10.00"));
    private static PlainOrders orders;

    @BeforeAll
    static void start() {
        orders = new PlainOrders();
    }

    @AfterAll
    static void stop() {
        orders.close();
    }

    @BeforeEach
    void open() {
        orders.open();
    }

    @Test
    void absent_twice_it_is_asked_for_again_in_the_same_turn() {
        orders.store.item("findOrders", List.of()).item("createOrder", PlainOrders.created());
        UUID sale = orders.creating(PlainOrders.TEN.sale(), 1);

        orders.turn();
        assertThat(orders.get(sale, "status")).isEqualTo("READY");
        orders.turn();
        assertThat(orders.get(sale, "status")).isEqualTo("IMPORTED");
    }

    @Test
    void absent_after_as_many_tries_as_are_allowed_it_is_left_to_a_person() {
        orders.store.item("findOrders", List.of());
        UUID sale = orders.creating(PlainOrders.TEN.sale(), PlainOrders.ATTEMPTS);

        orders.turn();

        assertThat(orders.get(sale, "status || ' ' || reason_code")).isEqualTo("HELD attempts-exhausted");
        assertThat(orders.notices(sale)).singleElement().asString().contains("3 times without an answer",
                "dismiss this if it is there, replay this if it is not");
    }

    @Test
    void absent_and_changed_meanwhile_it_is_judged_again_before_anything_is_made() {
        orders.store.item("findOrders", List.of());
        UUID sale = orders.creating(PlainOrders.TEN.sale(), 1);
        orders.becomes(sale, PlainOrders.TEN.paid(Sales.voidedCard("P1", 1000)).states("open", "OPEN").sale());

        orders.turn();

        assertThat(orders.get(sale, "status || ' ' || (look_at <= clock_timestamp()) || ' ' || (act_at is null)"))
                .isEqualTo("SEEN true true");
        assertThat(orders.story(sale)).containsExactly("order-absent");
    }

    @Test
    void found_and_changed_meanwhile_it_is_read_again_and_followed() {
        orders.store.item("findOrders", List.of(FOUND));
        UUID sale = orders.creating(PlainOrders.TEN.sale(), 1);
        orders.becomes(sale, PlainOrders.TEN.gone().sale());

        orders.turn();

        assertThat(orders.get(sale, "status || ' ' || store_order_id || ' ' || (look_at <= clock_timestamp())"
                + " || ' ' || (act_at <= clock_timestamp())")).isEqualTo("IMPORTED 77 true true");
        assertThat(orders.get(sale, "coalesce(problem_code, 'fine')")).isEqualTo("fine");
    }

    @Test
    void found_cancelled_it_is_the_sales_order_and_a_person_is_asked() {
        orders.store.item("findOrders", List.of(new FoundOrder("77", "#77", "O1", Sales.NOON, true, new BigDecimal("10.00"))));
        UUID sale = orders.creating(PlainOrders.TEN.sale(), 1);

        orders.turn();

        assertThat(orders.get(sale, "status || ' ' || store_order_id || ' ' || problem_code"))
                .isEqualTo("IMPORTED 77 cancelled-in-store");
        assertThat(orders.notices(sale)).singleElement().asString().contains("was cancelled in the store");
    }

    @Test
    void found_as_it_was_asked_for_it_is_not_read_again() {
        orders.store.item("findOrders", List.of(FOUND));
        UUID sale = orders.creating(PlainOrders.TEN.sale(), 1);

        orders.turn();

        assertThat(orders.get(sale, "status || ' ' || (look_at is null)")).isEqualTo("IMPORTED true");
    }

    @Test
    void a_look_without_answer_is_no_try_and_one_that_is_refused_is_not_taken_for_ever() {
        UUID sale = orders.creating(PlainOrders.TEN.sale(), 1);
        orders.store.fails("findOrders", PlainOrders.lost());
        orders.turn();
        assertThat(orders.get(sale, "status || ' ' || attempts")).isEqualTo("CREATING 1");
        assertThat(orders.actIn(sale)).isBetween(85.0, 90.0);

        orders.store.fails("findOrders", PlainOrders.refused("The search is too wide"));
        orders.turn(sale);
        assertThat(orders.get(sale, "status || ' ' || attempts")).isEqualTo("CREATING 2");
        orders.turn(sale);

        assertThat(orders.get(sale, "status || ' ' || reason_code")).isEqualTo("HELD outcome-unknown");
    }
}
