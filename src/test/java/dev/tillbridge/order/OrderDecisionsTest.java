package dev.tillbridge.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.UUID;

import jakarta.enterprise.event.Event;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.vertx.core.json.JsonObject;

import dev.tillbridge.channel.ChannelChanged;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.order.Decision.StockChoice;
import dev.tillbridge.order.UnknownOutcomes.Answer;
import dev.tillbridge.platform.PlainDatabase;

/** What a person's decision does to a sale, its adjustments and refunds, on a real PostgreSQL. */
class OrderDecisionsTest {

    private static final Sale SALE = Sales.of(1500, Sales.item("L1", "tea", 1500)).sale();
    private static StoredSales stored;

    @BeforeAll
    static void start() {
        stored = new StoredSales();
    }

    @AfterAll
    static void stop() {
        stored.close();
    }

    @BeforeEach
    void connect() {
        stored.connect();
    }

    @ParameterizedTest
    @EnumSource(value = SaleStatus.class, names = { "WAITING", "HELD", "SKIPPED", "FAILED", "SEEN", "READY"})
    void a_sale_that_is_not_in_the_store_is_read_and_judged_anew_before_it_is_imported(SaleStatus status) {
        UUID sale = stored.sale(SALE, "O1", status, null);
        replay(null);
        assertThat(stored.row(sale).status()).isEqualTo(SaleStatus.SEEN);
        assertThat(stored.text("select act_at is null and look_at <= clock_timestamp() from sale where id = $1", sale))
                .isEqualTo("true");
    }

    @Test
    void a_sale_in_the_store_is_followed_again() {
        UUID sale = stored.sale(SALE, "O1", SaleStatus.IMPORTED, "gid://1");
        replay(null);
        assertThat(stored.row(sale).status()).isEqualTo(SaleStatus.IMPORTED);
        assertThat(stored.text("select act_at <= clock_timestamp() from sale where id = $1", sale)).isEqualTo("true");
    }

    @Test
    void a_replay_that_mends_nothing_is_refused_and_says_what_does() {
        UUID sale = stored.sale(SALE, "O1", SaleStatus.IMPORTED, "gid://1");
        stored.database.run(
                "update sale set problem_code = 'store-total-differs', problem = 'Correct it in the store' where id = $1",
                sale);
        assertThatThrownBy(() -> replay(null)).isInstanceOfSatisfying(HttpProblem.class,
                problem -> assertThat(problem.getDetail()).contains("Correct it in the store").contains("dismiss"));
        dismiss(StockChoice.KEEP, null);
        assertThat(stored.row(sale).problem()).isNull();
        assertThat(stored.text("select act_at <= clock_timestamp() from sale where id = $1", sale))
                .as("a change that went unnamed behind it is looked for").isEqualTo("true");
    }

    @Test
    void a_difference_that_was_dismissed_is_known() {
        UUID sale = stored.sale(SALE, "O1", SaleStatus.IMPORTED, "gid://1");
        stored.database.run("update sale set problem_code = 'changed-after-import', problem = 'x' where id = $1", sale);
        dismiss(StockChoice.KEEP, null);
        assertThat(stored.row(sale).acknowledgedHash()).isEqualTo(stored.row(sale).contentHash()).isNotNull();
    }

    @Test
    void goods_of_an_unpaid_sale_that_are_gone_are_taken_off() {
        UUID sale = stored.sale(SALE, "O1", SaleStatus.WAITING, null);
        stored.database.run("""
                insert into sale_unit (sale_id, channel_id, item_id, name, sold, returned, wanted, reserved, unpaid)
                values ($1, $2, 'tea', 'Tea', 2, 0, 0, 0, true)""", sale, stored.channel);
        dismiss(StockChoice.KEEP, null);
        assertThat(stored.database.count("select wanted::bigint from sale_unit where sale_id = $1", sale)).isEqualTo(2);
    }

    @Test
    void a_shipment_that_is_not_noted_is_tried_again_by_a_replay_and_left_by_a_dismissal() {
        UUID sale = stored.sale(SALE, "O1", SaleStatus.IMPORTED, "gid://1");
        stored.database.run("update sale set shipment_problem = 'No room' where id = $1", sale);
        stored.database.run(
                "insert into sale_note (sale_id, store_order_id, wanted, attempts) values ($1, 'gid://1', 'sent', 8)",
                sale);
        dismiss(StockChoice.KEEP, null);
        assertThat(stored.row(sale).shipmentProblem()).isNull();
        assertThat(stored.text("select act_at from sale_note where sale_id = $1", sale)).isNull();

        stored.database.run("update sale set shipment_problem = 'No room' where id = $1", sale);
        replay(null);
        assertThat(stored.row(sale).shipmentProblem()).isNull();
        assertThat(stored.text("select act_at <= clock_timestamp() and attempts = 0 from sale_note where sale_id = $1", sale))
                .isEqualTo("true");
    }

