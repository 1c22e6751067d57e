package dev.tillbridge.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.NoOrders;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.channel.StubDirectory;
import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.platform.QuietPass;

/** Refunds on their way to the store's order, on a real PostgreSQL and a store that fails as it is told. */
class RefundStepTest {

    private static final int ATTEMPTS = 3;
    private static final Sales SOLD = Sales.of(1500, Sales.item("L1", "I1", 1500));
    private static final SaleRefund REFUND = Sales.refund("R1", "P1", 500, 0);
    private static StoredSales stored;

    private final ConnectorException lost = new ConnectorException.Transient("timeout", "The shop did not answer", true, null);
    private final Shop shop = new Shop();
    private UUID sale;

    @BeforeAll
    static void start() {
        stored = new StoredSales();
    }

    @AfterAll
    static void stop() {
        stored.close();
    }

    @BeforeEach
    void sell() {
        stored.connect();
        sale = stored.sale(SOLD.refunded(REFUND).sale(), "O1", SaleStatus.IMPORTED, "gid://shopify/Order/1");
    }

    @Test
    void a_refund_that_keeps_failing_is_left_to_a_person_and_sent_again_verbatim_when_replayed() {
        shop.failure = lost;
        assertThatThrownBy(this::follow).isSameAs(lost);
        assertThatThrownBy(this::follow).isSameAs(lost);
        assertThat(refund("status")).isEqualTo("SENT");

        follow();

        assertThat(refund("status")).isEqualTo("HELD");
        assertThat(stored.row(sale).problemCode()).isEqualTo("refund-attempts-exhausted");
        assertThat(stored.row(sale).problem()).contains("may not be in the store").contains("Tried 3 times")
                .contains("The shop did not answer").contains("Replay");
        assertThat(openNotices()).isEqualTo(1);
        follow();
        assertThat(shop.keys).as("nothing is sent for ever").hasSize(ATTEMPTS);

        shop.failure = null;
        PlainDatabase.get(stored.refunds.replayed(stored.database.pool(), sale));
        follow();
        assertThat(refund("status")).isEqualTo("DONE");
        assertThat(shop.keys).hasSize(ATTEMPTS + 1).containsOnly(shop.keys.get(0));
    }

