package dev.tillbridge.order;

import static dev.tillbridge.platform.PlainDatabase.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vertx.mutiny.sqlclient.Row;

import dev.tillbridge.channel.ChannelSettings.RefundRestock;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.order.SaleRepository.ToRead;
import dev.tillbridge.platform.PlainDatabase;

/** What is kept of sales that were read, and of those that could not be. */
class SaleKeeperTest {

    private static final Sales TEA = Sales.of(1000, Sales.item("L1", "tea", 500), Sales.item("L2", "tea", 500));
    private static final Sales TEA_AND_MILK = Sales.of(2000, Sales.item("L1", "tea", 500), Sales.item("L2", "tea", 500),
            Sales.item("L3", "milk", 1000));
    private static final Duration LONG_AGO = Duration.ofDays(31);
    private static PlainDatabase database;

    private TillBooks books;

    @BeforeAll
    static void start() {
        database = PlainDatabase.start();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void connect() {
        books = new TillBooks(database);
        for (String item : List.of("tea", "milk")) {
            books.variant(item, true);
            books.link(item, item);
        }
    }

    @Test
    void a_line_added_to_a_paid_sale_brings_nothing_back() {
        UUID sale = books.seen();
        books.keep(sale, TEA);
        assertUnits(sale, "tea", "2", "0");

        var unpaid = TEA_AND_MILK.paid(Sales.card("P1", 1000, 0)).states("open", "PARTIALLY_PAID");
        assertThat(books.keep(sale, unpaid).status()).isEqualTo(SaleStatus.WAITING);
        assertUnits(sale, "tea", "2", "0");
        assertUnits(sale, "milk", "1", "0");
        assertThat(books.unposted("tea")).as("wanted, and not reserved as well").isEqualByComparingTo("2");
    }

    @Test
    void one_of_two_payments_voided_brings_nothing_back_and_both_do() {
        UUID sale = books.seen();
        books.keep(sale, TEA.paid(Sales.card("P1", 500, 0), Sales.card("P2", 500, 0)));
        books.keep(sale, TEA.paid(Sales.card("P1", 500, 0), Sales.voidedCard("P2", 500)).states("open", "PARTIALLY_PAID"));
        assertUnits(sale, "tea", "2", "0");
        books.keep(sale, TEA.paid(Sales.voidedCard("P1", 500), Sales.voidedCard("P2", 500)).states("open", "OPEN"));
        assertUnits(sale, "tea", "0", "0");
    }

    @Test
    void the_rule_in_force_when_money_was_first_given_back_is_the_sales_rule() {
        var voided = TEA.paid(Sales.voidedCard("P1", 1000)).states("open", "OPEN");
        UUID sale = books.seen();
        books.keep(sale, TEA);
        books.refundRestock = RefundRestock.NONE;
        books.keep(sale, TEA);
        books.refundRestock = RefundRestock.LINES;
        books.keep(sale, voided);
        assertUnits(sale, "tea", "0", "0");

        books.refundRestock = RefundRestock.NONE;
        books.keep(sale, voided);
        assertUnits(sale, "tea", "0", "0");

        books.keep(sale, TEA);
        assertUnits(sale, "tea", "2", "0");
        books.keep(sale, voided);
        books.refundRestock = RefundRestock.ALL;
        books.keep(sale, voided);
        assertUnits(sale, "tea", "2", "0");
    }

    @Test
    void one_answer_that_the_till_has_no_such_sale_takes_nothing_back() {
        UUID sale = books.seen();
        books.keep(sale, TEA);
        get(books.keeper.keep(books, books.channel(TillBooks.START), books.due(sale), null));
        assertThat(books.row(sale).sale().deleted()).isFalse();
        assertUnits(sale, "tea", "2", "0");

        database.run("update sale set missing_since = clock_timestamp() - interval '1 minute' where id = $1", sale);
        get(books.keeper.keep(books, books.channel(TillBooks.START), books.due(sale), null));
        assertThat(books.row(sale).sale().deleted()).isTrue();
        assertUnits(sale, "tea", "0", "0");
    }

    @Test
    void a_pending_order_whose_sale_is_deleted_holds_nothing_back() {
        UUID sale = books.seen();
        books.keep(sale, TEA.paid().states("open", "OPEN"));
        assertThat(books.unposted("tea")).as("held back while it may be paid").isEqualByComparingTo("2");
        database.run("update sale set status = 'IMPORTED', store_order_id = '5', store_paid = false where id = $1", sale);

        get(books.keeper.keep(books, books.channel(TillBooks.START), books.due(sale), null));
        database.run("update sale set missing_since = clock_timestamp() - interval '1 minute' where id = $1", sale);
        get(books.keeper.keep(books, books.channel(TillBooks.START), books.due(sale), null));

        assertThat(books.row(sale).sale().deleted()).isTrue();
        assertThat(books.row(sale).status()).isEqualTo(SaleStatus.IMPORTED);
        assertThat(books.unposted("tea")).isEqualByComparingTo("0");
    }

    @Test
    void one_that_is_shown_again_was_never_gone() {
        UUID sale = books.seen();
        books.keep(sale, TEA);
        get(books.keeper.keep(books, books.channel(TillBooks.START), books.due(sale), null));
        assertThat(books.row(sale).missingSince()).isNotNull();
        assertThat(books.keep(sale, TEA).missingSince()).isNull();
    }

    @Test
    void an_unpaid_sale_that_is_held_keeps_its_units_back() {
        UUID sale = books.seen();
        database.run("update sale set status = 'HELD', reason_code = 'unlinked-lines' where id = $1", sale);
        books.skipUnpaid = false;
        books.keep(sale, TEA.paid().states("open", "OPEN"));
        unchangedFor(sale, Duration.ofMinutes(11));
        database.run("update sale set status = 'HELD', reason_code = 'unlinked-lines' where id = $1", sale);
        assertThat(books.keep(sale, TEA.paid().states("open", "OPEN")).status()).isEqualTo(SaleStatus.HELD);
        assertUnits(sale, "tea", "0", "2");
    }

    @Test
    void the_location_that_is_chosen_now_counts_until_units_were_taken() {
        UUID sale = books.seen();
        books.keep(sale, TEA);
        books.location = "2";
        assertThat(books.keep(sale, TEA).postingLocationId()).isEqualTo("2");
        books.prepared();
        books.location = "1";
        assertThat(books.keep(sale, TEA).postingLocationId()).isEqualTo("2");
    }

    @Test
    void a_sale_of_an_earlier_connection_goes_on_where_it_was() {
        UUID sale = books.seen();
        books.keep(sale, TEA);
        var sent = books.prepared();
        database.run("delete from channel where id = $1", books.channel);
        assertThat(books.unposted("tea")).as("what is under way counts all the same").isEqualByComparingTo("2");
        database.run("delete from store where id = $1", books.fence().storeId());

        var again = new TillBooks(database);
        again.variant("tea", true);
        again.link("tea", "tea");
        database.run("update sale set shop_domain = $2, merchant_id = $3 where id = $1", sale, again.store().shopDomain(),
                again.channel(TillBooks.START).merchantId());
        get(again.intake.adopt(again.fence(), again.store(), again.channel(TillBooks.START)));
        assertThat(again.prepared()).extracting(posting -> posting.input())
                .containsExactlyElementsOf(sent.stream().map(posting -> posting.input()).toList());
        assertThat(again.unposted("tea")).isEqualByComparingTo("2");
        again.keep(sale, TEA);
        assertThat(again.prepared()).as("nothing is made twice").hasSize(1);
    }

    @Test
    void a_paid_sale_that_is_abandoned_later_stays_off_the_stock() {
        UUID sale = books.seen();
        books.keep(sale, TEA);
        var unpaid = TEA.paid(Sales.card("P1", 400, 0)).states("open", "PARTIALLY_PAID");
        books.keep(sale, unpaid);
        unchangedFor(sale, LONG_AGO);
        assertThat(books.keep(sale, unpaid).reasonCode()).isEqualTo("abandoned");
        assertUnits(sale, "tea", "2", "0");
    }

    @Test
    void a_start_moved_past_a_sale_that_was_begun_changes_nothing() {
        Instant later = Sales.NOON.plusSeconds(60);
        UUID sale = books.seen();
        books.keep(sale, TEA);
        assertThat(books.keep(sale, TEA, later).status()).isEqualTo(SaleStatus.READY);
        assertThat(books.keep(sale, TEA_AND_MILK, later).status()).isEqualTo(SaleStatus.READY);
        assertUnits(sale, "tea", "2", "0");

        // Dismissed and replayed it is judged anew, and its units are off all the same
        database.run("update sale set status = 'SEEN', reason_code = null where id = $1", sale);
        assertThat(books.keep(sale, TEA, later).status()).isEqualTo(SaleStatus.READY);

        UUID other = new TillBooks(database).seen();
        assertThat(books.keep(other, TEA, later).reasonCode()).isEqualTo("before-start");
        assertUnits(other, "tea", "0", "0");
    }

    @Test
    void lines_taken_off_the_sale_need_no_link_for_its_release() {
        UUID sale = books.seen();
        books.unlink("milk");
        books.keep(sale, TEA_AND_MILK.paid().states("open", "OPEN"));
        assertThat(unit(sale, "milk").getBoolean("unpaid")).isTrue();
        books.keep(sale, TEA);
        assertThat(unit(sale, "milk").getBoolean("unpaid")).isFalse();
        assertThat(unit(sale, "milk").getBoolean("gone")).isTrue();
        database.run("update sale set status = 'HELD', reason_code = 'unlinked-lines' where id = $1", sale);
        assertThat(get(books.sales.releasable(books.channel))).containsExactly(sale);

        books.keep(sale, TEA_AND_MILK);
        assertThat(unit(sale, "milk").getBoolean("gone")).isFalse();
        database.run("update sale set status = 'HELD', reason_code = 'unlinked-lines' where id = $1", sale);
        assertThat(get(books.sales.releasable(books.channel))).isEmpty();
    }

    @Test
    void a_sale_taken_back_may_not_be_paid_any_moment() {
        UUID sale = books.seen();
        books.keep(sale, TEA.paid(Sales.voidedCard("P1", 1000)).states("open", "OPEN"));
        assertThat(unit(sale, "tea").getBoolean("unpaid")).isFalse();
    }

    @Test
    void a_sale_told_of_and_one_read_in_vain_hold_stock_writes_back() {
        assertThat(anyUnread()).isFalse();
        UUID sale = books.seen();
        assertThat(anyUnread()).isTrue();
        fails(sale, timeout());
        assertThat(get(books.sales.toRead(books.channel, TillBooks.START, false, 10))).as("it rests").isEmpty();
        assertThat(anyUnread()).isTrue();
        books.keep(sale, TEA);
        assertThat(anyUnread()).isFalse();

        // The last reading failed
        fails(sale, timeout());
        assertThat(anyUnread()).isTrue();
        database.run("update sale set dismissed = true where id = $1", sale);
        assertThat(anyUnread()).as("a person said what becomes of it").isFalse();
        database.run("update sale set dismissed = false, pos_created_at = $2 where id = $1", sale,
                TillBooks.START.minusSeconds(1).atOffset(java.time.ZoneOffset.UTC));
        assertThat(anyUnread()).as("history touches no stock").isFalse();
    }

    @Test
    void a_sale_the_till_answers_nonsense_for_is_left_to_a_person_and_holds_nothing_back() {
        UUID sale = books.seen();
        fails(sale, new ConnectorException.Rejected("invalid-answer", 200, "The total is no number"));
        SaleRow held = books.row(sale);
        assertThat(held.status()).isEqualTo(SaleStatus.HELD);
        assertThat(held.reasonCode()).isEqualTo("unreadable");
        assertThat(held.reason()).contains("The total is no number");
        assertThat(books.openNotices()).containsExactly("ORDER_HELD");
        assertThat(anyUnread()).isFalse();

        assertThat(books.keep(sale, TEA).status()).isEqualTo(SaleStatus.READY);
        assertThat(books.openNotices()).isEmpty();
    }

    @Test
    void what_was_held_for_its_reading_alone_is_released_by_a_good_one() {
        UUID sale = books.seen();
        books.keep(sale, TEA);
        fails(sale, new ConnectorException.Rejected("invalid-answer", 200, "nonsense"));
        assertThat(books.row(sale).status()).isEqualTo(SaleStatus.HELD);
        assertThat(books.keep(sale, TEA).status()).as("although it is what it was").isEqualTo(SaleStatus.READY);
    }

    @Test
    void failures_of_ours_are_tried_again_and_told_after_the_last() {
        UUID sale = books.seen();
        for (int i = 1; i < TillBooks.CONFIG.attempts(); i++) {
            fails(sale, new NullPointerException("mapping"));
            assertThat(books.row(sale).status()).isEqualTo(SaleStatus.SEEN);
            assertThat(anyUnread()).isTrue();
        }
        fails(sale, new NullPointerException("mapping"));
        assertThat(books.row(sale).status()).isEqualTo(SaleStatus.HELD);
        assertThat(books.row(sale).reason()).contains("NullPointerException").doesNotContain("mapping");
        assertThat(anyUnread()).isFalse();
        assertThat(books.failures).hasSize(TillBooks.CONFIG.attempts()).containsOnly("internal-error");
    }

    @Test
    void an_order_in_the_store_has_a_problem_until_its_sale_can_be_read_again() {
        UUID sale = books.seen();
        books.keep(sale, TEA);
        database.run("update sale set status = 'IMPORTED', store_order_id = '5', store_paid = true where id = $1", sale);
        fails(sale, new ConnectorException.Rejected("invalid-answer", 200, "nonsense"));
        assertThat(books.row(sale).status()).isEqualTo(SaleStatus.IMPORTED);
        assertThat(books.row(sale).problemCode()).isEqualTo("unreadable");
        assertThat(books.keep(sale, TEA).problemCode()).isNull();
        assertThat(books.openNotices()).isEmpty();

        // While it is not known whether an order was made, that comes first
        database.run("update sale set status = 'CREATING', store_order_id = null where id = $1", sale);
        fails(sale, new ConnectorException.Rejected("invalid-answer", 200, "nonsense"));
        assertThat(books.row(sale).status()).isEqualTo(SaleStatus.CREATING);
    }

    @Test
    void what_the_till_does_not_have_is_not_looked_for_for_ever() {
        UUID sale = books.seen();
        get(books.keeper.keep(books, books.channel(TillBooks.START), books.due(sale), null));
        assertThat(books.row(sale).reasonCode()).isEqualTo("not-found");
        assertThat(anyUnread()).isFalse();
        assertThat(lookedAtAgain(sale)).isTrue();
        unchangedFor(sale, LONG_AGO);
        get(books.keeper.keep(books, books.channel(TillBooks.START), books.due(sale), null));
        assertThat(lookedAtAgain(sale)).isFalse();
    }

    @Test
    void an_unpaid_order_in_the_store_is_not_looked_at_for_ever() {
        UUID sale = books.seen();
        Sales open = TEA.paid().states("open", "OPEN");
        books.keep(sale, open);
        database.run("update sale set status = 'IMPORTED', store_order_id = '5', store_paid = false where id = $1", sale);
        books.keep(sale, open);
        assertThat(lookedAtAgain(sale)).isTrue();
        unchangedFor(sale, LONG_AGO);
        books.keep(sale, open);
        assertThat(lookedAtAgain(sale)).isFalse();
    }

    @Test
    void news_that_come_while_it_is_read_make_it_be_read_once_more() {
        UUID sale = books.seen();
        ToRead due = books.due(sale);
        books.seen();
        get(books.keeper.keep(books, books.channel(TillBooks.START), due, TEA.sale()));
        assertThat(books.row(sale).status()).isEqualTo(SaleStatus.READY);
        assertThat(toRead()).as("what was read may be older than the news").containsExactly(sale);
        assertThat(anyUnread()).isTrue();
        books.keep(sale, TEA_AND_MILK);
        assertThat(books.row(sale).sale().lines()).hasSize(3);
        assertThat(toRead()).isEmpty();

        books.seen();
        due = books.due(sale);
        books.seen();
        get(books.keeper.keep(books, books.channel(TillBooks.START), due, null));
        assertThat(toRead()).as("missing then").containsExactly(sale);
        due = books.due(sale);
        books.seen();
        get(books.unread.failed(books, due, new ConnectorException.Rejected("invalid-answer", 200, "nonsense")));
        assertThat(toRead()).as("not to be read then").containsExactly(sale);
    }

    private List<UUID> toRead() {
        return get(books.sales.toRead(books.channel, TillBooks.START, false, 10)).stream().map(ToRead::id).toList();
    }

    private void fails(UUID sale, Throwable failure) {
        get(books.unread.failed(books, books.due(sale), failure));
    }

    private static ConnectorException timeout() {
        return new ConnectorException.Transient("timeout", "The till took too long", false, null);
    }

    private boolean anyUnread() {
        return get(books.sales.anyUnread(books.channel, TillBooks.START));
    }

    private static boolean lookedAtAgain(UUID sale) {
        return database.run("select look_at is not null from sale where id = $1", sale).iterator().next().getBoolean(0);
    }

    private static void unchangedFor(UUID sale, Duration time) {
        database.run("update sale set changed_at = clock_timestamp() - $2 * interval '1 second' where id = $1", sale,
                time.toSeconds());
    }

    private static Row unit(UUID sale, String item) {
        return database.run("select * from sale_unit where sale_id = $1 and item_id = $2", sale, item).iterator().next();
    }

    private static void assertUnits(UUID sale, String item, String wanted, String reserved) {
        Row unit = unit(sale, item);
        assertThat(unit.getBigDecimal("wanted")).isEqualByComparingTo(wanted);
        assertThat(unit.getBigDecimal("reserved")).isEqualByComparingTo(reserved);
    }
}
