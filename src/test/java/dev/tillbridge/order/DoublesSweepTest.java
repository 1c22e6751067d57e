package dev.tillbridge.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.platform.PlainDatabase;

class DoublesSweepTest {

    private final Instant earlier = Instant.now().minusSeconds(3700);
    private static final Logger LOG = Logger.getLogger(DoublesSweepTest.class);
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
        orders.store.on("order", arguments -> Uni.createFrom()
                .item(PlainOrders.order(arguments[1].toString(), false, "PAID"))).item("cancelOrder", "J1");
    }

    @Test
    void the_older_order_is_kept_and_what_was_paid_and_refunded_on_the_younger_is_followed_anew() {
        UUID sale = orders.imported(PlainOrders.TEN.sale());
        orders.set(sale, "act_at = null");
        orders.database.run("""
            insert into sale_refund (id, sale_id, pos_refund_id, status, amount, draft, attempt, store_refund_id)
            values (gen_random_uuid(), $1, 'R1', 'DONE', 100, '{}', 1, '5')
            """, sale);
        found(found(sale, "66", earlier), found(sale, "77", earlier.plusSeconds(60)));

        assertThat(orders.sweep(null)).isEqualTo(1);

        assertThat(orders.get(sale, "store_order_id || ' ' || store_paid || ' ' || (act_at <= clock_timestamp()) || ' '"
                + " || former_store_orders::text || ' ' || (swept_at is not null)")).isEqualTo("66 false true {77} true");
        assertThat(
                orders.database.texts("select status || coalesce(draft::text, '') from sale_refund where sale_id = $1", sale))
                .containsExactly("READY");
        assertThat(orders.story(sale)).containsExactly("older-order-kept", "double-cancelled");
    }

    @Test
    void where_the_order_known_here_is_the_older_nothing_of_it_is_done_again() {
        UUID sale = orders.imported(PlainOrders.TEN.sale());
        orders.set(sale, "act_at = null");
        found(found(sale, "77", earlier), found(sale, "88", earlier.plusSeconds(60)));

        assertThat(orders.sweep(null)).isEqualTo(1);

        assertThat(orders.get(sale,
                "store_order_id || ' ' || store_paid || ' ' || (act_at is null) || ' ' || former_store_orders::text"))
                .isEqualTo("77 true true {88}");
    }

    @Test
    void of_a_sale_whose_order_is_cancelled_no_double_is_left() {
        UUID sale = orders.imported(PlainOrders.TEN.sale());
        orders.set(sale, "store_cancelled = true");
        found(found(sale, "66", earlier));

        assertThat(orders.sweep(null)).isEqualTo(1);
        assertThat(orders.get(sale, "store_order_id || ' ' || former_store_orders::text")).isEqualTo("77 {66}");
    }

    @Test
    void a_refused_cancellation_keeps_no_other_double_waiting_and_is_told() {
        UUID first = orders.imported(PlainOrders.TEN.sale());
        orders.set(first, "imported_at = imported_at - interval '1 second'");
        UUID second = orders.imported(PlainOrders.TEN.sale());
        found(found(first, "77", earlier), found(first, "88", earlier.plusSeconds(60)), found(second, "77", earlier),
                found(second, "99", earlier.plusSeconds(60)));
        orders.store.on("cancelOrder", arguments -> arguments[1].equals("88")
                ? Uni.createFrom().failure(PlainOrders.refused("Shopify refused orderCancel"))
                : Uni.createFrom().item("J1"));

        assertThat(orders.sweep(null)).isEqualTo(1);

        assertThat(orders.get(second, "former_store_orders")).isEqualTo("{99}");
        assertThat(orders.get(first, "problem_code || ' ' || (swept_at is not null)")).isEqualTo("double-not-cancelled true");
        assertThat(orders.notices(first)).singleElement().asString().contains("Shopify refused orderCancel", "by hand");
    }

    @Test
    void a_cancellation_without_answer_is_tried_again_in_the_next_turn() {
        UUID sale = orders.imported(PlainOrders.TEN.sale());
        found(found(sale, "77", earlier), found(sale, "88", earlier.plusSeconds(60)));
        orders.store.fails("cancelOrder", PlainOrders.lost());
        assertThat(orders.sweep(null)).isZero();
        assertThat(orders.get(sale, "coalesce(problem_code, 'fine') || ' ' || (swept_at is null)")).isEqualTo("fine true");

        orders.store.item("cancelOrder", "J1");
        assertThat(orders.sweep(null)).isEqualTo(1);
    }

    @Test
    void what_was_asked_for_long_ago_is_looked_for_by_itself_so_that_the_list_is_not_read_that_far_back() {
        UUID old = orders.imported(PlainOrders.TEN.sale());
        orders.set(old, "asked_at = now() - interval '40 days'");
        orders.imported(PlainOrders.TEN.sale());
        List<Instant> since = new ArrayList<>();
        List<FoundOrder> both = List.of(found(old, "77", earlier), found(old, "88", Instant.now()));
        orders.store.on("ordersCreatedSince", arguments -> {
            since.add((Instant) arguments[1]);
            return Multi.createFrom().empty();
        }).item("findOrders", both);

        assertThat(orders.sweep(null)).isEqualTo(1);

        assertThat(since).singleElement()
                .satisfies(from -> assertThat(from).isAfter(Instant.now().minus(Duration.ofHours(2))));
        assertThat(orders.store.calls("findOrders")).isEqualTo(1);
    }

    @Test
    void a_double_that_a_comparison_saw_is_found_however_much_later_it_was_made() {
        UUID sale = orders.imported(PlainOrders.TEN.sale());
        orders.set(sale, "swept_at = now()");
        List<FoundOrder> both = List.of(found(sale, "77", earlier), found(sale, "88", earlier.plus(Duration.ofHours(9))));
        orders.store.on("ordersCreatedSince", arguments -> Multi.createFrom().empty()).item("findOrders", both);

        PlainDatabase.get(orders.part(StoreDeviations.class).sweepAgain(orders.fence(), sale));
        assertThat(orders.sweep(null)).isEqualTo(1);

        assertThat(orders.get(sale, "former_store_orders::text || doubled")).isEqualTo("{88}false");
    }

    @Test
    void the_list_is_not_read_beyond_the_orders_that_are_swept() {
        orders.imported(PlainOrders.TEN.sale());
        var pages = new int[1];
        orders.store.on("ordersCreatedSince", arguments -> Multi.createBy().repeating().supplier(() -> {
            pages[0]++;
            return List.of(new FoundOrder("5", "#5", "other", earlier.plusSeconds(900L * pages[0]), false, BigDecimal.TEN));
        }).atMost(100));

        orders.sweep(null);

        assertThat(pages[0]).isLessThan(5);
    }

    @Test
    void by_night_those_of_the_last_days_are_swept_once_more() {
        UUID sale = orders.imported(PlainOrders.TEN.sale());
        orders.set(sale, "swept_at = now() - interval '13 hours'");
        found(found(sale, "77", earlier), found(sale, "88", earlier.plusSeconds(60)));

        assertThat(orders.sweep(null)).isZero();
        assertThat(orders.sweep(Duration.ofMinutes(30))).isZero();
        assertThat(orders.sweep(Duration.ofDays(7))).isEqualTo(1);
        assertThat(orders.sweep(Duration.ofDays(7))).isZero();
    }

    @Test
    void what_concerns_the_whole_shop_ends_the_sweep_and_nothing_counts_as_swept() {
        UUID sale = orders.imported(PlainOrders.TEN.sale());
        found(found(sale, "77", earlier), found(sale, "88", earlier.plusSeconds(60)));
        orders.store.fails("cancelOrder", new ConnectorException.Unauthorized("No"));

        assertThatThrownBy(() -> orders.sweep(null)).hasMessage("No");
        assertThat(orders.get(sale, "swept_at is null")).isEqualTo("true");
    }

    /** Each by an index of its own, however many were swept. */
    @Test
    void both_queries_are_served_by_an_index_among_a_hundred_thousand_orders() {
        orders.database.run("""
            insert into sale (id, shop_domain, integration, merchant_id, pos_order_id, store_id, status, pos_created_at, store_order_id,
                              imported_at, swept_at)
            select gen_random_uuid(), 'demo.myshopify.com', 'clover', 'many', 'X' || k, $1, 'IMPORTED', now(), k::text,
              now() - k * interval '5 minutes', case when k > 20 then now() - interval '13 hours' end
            from generate_series(1, 100000) k
            """, orders.storeId);
        orders.database.run("analyze sale");
        try {
            String never = plan(DoublesRepository.NEVER_SWEPT.replace("$2", "600000").replace("$3", "2000"));
            String again = plan(DoublesRepository.SWEPT_BEFORE.replace("$2", "600000").replace("$3", "2000")
                    .replace("$4", "604800000"));
            LOG.infof("%s%n%s", never, again);
            assertThat(never).contains("sale_sweep_idx").doesNotContain("Seq Scan");
            assertThat(again).contains("sale_imported_idx").doesNotContain("Seq Scan");
        } finally {
            orders.database.run("delete from sale where merchant_id = 'many'");
        }
    }

    private static String plan(String sql) {
        return orders.database.texts("explain (analyze, costs off, summary off) "
                + sql.replace("$1", "'" + orders.storeId + "'")).stream().collect(Collectors.joining("\n"));
    }

    private static FoundOrder found(UUID sale, String id, Instant at) {
        return new FoundOrder(id, "#" + id, orders.row(sale).identity(), at, false, new BigDecimal("10.00"));
    }

    private static void found(FoundOrder... found) {
        orders.store.on("ordersCreatedSince", arguments -> Multi.createFrom().item(List.of(found)));
    }
}
