package dev.tillbridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.platform.PlainDatabase;

/** An order is asked for once: what stands in the database before, while and after it is. */
class OrderCreationTest {

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
    void a_sale_becomes_an_order_and_both_sums_are_compared() {
        orders.store.item("createOrder", PlainOrders.created());
        UUID sale = orders.ready(PlainOrders.TEN.sale());

        orders.turn();

        assertThat(orders.get(sale, "status || ' ' || store_order_id || ' ' || coalesce(problem_code, 'fine')"))
                .isEqualTo("IMPORTED 77 fine");
        assertThat(orders.story(sale)).containsExactly("order-asked", "order-created");
    }

    @Test
    void what_was_sold_without_a_link_is_told_of() {
        orders.store.item("createOrder", PlainOrders.created());
        UUID sale = orders.ready(PlainOrders.TEN.sale());
        orders.database.run("""
                insert into sale_unit (sale_id, channel_id, item_id, name, sold, returned, wanted, reserved, unpaid)
                select id, channel_id, 'I9', 'Green tea', 1, 0, 1, 0, false from sale where id = $1""", sale);

        orders.turn();

        assertThat(orders.database.texts(
                "select n.title from notice n join sale s on s.channel_id = n.channel_id where s.id = $1 and n.kind = 'ITEM_UNLINKED'",
                sale)).containsExactly("Green tea was sold and is not linked");
    }

    @Test
    void a_definition_that_somebody_deleted_is_made_anew_and_so_is_the_order() {
        orders.store.fails("createOrder", new ConnectorException.Rejected("definition-missing", 200, "No such definition"));
        List<String> prepared = new ArrayList<>();
        orders.store.on("prepare", arguments -> {
            prepared.add("prepared");
            return Uni.createFrom().voidItem();
        });
        UUID sale = orders.ready(PlainOrders.TEN.sale());

        orders.turn();

        assertThat(prepared).hasSize(1);
        assertThat(orders.get(sale, "status || ' ' || attempts")).isEqualTo("READY 0");
        orders.store.item("createOrder", PlainOrders.created());
        orders.turn(sale);
        assertThat(orders.get(sale, "status")).isEqualTo("IMPORTED");
    }

    @Test
    void an_order_of_unknown_outcome_is_looked_for_ninety_seconds_after_it_was_sent_not_after_the_intent() {
        UUID sale = orders.ready(PlainOrders.TEN.sale());
        List<Double> intended = new ArrayList<>();
        orders.store.on("createOrder", arguments -> slowly(() -> {
            intended.add(orders.actIn(sale));
            orders.set(sale, "creating_at = creating_at - interval '30 seconds', act_at = act_at - interval '30 seconds',"
                    + " empty_lookups = 1");
        }).chain(() -> Uni.createFrom().failure(PlainOrders.lost())));

        orders.turn();

        assertThat(orders.get(sale, "status")).isEqualTo("CREATING");
        assertThat(intended).singleElement().satisfies(in -> assertThat(in).as("may be sent within the lease's reserve")
                .isBetween(110.0, 115.0));
        assertThat(orders.actIn(sale)).isBetween(85.0, 90.0);
        assertThat(orders.get(sale, "clock_timestamp() - creating_at < interval '5 seconds' and empty_lookups = 0"))
                .isEqualTo("true");
        assertThat(orders.story(sale)).containsExactly("order-asked", "order-unknown");
    }

    @Test
    void what_waited_until_the_lease_was_short_is_not_sent_and_no_try() {
        UUID sale = orders.ready(PlainOrders.TEN.sale());
        orders.store.on("createOrder", arguments -> {
            orders.leaseLeft = Duration.ofSeconds(20);
            return sentWhereItMay((BooleanSupplier) arguments[2]);
        });

        orders.turn();

        assertThat(orders.get(sale, "status || ' ' || attempts || ' ' || reason")).isEqualTo("READY 0 " + SaleTrouble.TAKEOVER);
        assertThat(orders.store.calls("createOrder")).isEqualTo(1);
    }