    @Test
    void a_replay_needs_to_know_what_became_of_an_adjustment_of_unknown_outcome() {
        UUID sale = unknownStock("O1");

        assertThatThrownBy(() -> replay(null)).isInstanceOfSatisfying(HttpProblem.class, problem -> {
            assertThat(problem.getStatusCode()).isEqualTo(409);
            assertThat(problem.getDetail()).contains("the store's stock was changed").contains("\"unknownOutcome\"")
                    .contains("DONE").contains("NOT_DONE");
        });

        assertThat(adjustment(sale)).isEqualTo("HELD");
        assertThat(taken(sale)).isEqualTo(2);
        assertThat(stored.row(sale).stockProblem()).isEqualTo("unknown");
    }

    @ParameterizedTest(name = "{0}: the adjustment is {1}, {2} units are taken off, {3} open")
    @CsvSource({ "DONE, POSTED, 2, 0", "NOT_DONE, REFUSED, 0, 2"})
    void a_replay_with_an_answer_settles_the_adjustment_by_it(Answer answer, String status, int taken, int open) {
        UUID sale = unknownStock("O1");

        replay(answer);
        replay(answer);

        assertThat(adjustment(sale)).isEqualTo(status);
        assertThat(taken(sale)).isEqualTo(taken);
        assertThat(stored.database.count("select (wanted - taken)::bigint from sale_unit where sale_id = $1", sale))
                .isEqualTo(open);
        assertThat(stored.database.count("select count(*) from open_posting where store_id = $1", stored.fence.storeId()))
                .isZero();
        assertThat(stored.row(sale).stockProblem()).isNull();
        assertThat(stored.text("select cause from journal where kind = 'order-replayed' and store_id = $1 limit 1",
                stored.fence.storeId())).endsWith("was found " + answer.words());
    }

    @Test
    void a_refund_of_unknown_outcome_needs_an_answer_too_and_one_that_was_refused_does_not() {
        UUID sale = stored.sale(SALE, "O1", SaleStatus.IMPORTED, "gid://1");
        refund(sale, "R1", "refund-unknown");
        refund(sale, "R2", "refund-exceeds");

        assertThatThrownBy(() -> replay(null)).isInstanceOfSatisfying(HttpProblem.class,
                problem -> assertThat(problem.getDetail()).contains("the store's order was refunded"));
        assertThat(refunds(sale)).isEqualTo("R1 HELD sent, R2 HELD sent");

        replay(Answer.DONE);
        assertThat(refunds(sale)).isEqualTo("R1 DONE sent, R2 READY new");
    }

    @Test
    void a_refund_that_was_not_made_begins_anew() {
        UUID sale = stored.sale(SALE, "O1", SaleStatus.IMPORTED, "gid://1");
        refund(sale, "R1", "refund-unknown");
        replay(Answer.NOT_DONE);
        assertThat(refunds(sale)).isEqualTo("R1 READY new");
    }

