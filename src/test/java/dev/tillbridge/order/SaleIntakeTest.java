package dev.tillbridge.order;

import static dev.tillbridge.platform.PlainDatabase.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tillbridge.order.SaleMention.Kind;
import dev.tillbridge.order.SaleMention.Money;
import dev.tillbridge.platform.PlainDatabase;

/** What the till's lists tell of. */
class SaleIntakeTest {

    private static final Instant LATER = Sales.NOON.plusSeconds(60);
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
    }

    @Test
    void told_twice_it_is_news_once() {
        assertThat(books.told(TillBooks.START, order("O1", "a"), payment("P1", "O1"))).isEqualTo(1);
        assertThat(books.told(TillBooks.START, order("O1", "a"), payment("P1", "O1"))).isZero();
        assertThat(books.told(TillBooks.START, order("O1", "b"))).isEqualTo(1);
    }

    @Test
    void a_sale_before_the_start_is_skipped_unread_and_reconsidered_under_another_start() {
        assertThat(books.told(LATER, order("O1", "a"))).isZero();
        UUID sale = books.sale("O1");
        assertThat(books.row(sale).reasonCode()).isEqualTo("before-start");
        assertThat(books.told(LATER, order("O1", "b"))).isZero();

        get(books.intake.reconsider(books.fence(), books.channel, TillBooks.START));
        assertThat(books.row(sale).status()).isEqualTo(SaleStatus.SEEN);
        assertThat(get(books.sales.toRead(books.channel, TillBooks.START, false, 10))).hasSize(1);
    }

    /** A payment told of it before its order did, so that it was read. */
    @Test
    void a_sale_that_was_read_before_the_start_moved_back_touches_stock_from_then_on() {
        books.told(LATER, payment("P1", "O1"));
        UUID sale = books.sale("O1");
        Sales tea = Sales.of(500, Sales.item("L1", "tea", 500));
        assertThat(books.keep(sale, tea, LATER).reasonCode()).isEqualTo("before-start");
        assertThat(books.row(sale).postsStock()).isFalse();

        get(books.intake.reconsider(books.fence(), books.channel, TillBooks.START));
        assertThat(books.keep(sale, tea).status()).isEqualTo(SaleStatus.READY);
        assertThat(books.row(sale).postsStock()).isTrue();
    }

    @Test
    void money_given_back_without_a_sale_is_held_once_it_is() {
        books.told(TillBooks.START, refund("R1", Money.PENDING));
        UUID refund = books.sale("R1");
        assertThat(books.row(refund).credit()).isTrue();
        assertThat(books.row(refund).status()).isEqualTo(SaleStatus.WAITING);
        books.told(TillBooks.START, refund("R1", Money.RETURNED));
        assertThat(books.row(refund).status()).isEqualTo(SaleStatus.HELD);
        assertThat(books.row(refund).reasonCode()).isEqualTo("refund-without-order");
        assertThat(get(books.sales.due(books.channel, false, 10))).containsExactly(refund);
        assertThat(get(books.sales.anyUnread(books.channel, TillBooks.START))).isFalse();
    }

    @Test
    void what_failed_or_was_taken_back_at_the_till_asks_nobody_for_anything() {
        books.told(TillBooks.START, refund("R1", Money.NOT_RETURNED), refund("R2", Money.RETURNED));
        assertThat(books.row(books.sale("R1")).status()).isEqualTo(SaleStatus.SKIPPED);
        get(new SaleNotices(new dev.tillbridge.notification.Notices()).held(database.pool(), books.row(books.sale("R2")),
                "why"));

        books.told(TillBooks.START, refund("R2", Money.NOT_RETURNED));
        assertThat(books.row(books.sale("R2")).status()).isEqualTo(SaleStatus.SKIPPED);
        assertThat(books.row(books.sale("R2")).reasonCode()).isEqualTo("refund-not-made");
        assertThat(books.openNotices()).isEmpty();
        assertThat(books.story("R2")).last().asString().contains("no money was given back");
    }

    @Test
    void what_a_person_dismissed_stays_so() {
        books.told(TillBooks.START, refund("R1", Money.RETURNED));
        UUID refund = books.sale("R1");
        database.run("update sale set status = 'SKIPPED', reason_code = 'dismissed', dismissed = true where id = $1", refund);
        books.told(TillBooks.START, new SaleMention(Kind.REFUND, "R1", null, 700L, Sales.NOON, "other", Money.RETURNED));
        assertThat(books.row(refund).reasonCode()).isEqualTo("dismissed");
    }

    @Test
    void money_given_back_before_the_start_is_news_again_under_an_earlier_one() {
        books.told(LATER, refund("R1", Money.RETURNED));
        assertThat(database.count("select count(*) from sale where channel_id = $1", books.channel)).isZero();
        books.told(TillBooks.START, refund("R1", Money.RETURNED));
        assertThat(books.row(books.sale("R1")).status()).isEqualTo(SaleStatus.HELD);
    }

    private static SaleMention order(String id, String stamp) {
        return new SaleMention(Kind.ORDER, id, id, 500L, Sales.NOON, stamp);
    }

    private static SaleMention payment(String id, String sale) {
        return new SaleMention(Kind.PAYMENT, id, sale, 500L, LATER, "a");
    }

    private static SaleMention refund(String id, Money money) {
        return new SaleMention(Kind.REFUND, id, null, 700L, Sales.NOON, money.name(), money);
    }
}
