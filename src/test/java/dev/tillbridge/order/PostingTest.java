package dev.tillbridge.order;

import static dev.tillbridge.platform.PlainDatabase.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tillbridge.channel.AdjustedLevels;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.order.PostingRepository.Posting;
import dev.tillbridge.platform.PlainDatabase;

/** Which variant's stock a sale is taken from and goes back to, and what becomes of what is refused. */
class PostingTest {

    private static final Sales TWO = Sales.of(1000, Sales.item("L1", "tea", 500), Sales.item("L2", "tea", 500));
    private static final Sales VOIDED = TWO.paid(Sales.voidedCard("P1", 1000)).states("open", "OPEN");
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
        books.variant("X", true);
        books.variant("Y", true);
        books.link("tea", "X");
    }

    @Test
    void what_was_taken_goes_back_to_the_variant_it_was_taken_from() {
        UUID sale = books.seen();
        books.keep(sale, TWO);
        assertThat(books.unposted("X")).isEqualByComparingTo("2");
        post();
        assertThat(books.posted("X")).isEqualTo(2);

        books.link("tea", "Y");
        books.keep(sale, VOIDED);
        assertThat(books.unposted("X")).isEqualByComparingTo("-2");
        assertThat(books.unposted("Y")).isEqualByComparingTo("0");
        post();
        assertThat(books.posted("X")).isZero();
        assertThat(books.posted("Y")).isZero();
        assertThat(books.row(sale).stock()).isEqualTo(SaleStock.RETURNED);

        // Nothing is taken from the old variant any more: sold again it is the new one's.
        books.keep(sale, TWO);
        post();
        assertThat(books.posted("X")).isZero();
        assertThat(books.posted("Y")).isEqualTo(2);
    }

    @Test
    void what_was_taken_goes_back_although_the_item_has_no_link_any_more() {
        UUID sale = books.seen();
        books.keep(sale, TWO);
        post();
        books.unlink("tea");
        books.keep(sale, VOIDED);
        post();
        assertThat(books.posted("X")).isZero();
        assertThat(books.unposted("X")).isEqualByComparingTo("0");
    }

    @Test
    void a_refused_adjustment_gives_its_units_back_whatever_is_linked_by_then() {
        UUID sale = books.seen();
        books.keep(sale, TWO);
        Posting sent = books.prepared().get(0);
        assertThat(books.row(sale).stock()).isEqualTo(SaleStock.SENT);
        books.link("tea", "Y");

        get(books.outcome.failed(books, sent, new ConnectorException.Rejected("invalid-location", 200, "No such location")));

        assertThat(books.openNotices()).contains("STOCK_REFUSED");
        assertThat(books.row(sale).stockProblem()).contains("No such location");
        assertThat(books.unposted("X")).isEqualByComparingTo("0");
        assertThat(books.unposted("Y")).as("nothing was taken, so the variant of today counts").isEqualByComparingTo("2");
        rested();
        post();
        assertThat(books.posted("Y")).isEqualTo(2);
    }

    @Test
    void an_adjustment_whose_units_are_not_found_fails_loudly() {
        UUID sale = books.seen();
        books.keep(sale, TWO);
        Posting sent = books.prepared().get(0);
        database.run("update open_posting set item_id = null where adjustment_id = $1", sent.id());

        var refused = new ConnectorException.Rejected("invalid-location", 200, "No such location");
        assertThatThrownBy(() -> get(books.outcome.failed(books, sent, refused))).hasMessageContaining("0 items instead of 1");
        assertThat(books.unposted("X")).as("nothing is lost").isEqualByComparingTo("2");
    }

    @Test
    void sent_again_under_another_key_it_still_knows_its_items() {
        UUID sale = books.seen();
        books.keep(sale, TWO);
        Posting first = books.prepared().get(0);
        get(books.outcome.failed(books, first,
                new ConnectorException.Rejected("idempotency-previous-attempt-failed", 200, "failed before")));
        Posting second = books.prepared().get(0);
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.input().idempotencyKey()).isNotEqualTo(first.input().idempotencyKey());
        assertThat(books.unposted("X")).isEqualByComparingTo("2");
        get(books.outcome.posted(books, second, new AdjustedLevels(List.of(), Instant.now())));
        assertThat(database.texts("select after from journal where channel_id = $1 and subject = 'stock:tea'", books.channel))
                .containsExactly("-2");
        assertThat(books.row(sale).stock()).isEqualTo(SaleStock.POSTED);
    }

    /** Tea was linked to X, then milk: a change of each, and an adjustment names X once. */
    @Test
    void two_items_of_a_sale_may_have_been_linked_to_one_variant_in_turn() {
        UUID sale = books.seen();
        books.keep(sale, TWO);
        post();
        books.link("tea", "Y");
        books.link("milk", "X");
        books.keep(sale, Sales.of(1500, Sales.item("L1", "tea", 500), Sales.item("L3", "milk", 1000)));
        List<Posting> sent = books.prepared();
        assertThat(sent).hasSize(2).allMatch(posting -> posting.input().changes().size() == 1);
        post();
        assertThat(books.posted("X")).as("one tea back, one milk off").isEqualTo(2);
        assertThat(books.posted("Y")).isZero();
    }

    @Test
    void units_of_untracked_variants_and_of_unlinked_items_are_not_shown_as_reserved() {
        books.variant("Z", false);
        books.link("tea", "Z");
        UUID sale = books.seen();
        assertThat(books.keep(sale, TWO).stock()).isEqualTo(SaleStock.NONE);
        books.unlink("tea");
        assertThat(books.keep(sale, TWO).stock()).isEqualTo(SaleStock.NONE);
        books.link("tea", "X");
        assertThat(books.keep(sale, TWO).stock()).isEqualTo(SaleStock.RESERVED);
        post();
        assertThat(books.row(sale).stock()).isEqualTo(SaleStock.POSTED);
    }

    @Test
    void a_sale_no_adjustment_can_be_made_of_rests_and_a_person_is_told_once() {
        UUID sale = books.seen();
        books.keep(sale, TWO);
        for (int i = 0; i < TillBooks.CONFIG.attempts() + 1; i++) {
            rested();
            get(books.postingTrouble.notPrepared(books, sale, new IllegalStateException("out of range")));
            assertThat(books.prepared()).as("it rests").isEmpty();
        }
        assertThat(books.row(sale).stockProblem()).contains("IllegalStateException");
        assertThat(books.openNotices()).contains("STOCK_REFUSED");
        assertThat(books.story("O1")).filteredOn(step -> step.contains("could not be made ready")).hasSize(1);
        assertThat(books.failures).hasSize(TillBooks.CONFIG.attempts() + 1).containsOnly("internal-error");
        rested();
        post();
        assertThat(books.row(sale).stockProblem()).isNull();
        assertThat(books.openNotices()).doesNotContain("STOCK_REFUSED");
    }

    @Test
    void an_answer_that_cannot_be_dealt_with_is_asked_for_again_and_then_left_to_a_person() {
        UUID sale = books.seen();
        books.keep(sale, TWO);
        Posting sent = books.prepared().get(0);
        get(books.postingTrouble.interrupted(books, sent, new NullPointerException()));
        database.run("update stock_adjustment set retry_at = null, failures = $2 where id = $1", sent.id(),
                TillBooks.CONFIG.attempts() - 1);
        get(books.postingTrouble.interrupted(books, books.prepared().get(0), new NullPointerException()));
        assertThat(books.prepared()).isEmpty();
        assertThat(books.unposted("X")).as("held back until a person has decided").isEqualByComparingTo("2");
        assertThat(books.row(sale).stockProblem()).contains("KEEP").contains("replay").contains("unknownOutcome DONE");
    }

    @Test
    void a_shop_that_refuses_everything_is_no_fault_of_the_sale() {
        UUID sale = books.seen();
        books.keep(sale, TWO);
        Posting sent = books.prepared().get(0);
        get(books.outcome.failed(books, sent, new ConnectorException.Rejected("shop-frozen", 402, "The shop is frozen")));
        assertThat(books.row(sale).stockProblem()).isNull();
        database.run("update stock_adjustment set retry_at = null where id = $1", sent.id());
        assertThat(books.prepared()).as("verbatim").extracting(Posting::input).containsExactly(sent.input());
    }

    private void post() {
        books.prepared().forEach(posting -> get(
                books.outcome.posted(books, posting, new AdjustedLevels(List.of(), Instant.now()))));
    }

    private void rested() {
        database.run("update sale_unit set post_at = null where channel_id = $1", books.channel);
    }
}
