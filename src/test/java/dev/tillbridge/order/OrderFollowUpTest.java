package dev.tillbridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.platform.PlainDatabase;

/** What happens to a sale after its order was made, with a store that takes its time, refuses, or forgets. */
class OrderFollowUpTest {

    private static final Sales PENDING = PlainOrders.TEN.paid().states("open", "OPEN");
    private static final Sales VOIDED = PlainOrders.TEN.paid(Sales.voidedCard("P1", 1000)).states("open", "OPEN");
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

    @ParameterizedTest
    @ValueSource(strings = { "J1", ""})
    void paid_again_while_its_order_is_being_cancelled_a_sale_gets_an_order_of_its_own(String job) {
        // Given: the till took the sale back, and the store is at it
        orders.store.item("order", PlainOrders.order("77", false, "PAID")).item("cancelOrder", job.isEmpty() ? null : job)
                .item("jobDone", false);
        UUID sale = orders.imported(PlainOrders.TEN.sale());
        orders.becomes(sale, VOIDED.sale());
        orders.turn();
        assertThat(orders.get(sale, "cancelling")).isEqualTo("Voided at the till");

        // When: it is paid by another card
        orders.becomes(sale, PlainOrders.TEN.paid(Sales.voidedCard("P1", 1000), Sales.card("P2", 1000, 0)).sale());
        orders.turn();
        assertThat(orders.get(sale, "cancelling")).as("what was begun is finished").isEqualTo("Voided at the till");
        orders.store.item("order", PlainOrders.order("77", true, "VOIDED"));
        orders.turn(sale);
        orders.turn(sale);

        // Then
        assertThat(
                orders.get(sale, "status || ' ' || former_store_orders::text || ' ' || coalesce(store_order_id, 'none') || ' '"
                        + " || revision || ' ' || (look_at <= clock_timestamp())"))
                .isEqualTo("SEEN {77} none 1 true");
        assertThat(orders.story(sale)).containsExactly("order-cancelling", "order-cancelled", "sale-anew");
    }

    @Test
    void a_sale_that_stays_taken_back_is_over_once_its_order_is_cancelled() {
        orders.store.item("order", PlainOrders.order("77", true, "VOIDED"));
        UUID sale = orders.imported(PlainOrders.TEN.sale());
        orders.becomes(sale, VOIDED.sale());

        orders.turn();
        orders.turn();

        assertThat(
                orders.get(sale, "status || ' ' || store_cancelled || ' ' || (act_at is null) || ' ' || (cancelling is null)"))
                .isEqualTo("IMPORTED true true true");
    }

