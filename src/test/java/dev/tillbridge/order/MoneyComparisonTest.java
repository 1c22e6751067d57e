package dev.tillbridge.order;

import static dev.tillbridge.platform.PlainDatabase.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tillbridge.order.SaleMention.Kind;
import dev.tillbridge.order.SaleMention.Money;
import dev.tillbridge.platform.PlainDatabase;

/** What the till lists of money, beside what is stored of its sales. */
class MoneyComparisonTest {

    private static final Instant FOLLOWED_TO = Sales.NOON.plusSeconds(3600);
    private static PlainDatabase database;

    private TillBooks books;
    private UUID sale;

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
        sale = books.seen();
        books.keep(sale, Sales.of(1350, Sales.item("L1", "A", 1350)).refunded(Sales.refund("R1", "P1", 350, 0)));
        database.run("update sale set unread = false, look_at = null where id = $1", sale);
    }

    @Test
    void what_is_as_it_is_stored_is_no_difference() {
        assertThat(compared(payment("P1", 1350, 0, "SUCCESS"), refund("R1", 350, Money.RETURNED))).isZero();
        assertThat(compared(payment("P2", 900, 0, "FAIL"), refund("R2", 900, Money.NOT_RETURNED)))
                .as("what moved no money need not be known").isZero();
        assertThat(differences()).isEmpty();
        assertThat(unread()).isFalse();
    }

    @Test
    void a_missed_tip_has_the_sale_read_again_also_where_its_payment_was_told_of_before() {
        SaleMention tipped = payment("P1", 1350, 200, "SUCCESS");
        books.told(TillBooks.START, tipped);
        database.run("update sale set unread = false, look_at = null where id = $1", sale);

        assertThat(compared(tipped)).isEqualTo(1);

        assertThat(differences())
                .containsExactly("order:O1 payment P1 13.5 SUCCESS > payment P1 15.5 SUCCESS 2.0000 " + at(tipped.changedAt()));
        assertThat(unread()).isTrue();
        assertThat(compared(tipped)).as("it is about to be read").isZero();
    }

    @Test
    void a_missed_refund_and_one_that_was_taken_back_are_one_difference_of_their_sale() {
        assertThat(compared(refund("R1", 350, Money.NOT_RETURNED), refund("R2", 1000, Money.RETURNED))).isEqualTo(2);

        assertThat(differences()).containsExactly("order:O1 refund R1 3.5 RETURNED, refund R2 unknown"
                + " > refund R1 3.5 NOT_RETURNED, refund R2 10 RETURNED -6.5000 nobody knows");
    }

    @Test
    void a_payment_of_a_sale_that_nobody_has_read_has_it_read_and_tells_of_nothing_missed() {
        assertThat(compared(new SaleMention(Kind.PAYMENT, "P9", "O9", 500L, Sales.NOON, "s", null, Sales.NOON,
                new SaleMention.Received(0, "SUCCESS")))).isEqualTo(1);

        // It may be of before the start; if not, the comparison of the sales themselves tells.
        assertThat(differences()).isEmpty();
        assertThat(books.row(books.sale("O9")).status()).isEqualTo(SaleStatus.SEEN);
    }

    @Test
    void money_given_back_without_a_sale_is_compared_with_what_is_held() {
        SaleMention credit = new SaleMention(Kind.CREDIT, "K1", null, 700L, Sales.NOON, "s", Money.RETURNED);
        assertThat(compared(credit)).isEqualTo(1);
        assertThat(differences())
                .containsExactly("order:K1 credit K1 unknown > credit K1 7 RETURNED -7.0000 " + at(Sales.NOON));
        assertThat(books.row(books.sale("K1")).status()).isEqualTo(SaleStatus.HELD);

        assertThat(compared(credit)).isZero();
        assertThat(compared(new SaleMention(Kind.CREDIT, "K1", null, 700L, Sales.NOON, "s", Money.NOT_RETURNED))).isEqualTo(1);
        assertThat(books.row(books.sale("K1")).status()).isEqualTo(SaleStatus.SKIPPED);
    }

    private int compared(SaleMention... listed) {
        var comparison = new MoneyComparison(books.intake, database.transactions());
        return get(comparison.take(books.fence(), books.store(), books.channel(TillBooks.START),
                new SalePage(List.of(listed), Sales.NOON, Sales.NOON), FOLLOWED_TO));
    }

    private List<String> differences() {
        return database.texts("""
                select subject || ' ' || stored || ' > ' || found || ' ' || money || ' '
                  || coalesce(extract(epoch from changed_at)::bigint::text, 'nobody knows')
                from read_difference where owner_id = $1""", books.channel);
    }

    private boolean unread() {
        return database.count("select count(*) from sale where id = $1 and unread", sale) == 1;
    }

    private static String at(Instant time) {
        return Long.toString(time.getEpochSecond());
    }

    private static SaleMention payment(String id, long amount, long tip, String result) {
        Instant changed = Sales.NOON.plusSeconds(90);
        return new SaleMention(Kind.PAYMENT, id, "O1", amount, Sales.NOON, "tip " + tip, null, changed,
                new SaleMention.Received(tip, result));
    }

    private static SaleMention refund(String id, long amount, Money money) {
        return new SaleMention(Kind.REFUND, id, "O1", amount, Sales.NOON, money.name(), money);
    }
}