    @Test
    void a_refund_that_surely_was_not_made_stays_due_and_goes_under_another_key() {
        shop.failure = new ConnectorException.Rejected("idempotency-previous-attempt-failed", 200, "The key is spent");
        assertThatThrownBy(this::follow).as("its sale is not over, and is tried again")
                .isInstanceOf(ConnectorException.Transient.class).hasMessage("The key is spent");
        shop.failure = null;
        follow();
        assertThat(refund("status")).isEqualTo("DONE");
        assertThat(shop.keys).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void a_shop_that_refuses_everything_is_no_fault_of_the_refund() {
        shop.failure = new ConnectorException.Rejected("shop-frozen", 402, "The shop is frozen");
        for (int i = 0; i < 2 * ATTEMPTS; i++) {
            assertThatThrownBy(this::follow).isSameAs(shop.failure);
        }
        assertThat(refund("status")).isEqualTo("SENT");
        assertThat(openNotices()).isZero();
        shop.failure = null;
        follow();
        assertThat(refund("status")).isEqualTo("DONE");
        assertThat(shop.keys).as("verbatim").containsOnly(shop.keys.get(0));
    }

    @Test
    void calls_that_were_not_made_are_no_tries() {
        shop.failure = new ConnectorException.Transient("not-sent", "No turn came in time", false, null);
        for (int i = 0; i < 2 * ATTEMPTS; i++) {
            assertThatThrownBy(this::follow).isSameAs(shop.failure);
        }
        assertThat(refund("status")).isEqualTo("SENT");
        assertThat(refund("attempts")).isEqualTo("0");
    }

    @Test
    void one_of_unknown_outcome_whose_key_is_too_old_is_not_sent_again_and_says_what_to_do() {
        shop.failure = lost;
        assertThatThrownBy(this::follow).isSameAs(lost);
        stored.database.run("update sale_refund set first_sent_at = now() - interval '23 hours 1 second'");

        follow();

        assertThat(shop.keys).hasSize(1);
        assertThat(refund("status")).isEqualTo("HELD");
        assertThat(stored.row(sale).problemCode()).isEqualTo("refund-unknown");
        assertThat(stored.row(sale).problem()).contains("unknownOutcome DONE").contains("NOT_DONE");
    }

    @Test
    void a_refund_voided_at_the_till_after_it_was_written_is_named_once() {
        follow();
        assertThat(refund("status")).isEqualTo("DONE");
        follow();
        assertThat(stored.row(sale).problemCode()).isNull();
        stored.reread(sale, SOLD.refunded(new SaleRefund("R1", SaleRefund.Kind.REFUND, "P1", 500, 0, 0, List.of(), "SUCCESS",
                true, null, Sales.NOON)).sale());

        follow();

        assertThat(stored.row(sale).problemCode()).isEqualTo("refund-taken-back");
        assertThat(stored.row(sale).problem()).contains("Refund R1 of 5.00 USD").contains("order #1")
                .contains("Correct it there");
        assertThat(openNotices()).isEqualTo(1);
        PlainDatabase.get(stored.orders.problem(stored.database.pool(), sale, null, null));
        follow();
        assertThat(stored.row(sale).problemCode()).as("told once").isNull();
        assertThat(stored.text("select count(*) from journal where kind = 'refund-taken-back' and store_id = $1",
                stored.fence.storeId())).isEqualTo("1");
        assertThat(shop.keys).hasSize(1);
    }

    @Test
    void a_refund_that_is_gone_from_the_till_is_named_and_others_are_still_written() {
        follow();
        stored.reread(sale, SOLD.refunded(Sales.refund("R2", "P1", 100, 0)).sale());
        follow();
        assertThat(stored.row(sale).problem()).contains("Refund R1 of 5.00 USD");
        assertThat(stored.database.texts("select status from sale_refund where sale_id = $1 order by pos_refund_id", sale))
                .containsExactly("DONE", "DONE");
    }

    private void follow() {
        var step = new RefundStep(StubDirectory.of(shop), stored.refunds, stored.story, stored.trouble,
                stored.database.transactions(), StoredSales.config(ATTEMPTS));
        var place = new OrderStage.Place(new QuietPass(stored.fence), null, null, new ShopConnection("shop", null));
        PlainDatabase.get(step.follow(place, stored.row(sale), false));
    }

    private String refund(String column) {
        return stored.text("select " + column + "::text from sale_refund where sale_id = $1 and pos_refund_id = 'R1'", sale);
    }

    private long openNotices() {
        return stored.database.count("select count(*) from notice where channel_id = $1 and resolved_at is null",
                stored.channel);
    }

    /** An order of 15.00 that was paid by card; refunds fail as told. */
    private static final class Shop extends NoOrders {

        private final List<String> keys = new ArrayList<>();
        private ConnectorException failure;

        @Override
        public Uni<StoreOrder> order(ShopConnection shop, String orderId) {
            return Uni.createFrom().item(new StoreOrder(orderId, "#1", "USD", false, "PAID", new BigDecimal("15.00"),
                    BigDecimal.ZERO, null, List.of(), List.of(new StoreOrder.Transaction("T1", "SALE", "SUCCESS",
                            "Credit Card", new BigDecimal("15.00"), null)),
                    List.of()));
        }

        @Override
        public Uni<String> refund(ShopConnection shop, RefundDraft draft) {
            keys.add(draft.idempotencyKey());
            return failure == null
                    ? Uni.createFrom().item("gid://shopify/Refund/" + keys.size())
                    : Uni.createFrom().failure(failure);
        }
    }
}