    @Test
    void a_cancellation_is_not_begun_for_a_sale_that_is_another_by_now() {
        UUID sale = orders.imported(PlainOrders.TEN.sale());
        orders.becomes(sale, VOIDED.sale());
        SaleRow voided = orders.row(sale);
        orders.becomes(sale, PlainOrders.TEN.sale());

        PlainDatabase.get(orders.part(OrderFollowUp.class).follow(orders.place(), voided));

        assertThat(orders.get(sale, "coalesce(cancelling, 'no')")).isEqualTo("no");
        assertThat(orders.store.calls("order")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = { "J1", ""})
    void a_job_that_does_not_end_is_looked_at_after_growing_gaps_and_then_told(String job) {
        orders.store.item("order", PlainOrders.order("77", false, "PAID")).item("cancelOrder", job.isEmpty() ? null : job)
                .item("jobDone", false);
        UUID sale = orders.imported(PlainOrders.TEN.sale());
        orders.becomes(sale, VOIDED.sale());

        orders.turn();
        assertThat(orders.actIn(sale)).isBetween(3.0, 5.0);
        orders.turn(sale);
        assertThat(orders.actIn(sale)).isBetween(8.0, 10.0);
        orders.turn(sale);

        assertThat(orders.get(sale, "problem_code || ' ' || (act_at is null)")).isEqualTo("not-cancelled true");
        assertThat(orders.notices(sale)).singleElement().asString().contains("Voided at the till", "Cancel it there by hand");
    }

    @Test
    void a_job_that_the_store_has_forgotten_is_asked_for_again() {
        orders.store.item("order", PlainOrders.order("77", false, "PAID")).item("cancelOrder", "J2")
                .fails("jobDone", new ConnectorException.Rejected("job-not-found", 200, "No job"));
        UUID sale = orders.imported(PlainOrders.TEN.sale());
        orders.becomes(sale, VOIDED.sale());
        orders.set(sale, "cancelling = 'Voided at the till', cancel_job = 'J1'");

        orders.turn();
        orders.turn(sale);

        assertThat(orders.get(sale, "cancel_job")).isEqualTo("J2");
    }

    @Test
    void a_refused_step_is_told_at_once_and_taken_again_when_a_person_says_so() {
        orders.store.item("order", PlainOrders.order("77", false, "PENDING"))
                .fails("markPaid", PlainOrders.refused("Shopify refused orderMarkAsPaid"));
        UUID sale = orders.imported(PENDING.sale());
        orders.becomes(sale, PlainOrders.TEN.sale());

        orders.turn();

        assertThat(orders.get(sale, "status || ' ' || problem_code || ' ' || (act_at is null)"))
                .isEqualTo("IMPORTED follow-up-failed true");
        assertThat(orders.notices(sale)).singleElement().asString().contains("#77", "Shopify refused orderMarkAsPaid",
                "replay");
        orders.turn();
        assertThat(orders.store.calls("markPaid")).isEqualTo(1);

        orders.store.item("markPaid", null);
        orders.set(sale, "act_at = now(), problem_code = null, problem = null");
        orders.turn();
        assertThat(orders.get(sale, "store_paid || ' ' || coalesce(problem_code, 'fine')")).isEqualTo("true fine");
    }

    @Test
    void a_step_that_passed_no_way_is_a_problem_in_the_end_and_none_any_more_once_a_change_brought_it_through() {
        orders.store.item("order", PlainOrders.order("77", false, "PENDING")).fails("markPaid", PlainOrders.lost());
        UUID sale = orders.imported(PENDING.sale());
        orders.becomes(sale, PlainOrders.TEN.sale());

        orders.turn();
        assertThat(orders.actIn(sale)).isBetween(3.0, 5.0);
        orders.turn(sale);
        assertThat(orders.actIn(sale)).isBetween(8.0, 10.0);
        assertThat(orders.get(sale, "coalesce(problem_code, 'fine')")).isEqualTo("fine");
        orders.turn(sale);
        assertThat(orders.get(sale, "problem_code || ' ' || (act_at is null)")).isEqualTo("follow-up-failed true");

        orders.store.item("markPaid", null);
        orders.becomes(sale, PlainOrders.TEN.states("locked", "PAID").paid(Sales.card("P9", 1000, 0)).sale());
        orders.turn();
        orders.turn();

        assertThat(orders.get(sale, "coalesce(problem_code, 'fine') || ' ' || (act_at is null)")).isEqualTo("fine true");
        assertThat(orders.notices(sale)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false})
    void a_tip_that_comes_with_the_payment_of_a_pending_order_is_part_of_a_new_one_where_orders_hold_tips(boolean included) {
        orders.store.item("order", PlainOrders.order("77", false, "PENDING")).item("cancelOrder", "J1").item("markPaid", null);
        UUID sale = orders.imported(PENDING.sale());
        orders.set(sale, "tips_included = " + included);
        orders.becomes(sale, PlainOrders.TEN.paid(Sales.card("P1", 1000, 200)).sale());

        orders.turn();
        orders.store.item("order", PlainOrders.order("77", included, included ? "VOIDED" : "PAID"));
        orders.turn(sale);
        orders.turn(sale);

        assertThat(orders.get(sale, "status || ' ' || coalesce(problem_code, 'fine')"))
                .isEqualTo(included ? "SEEN fine" : "IMPORTED fine");
        assertThat(orders.store.calls("markPaid")).isEqualTo(included ? 0 : 1);
        assertThat(orders.story(sale)).containsExactly(included
                ? new String[]{ "order-cancelling", "order-cancelled", "sale-anew"}
                : new String[]{ "order-paid"});
    }

    @Test
    void paid_in_parts_an_order_stays_pending_and_nobody_is_told() {
        orders.store.item("order", PlainOrders.order("77", false, "PENDING")).item("markPaid", null);
        UUID sale = orders.imported(PENDING.sale());
        orders.set(sale, "tips_included = true");
        orders.becomes(sale, PENDING.paid(Sales.card("P1", 400, 0)).sale());

        orders.turn();
        assertThat(orders.get(sale, "store_paid || ' ' || coalesce(problem_code, 'fine')")).isEqualTo("false fine");
        orders.becomes(sale, PlainOrders.TEN.paid(Sales.card("P1", 400, 0), Sales.card("P2", 600, 0)).sale());
        orders.turn();
        orders.turn(sale);

        assertThat(orders.get(sale, "store_paid || ' ' || coalesce(problem_code, 'fine')")).isEqualTo("true fine");
        assertThat(orders.notices(sale)).isEmpty();
    }

    @Test
    void money_given_back_that_is_read_before_its_payment_waits_for_it() {
        // Given: a pending order, of which the store can give nothing back
        orders.store.item("order", PlainOrders.order("77", false, "PENDING")).item("markPaid", null).item("refund", "R77");
        UUID sale = orders.imported(PENDING.sale());
        SaleRefund refund = Sales.refund("R1", "P1", 500, 0);
        orders.becomes(sale, PENDING.refunded(refund).sale());
        orders.turn();
        assertThat(orders.get(sale, "coalesce(problem_code, 'fine')")).isEqualTo("fine");
        assertThat(orders.store.calls("refund")).isZero();

        // When: the payment is read, too
        orders.store.item("order", new StoreOrder("77", "#77", "USD", false, "PAID", BigDecimal.TEN, BigDecimal.ZERO,
                Instant.now(), List.of(),
                List.of(new StoreOrder.Transaction("T1", "SALE", "SUCCESS", "Credit Card", BigDecimal.TEN, null)), List.of()));
        orders.becomes(sale, PlainOrders.TEN.paid(Sales.card("P1", 1000, 0)).refunded(refund).sale());
        orders.turn();

        // Then
        assertThat(orders.get(sale, "store_paid || ' ' || coalesce(problem_code, 'fine')")).isEqualTo("true fine");
        assertThat(orders.store.calls("refund")).isEqualTo(1);
        assertThat(orders.notices(sale)).isEmpty();
    }

    @Test
    void made_anew_no_unit_stays_custom_and_refunds_are_written_into_the_new_order() {
        UUID sale = orders.imported(PlainOrders.TEN.sale());
        orders.database.run(
                "insert into sale_unit (sale_id, item_id, name, sold, wanted, custom) values ($1, 'I1', 'Mug', 1, 1, true)",
                sale);
        orders.database.run("""
            insert into sale_refund (id, sale_id, pos_refund_id, status, amount, draft, attempt, attempts, store_refund_id)
            values (gen_random_uuid(), $1, 'R1', 'DONE', 100, '{}', 1, 7, '5'),
              (gen_random_uuid(), $1, 'R2', 'SKIPPED', 100, null, 0, 0, null)
            """, sale);
        orders.set(sale, "store_cancelled = true");

        orders.turn();

        assertThat(orders.get(sale, "status")).isEqualTo("SEEN");
        assertThat(orders.database.texts("select custom from sale_unit where sale_id = $1", sale)).containsExactly("false");
        assertThat(orders.database.texts("select status || attempt || attempts || coalesce(draft::text, '') from sale_refund"
                + " where sale_id = $1 order by pos_refund_id", sale)).containsExactly("READY10", "SKIPPED00");
    }
}
