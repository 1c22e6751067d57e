package dev.tillbridge.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.platform.Fence;

/** One sale that cannot be done delays no other, whatever is the matter with it. */
class OrderStageTest {

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
        orders.store.item("createOrder", PlainOrders.created());
    }

    @Test
    void a_fault_of_ours_stays_with_its_sale_is_tried_again_and_held_in_the_end() {
        UUID broken = orders.ready(PlainOrders.TEN.sale());
        orders.set(broken, "document = document || '{\"customerId\": \"C1\"}'");
        UUID sound = orders.ready(PlainOrders.TEN.sale());

        orders.turn();
        assertThat(orders.get(sound, "status")).isEqualTo("IMPORTED");
        assertThat(orders.get(broken, "status || ' ' || attempts || ' ' || reason_code")).isEqualTo("FAILED 1 not-made-yet");
        assertThat(orders.actIn(broken)).isBetween(3.0, 5.0);
        orders.turn(broken);
        orders.turn(broken);

        assertThat(orders.get(broken, "status || ' ' || reason_code")).isEqualTo("HELD attempts-exhausted");
        assertThat(orders.notices(broken)).singleElement().asString().contains("Something went wrong here");
        assertThat(orders.failures).contains(orders.row(broken).subject() + " internal-error");
    }

    @Test
    void of_an_order_that_stands_it_becomes_a_problem() {
        UUID sale = orders.imported(PlainOrders.TEN.sale());
        orders.set(sale, "imported_document = imported_document || '{\"currency\": null, \"total\": 5}'");
        orders.store.on("order", arguments -> {
            throw new IllegalStateException("a fault");
        });
        orders.becomes(sale, PlainOrders.TEN.gone().sale());

        orders.turn();
        orders.turn(sale);
        orders.turn(sale);

        assertThat(orders.get(sale, "status || ' ' || problem_code || ' ' || (act_at is null)"))
                .isEqualTo("IMPORTED follow-up-failed true");
    }

    @Test
    void a_row_that_does_not_read_rests_and_the_others_go_on() {
        UUID broken = orders.ready(PlainOrders.TEN.sale());
        orders.set(broken, "document = '{\"total\": \"much\"}'");
        UUID sound = orders.ready(PlainOrders.TEN.sale());

        orders.turn();

        assertThat(orders.get(sound, "status")).isEqualTo("IMPORTED");
        assertThat(orders.actIn(broken)).isGreaterThan((double) Duration.ofHours(5).toSeconds());
    }

    @Test
    void a_held_row_that_does_not_read_keeps_no_other_from_its_release() {
        UUID broken = orders.ready(PlainOrders.TEN.sale());
        UUID sound = orders.ready(PlainOrders.TEN.sale());
        orders.set(broken, "status = 'HELD', reason_code = 'unlinked-lines', document = '{\"total\": \"much\"}'");
        orders.set(sound, "status = 'HELD', reason_code = 'unlinked-lines'");

        orders.turn();

        assertThat(orders.get(sound, "status")).isEqualTo("IMPORTED");
        assertThat(orders.story(sound)).contains("sale-released");
        assertThat(orders.get(broken, "status")).isEqualTo("READY");
        assertThat(orders.actIn(broken)).isGreaterThan((double) Duration.ofHours(5).toSeconds());
    }

    @Test
    void a_fault_after_the_order_was_asked_for_leaves_it_to_be_looked_for() {
        assertThat(orders.turn().nextIn()).isNull();
        UUID sale = orders.ready(PlainOrders.TEN.sale());
        orders.store.on("createOrder", arguments -> Uni.createFrom().failure(new IllegalStateException("a fault")));

        Duration next = orders.turn().nextIn();

        assertThat(orders.get(sale, "status")).isEqualTo("CREATING");
        assertThat(orders.actIn(sale)).isBetween(85.0, 90.0);
        assertThat(next).as("a quiet stream is woken for it").isBetween(Duration.ofSeconds(85), Duration.ofSeconds(90));
        assertThat(orders.story(sale)).containsExactly("order-asked", "order-unknown");
    }

    @Test
    void what_concerns_the_whole_shop_ends_the_turn_and_blames_no_sale() {
        UUID sale = orders.ready(PlainOrders.TEN.sale());
        orders.store.fails("createOrder", new ConnectorException.Rejected("shop-frozen", 402, "The shop is frozen"));

        assertThatThrownBy(orders::turn).hasMessage("The shop is frozen");

        assertThat(orders.get(sale, "status || ' ' || attempts")).isEqualTo("READY 0");
    }

    @Test
    void a_lease_that_is_lost_ends_the_turn() {
        orders.ready(PlainOrders.TEN.sale());
        orders.store.on("createOrder", arguments -> {
            orders.leaseLeft = Duration.ZERO;
            return Uni.createFrom().failure(PlainOrders.lost());
        });

        assertThatThrownBy(orders::turn).isInstanceOf(Fence.Lost.class);
    }
}