    @Test
    void many_are_replayed_without_those_of_unknown_outcome() {
        UUID unknown = unknownStock("O1");
        UUID other = stored.sale(SALE, "O2", SaleStatus.HELD, null);

        var outcome = PlainDatabase.get(decisions().decide(channel(), new OrderFilter("HELD", null, null, null, null),
                Decision.replay(null, "Ann")));

        assertThat(outcome.matched()).isEqualTo(2);
        assertThat(outcome.done()).isEqualTo(1);
        assertThat(outcome.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.posOrderId()).isEqualTo("O1");
            assertThat(refused.reason()).contains("by itself with \"unknownOutcome\"");
        });
        assertThat(adjustment(unknown)).isEqualTo("HELD");
        assertThat(stored.row(unknown).status()).isEqualTo(SaleStatus.HELD);
        assertThat(stored.row(other).status()).isEqualTo(SaleStatus.SEEN);
    }

    @ParameterizedTest(name = "{0}, {1}: {2}, {3} taken off of {4}")
    @CsvSource({ "KEEP, DONE, POSTED, 2, 2", "KEEP, NOT_DONE, REFUSED, 0, 2", "RETURN, DONE, POSTED, 2, 0",
            "RETURN, NOT_DONE, REFUSED, 0, 0"})
    void a_dismissal_counts_from_what_was_taken_off(StockChoice stock, Answer answer, String status, int taken, int wanted) {
        UUID sale = unknownStock("O1");
        assertThatThrownBy(() -> dismiss(stock, null)).isInstanceOfSatisfying(HttpProblem.class,
                problem -> assertThat(problem.getDetail()).contains("dismiss this sale by itself with \"unknownOutcome\""));
        assertThat(adjustment(sale)).isEqualTo("HELD");

        dismiss(stock, answer);

        assertThat(adjustment(sale)).isEqualTo(status);
        assertThat(taken(sale)).isEqualTo(taken);
        assertThat(stored.database.count("select wanted::bigint from sale_unit where sale_id = $1", sale)).isEqualTo(wanted);
        assertThat(stored.row(sale).dismissed()).isTrue();
    }

    @Test
    void a_dismissal_leaves_a_refund_of_unknown_outcome_alone_for_good() {
        UUID sale = stored.sale(SALE, "O1", SaleStatus.IMPORTED, "gid://1");
        stored.database.run("update sale set problem_code = 'refund-unknown', problem = 'x' where id = $1", sale);
        refund(sale, "R1", "refund-unknown");
        dismiss(StockChoice.KEEP, null);
        assertThat(refunds(sale)).isEqualTo("R1 SKIPPED sent");
        replay(null);
        assertThat(refunds(sale)).isEqualTo("R1 SKIPPED sent");
    }

    private void replay(Answer answer) {
        PlainDatabase.get(decisions().decide(channel(), "O1", Decision.replay(answer, "Ann")));
    }

    private void dismiss(StockChoice stock, Answer answer) {
        PlainDatabase.get(decisions().decide(channel(), "O1", new Decision("Rung up twice", stock, answer, "Ann")));
    }

    @SuppressWarnings("unchecked")
    private static OrderDecisions decisions() {
        var nobody = (Event<ChannelChanged>) Proxy.newProxyInstance(OrderDecisionsTest.class.getClassLoader(),
                new Class<?>[]{ Event.class}, (self, method, arguments) -> null);
        return new OrderDecisions(stored.sales, stored.refunds, new UnknownOutcomes(stored.postings, stored.refunds),
                stored.story, stored.notices, stored.database.transactions(), nobody);
    }

    private static ConnectedChannel channel() {
        return new ConnectedChannel(stored.channel, stored.fence.storeId(), "Till", "clover", "us", "M", null, null, 0, true,
                true, null);
    }

    /** Held, with two units of tea taken off by an adjustment that the store never confirmed. */
    private static UUID unknownStock(String posOrderId) {
        UUID sale = stored.sale(SALE, posOrderId, SaleStatus.HELD, null);
        UUID store = stored.fence.storeId();
        UUID adjustment = UUID.randomUUID();
        var database = stored.database;
        database.run("update sale set stock_problem = 'unknown' where id = $1", sale);
        database.run("""
                insert into variant (store_id, id, product_id, inventory_item_id, title, product_status, tracked, as_of, gone)
                values ($1, 'v', 'p', 'i', 't', 'ACTIVE', true, now(), false)""", store);
        database.run("""
                insert into item (channel_id, id, name, price, price_type, hidden, as_of, quantity_as_of)
                values ($1, 'tea', 'Tea', 100, 'FIXED', false, now(), now())""", stored.channel);
        database.run("""
                insert into link (channel_id, store_id, variant_id, item_id, origin, created_by)
                values ($1, $2, 'v', 'tea', 'MATCHED', 'test')""", stored.channel, store);
        database.run("""
                insert into sale_unit (sale_id, channel_id, item_id, name, sold, wanted, taken)
                values ($1, $2, 'tea', 'Tea', 2, 2, 2)""", sale, stored.channel);
        database.run("""
                insert into stock_adjustment (id, store_id, channel_id, purpose, reference, attempt, idempotency_key, input, status, problem,
                  sale_id, part)
                values ($1, $2, $3, 'sale', $4, 1, $4, $5, 'HELD', 'stock-adjustment-unknown', $6, 1)""", adjustment, store,
                stored.channel, sale.toString(), new JsonObject(), sale);
        database.run("""
                insert into open_posting (adjustment_id, store_id, inventory_item_id, location_id, units, item_id)
                values ($1, $2, 'i', '1', 2, 'tea')""", adjustment, store);
        return sale;
    }

    private static void refund(UUID sale, String id, String code) {
        stored.database.run("""
                insert into sale_refund (id, sale_id, pos_refund_id, status, reason_code, reason, amount, attempt, draft, first_sent_at)
                values (gen_random_uuid(), $1, $2, 'HELD', $3, 'x', 500, 1, $4, now())""", sale, id, code, new JsonObject());
    }

    private static String adjustment(UUID sale) {
        return stored.text("select status from stock_adjustment where sale_id = $1", sale);
    }

    private static long taken(UUID sale) {
        return stored.database.count("select taken::bigint from sale_unit where sale_id = $1", sale);
    }

    private static String refunds(UUID sale) {
        return stored.text("""
                select string_agg(pos_refund_id || ' ' || status || case when draft is null then ' new' else ' sent' end, ', ' order by pos_refund_id)
                from sale_refund where sale_id = $1""", sale);
    }
}