    @Test
    void asked_again_without_the_buyer_the_lease_is_checked_as_well() {
        orders.till.item("customer", new SaleCustomer("Ann", null, "ann@", null));
        UUID sale = orders.ready(
                SaleJson.read(SaleJson.object(PlainOrders.TEN.sale()).put("customerId", "C1"), Sale.class));
        orders.store.on("createOrder", arguments -> {
            if (((OrderDraft) arguments[1]).customer() == null) {
                return sentWhereItMay((BooleanSupplier) arguments[2]);
            }
            orders.leaseLeft = Duration.ofSeconds(20);
            return Uni.createFrom().failure(new ConnectorException.Rejected("customer-refused", 200, "No such e-mail"));
        });

        orders.turn();

        assertThat(orders.store.calls("createOrder")).isEqualTo(2);
        assertThat(orders.get(sale, "status || ' ' || reason")).isEqualTo("READY " + SaleTrouble.TAKEOVER);
        assertThat(orders.story(sale)).containsExactly("order-asked", "buyer-left-out", "order-not-made");
    }

    @Test
    void a_refusal_does_not_hold_a_sale_that_changed_meanwhile_but_has_it_judged_again() {
        UUID sale = orders.ready(PlainOrders.TEN.sale());
        orders.store.on("createOrder", arguments -> slowly(() -> orders.becomes(sale, PlainOrders.TEN.gone().sale()))
                .chain(() -> Uni.createFrom().failure(PlainOrders.refused("The price is wrong"))));

        orders.turn();

        assertThat(orders.get(sale, "status || ' ' || (look_at <= clock_timestamp()) || ' ' || coalesce(reason, 'no reason')"))
                .isEqualTo("SEEN true no reason");
    }

    @Test
    void a_refusal_of_a_sale_that_is_the_same_still_is_told() {
        orders.store.fails("createOrder", PlainOrders.refused("The price is wrong"));
        UUID sale = orders.ready(PlainOrders.TEN.sale());

        orders.turn();

        assertThat(orders.get(sale, "status || ' ' || reason_code")).isEqualTo("HELD refused");
        assertThat(orders.notices(sale)).containsExactly("The price is wrong. Mend it, then replay this order");
    }

    @Test
    void what_was_worked_out_before_a_persons_decision_does_not_undo_it() {
        UUID sale = orders.ready(PlainOrders.TEN.in("EUR").sale());
        SaleRow before = orders.row(sale);
        orders.set(sale, "status = 'SKIPPED', dismissed = true, reason_code = 'dismissed', reason = 'Rung up twice'");

        PlainDatabase.get(orders.part(OrderCreation.class).create(orders.place(), before));

        assertThat(orders.get(sale, "status || ' ' || reason")).isEqualTo("SKIPPED Rung up twice");
        assertThat(orders.notices(sale)).isEmpty();
    }

    @Test
    void what_was_worked_out_before_a_newer_reading_does_not_hold_it() {
        UUID sale = orders.ready(PlainOrders.TEN.in("EUR").sale());
        SaleRow before = orders.row(sale);
        orders.becomes(sale, PlainOrders.TEN.sale());

        PlainDatabase.get(orders.part(OrderCreation.class).create(orders.place(), before));

        assertThat(orders.get(sale, "status")).isEqualTo("READY");
    }

    @Test
    void a_passing_failure_is_tried_again_and_held_in_the_end() {
        orders.store.fails("createOrder", new ConnectorException.Transient("connect-failed", "No connection", false, null));
        UUID sale = orders.ready(PlainOrders.TEN.sale());

        orders.turn();
        assertThat(orders.get(sale, "status || ' ' || attempts")).isEqualTo("FAILED 1");
        orders.turn(sale);
        orders.turn(sale);

        assertThat(orders.get(sale, "status || ' ' || reason_code || ' ' || (act_at is null)"))
                .isEqualTo("HELD attempts-exhausted true");
    }

    /** A call that takes its time, off the event loop. */
    private static Uni<Void> slowly(Runnable meanwhile) {
        return Uni.createFrom().voidItem().emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(meanwhile);
    }

    private static Uni<CreatedOrder> sentWhereItMay(BooleanSupplier mayStart) {
        return mayStart.getAsBoolean()
                ? Uni.createFrom().item(PlainOrders.created())
                : Uni.createFrom().failure(new ConnectorException.Transient("not-sent", "Nothing was sent", false, null));
    }
}
