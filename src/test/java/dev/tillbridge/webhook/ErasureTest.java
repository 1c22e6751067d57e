package dev.tillbridge.webhook;

import static dev.tillbridge.platform.PlainDatabase.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tillbridge.platform.PlainDatabase;

/** Where something of a customer may stand. */
class ErasureTest {

    private static PlainDatabase database;

    private final Erasure erasure = new Erasure();
    private UUID store;
    private String domain;
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
    void sell() {
        store = database.leasedStore().storeId();
        domain = store + ".myshopify.com";
        UUID channel = database.channel(store, "{}");
        sale = UUID.randomUUID();
        database.run(
                """
                insert into sale (id, shop_domain, integration, merchant_id, pos_order_id, store_id, channel_id, status, pos_created_at,
                  store_order_id, document)
                values ($1, $2, 'clover', 'M', 'O1', $3, $4, 'IMPORTED', now(), '77', '{"id": "O1", "customerId": "JANE", "note": "Jane",
                  "lines": [{"id": "L1", "note": "Jane"}], "refunds": [{"id": "R1", "reason": "Jane was ill", "amount": 5}]}')""",
                sale, domain, store, channel);
        database.run("""
                insert into journal (store_id, channel_id, subject, kind, before, after, cause, actor)
                values ($1, $2, 'order:O1', 'shipment-noted', null, 'Tillbridge: 1Z999', 'Sent', 'engine'),
                  ($1, $2, 'order:O1', 'sale-read', 'SEEN', 'READY', 'Read', 'engine')""", store, channel);
    }

    @Test
    void all_that_is_said_of_a_customer_goes_and_the_rest_stays() {
        refund("DONE", "2 days");

        assertThat(erased()).isEqualTo(1);

        assertThat(database.texts("select document::text from sale where id = $1", sale)).singleElement().asString()
                .doesNotContain("JANE", "Jane").contains("\"amount\": 5");
        assertThat(notes()).isZero();
        assertThat(
                database.texts("select kind || coalesce(after, ' none') from journal where store_id = $1 order by id", store))
                .containsExactly("shipment-noted none", "sale-readREADY");
        assertThat(left()).isFalse();
        assertThatThrownBy(() -> database.run("update journal set after = null where store_id = $1", store))
                .hasMessageContaining("append-only");
    }

    @Test
    void a_refund_that_may_be_sent_again_keeps_its_words_until_its_key_is_forgotten() {
        refund("SENT", "2 hours");
        refund("HELD", "2 hours");
        erased();
        assertThat(notes()).isEqualTo(2);
        assertThat(left()).isTrue();

        database.run("update sale_refund set first_sent_at = now() - interval '25 hours' where sale_id = $1", sale);
        erased();
        assertThat(notes()).isZero();
        assertThat(left()).isFalse();
    }

    @Test
    void one_that_was_never_sent_keeps_none() {
        refund("READY", null);
        erased();
        assertThat(left()).isFalse();
    }

    private void refund(String status, String sentAgo) {
        database.run(
                """
                insert into sale_refund (id, sale_id, pos_refund_id, status, amount, draft, attempt, first_sent_at)
                values (gen_random_uuid(), $1, gen_random_uuid()::text, $2, 5, '{"note": "Jane was ill"}', 1, now() - $3::text::interval)""",
                sale, status, sentAgo);
    }

    private int erased() {
        return get(database.pool().withTransaction(connection -> erasure.ofCustomer(connection, domain, List.of("77"))));
    }

    private boolean left() {
        return get(database.pool().withTransaction(connection -> erasure.left(connection, domain, List.of("77"))));
    }

    private long notes() {
        return database.count("select count(*) from sale_refund where sale_id = $1 and draft ? 'note'", sale);
    }
}
