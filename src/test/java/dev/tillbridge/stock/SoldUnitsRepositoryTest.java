package dev.tillbridge.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tillbridge.platform.PlainDatabase;

/** Which sales count towards an item's reading, in SQL. */
class SoldUnitsRepositoryTest {

    private static final Instant SETTLED = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant READ = SETTLED.plusSeconds(600);
    private static final Duration SKEW = Duration.ofMinutes(2);
    private static PlainDatabase database;

    private UUID store;
    private UUID channel;

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
        store = database.leasedStore().storeId();
        channel = database.channel(store, "{}");
    }

    @Test
    void without_sales_nothing_moved() {
        assertThat(sold(null).of("tea")).isEqualTo(SoldSince.NONE);
        assertThat(sold(null).lowers()).isNull();
    }

    @Test
    void what_was_found_since_may_have_moved_and_what_was_found_before_has() {
        sale("WAITING", -600, 10, "2", -1, null, null);
        sale("HELD", -600, 10, "4", 1, 5, null);
        assertThat(sold(null).of("tea")).isEqualTo(new SoldSince(of("4.000"), of("0"), of("0")));
    }

    @Test
    void unpaid_sales_may_lower_the_till_any_moment_however_long_they_are_known() {
        sale("WAITING", -600, -500, "2", -500, null, null);
        unpaid();
        assertThat(sold(null).of("tea").moved()).isEqualByComparingTo("2");
        assertThat(sold(null).of("tea").paid()).isEqualByComparingTo("0");
    }

    @Test
    void paid_for_sure_is_what_was_begun_paid_and_found_between_both_readings_by_more_than_the_skew() {
        sale("READY", 121, 130, "1", 200, 130, null);
        assertThat(sold(null).of("tea").paid()).isEqualByComparingTo("1");

        sale("READY", 119, 130, "8", 200, 130, null);
        sale("READY", -5, 130, "16", 200, 130, null);
        sale("READY", 121, -10, "32", 200, 130, null);
        sale("READY", 121, 130, "64", 601, 130, null);
        sale("READY", 121, 130, "128", 590, 485, null);
        assertThat(sold(null).of("tea")).isEqualTo(new SoldSince(of("249.000"), of("1.000"), of("0")));

        assertThat(sold(SETTLED.plusSeconds(60)).of("tea").paid()).as("sent a quantity since").isEqualByComparingTo("0");
    }

    @Test
    void refunds_found_since_may_have_raised_the_till() {
        sale("IMPORTED", -9000, -9000, "3", -9000, -9000, -10);
        assertThat(sold(null).of("tea")).isEqualTo(SoldSince.NONE);
        sale("IMPORTED", -9000, -9000, "3", -9000, -9000, 10);
        assertThat(sold(null).of("tea")).isEqualTo(new SoldSince(of("0"), of("0"), of("3.000")));
    }

    @Test
    void test_orders_move_nothing_but_other_skipped_sales_do() {
        UUID skipped = sale("SKIPPED", 10, 10, "2", 20, 15, null);
        assertThat(sold(null).of("tea").moved()).isEqualByComparingTo("2");
        database.run("update sale set document = '{\"test\":true}' where id = $1", skipped);
        assertThat(sold(null).of("tea")).isEqualTo(SoldSince.NONE);
    }

    @Test
    void other_items_and_tills_do_not_count() {
        sale("READY", 10, 10, "2", 20, 15, null);
        database.run("update sale_unit set item_id = 'milk' where channel_id = $1", channel);
        UUID here = channel;
        channel = database.channel(store, "{}");
        sale("READY", 10, 10, "2", 20, 15, null);
        channel = here;
        assertThat(sold(null).of("tea")).isEqualTo(SoldSince.NONE);
    }

    @Test
    void what_the_till_showed_is_written_down_and_answered() {
        sale("READY", 10, 10, "2", 20, 15, null);
        var repository = new SoldUnitsRepository(database.pool());
        assertThat(sold(null).lowers()).isNull();
        PlainDatabase.get(repository.learned(database.pool(), channel, true));
        assertThat(sold(null).lowers()).isTrue();
        PlainDatabase.get(repository.learned(database.pool(), channel, false));
        assertThat(sold(null).lowers()).isFalse();
    }

    @Test
    void under_a_recount_an_item_is_due_again_once_a_sale_of_it_was_found() {
        database.run("insert into location (store_id, id, name, active, is_primary) values ($1, '1', 'a', true, true)", store);
        database.run("""
                insert into variant (store_id, id, product_id, inventory_item_id, title, product_status, tracked, as_of, gone)
                values ($1, 'v', 'p', 'i', 't', 'ACTIVE', true, now(), false)""", store);
        database.run(
                "insert into level (store_id, inventory_item_id, location_id, available, as_of) values ($1, 'i', '1', 1, now())",
                store);
        database.run("""
                insert into item (channel_id, id, name, price, price_type, hidden, as_of, quantity, quantity_as_of)
                values ($1, 'tea', 'Tea', 100, 'FIXED', false, now(), 0, now())""", channel);
        database.run("""
                insert into link (channel_id, store_id, variant_id, item_id, origin, created_by)
                values ($1, $2, 'v', 'tea', 'MATCHED', 'test')""", channel, store);
        var repository = new StockRepository(database.pool());
        Instant seen = Instant.parse("2026-11-23T12:20:00Z");
        var doubtful = new KnownStock(of("1"), SETTLED, null, of("0"), SETTLED.plusSeconds(60), true);
        PlainDatabase.get(repository.save(database.pool(), channel,
                List.of(new StockRepository.State("tea", doubtful, seen, 0, Duration.ZERO))));
        database.run("""
                insert into recount (id, channel_id, store_id, item_id, variant_id, expected, counted, status)
                values (gen_random_uuid(), $1, $2, 'tea', 'v', 1, 0, 'OPEN')""", channel, store);
        assertThat(PlainDatabase.get(repository.due(channel, 10))).isEmpty();

        sale("READY", 1000, 1230, "1", 1230, 1010, null);

        var due = PlainDatabase.get(repository.due(channel, 10));
        assertThat(due).hasSize(1);
        assertThat(due.get(0).known()).usingRecursiveComparison().withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(doubtful);
        assertThat(due.get(0).seen()).isEqualTo(new DueItem.Seen(seen, null));
        assertThat(PlainDatabase.get(repository.retargeted(channel, due)).get(0).target()).isEqualTo(of("1"));
        database.run("update sale_unit set wanted = 1.25 where channel_id = $1", channel);
        database.run("update sale set posting_location_id = '1' where channel_id = $1", channel);
        assertThat(PlainDatabase.get(repository.targets(channel, List.of("tea"))).get("tea")).isEqualByComparingTo("0");
        assertThat(PlainDatabase.get(repository.targets(channel, List.of("milk")))).isEmpty();
    }

    /** All times in seconds after the explained reading; null: not paid for, not given back. */
    private UUID sale(String status, int createdAt, int seenAt, String sold, int movedAt, Integer paidAt, Integer returnedAt) {
        UUID sale = UUID.randomUUID();
        database.run("""
                insert into sale (id, shop_domain, integration, merchant_id, pos_order_id, store_id, channel_id, status,
                                  pos_created_at, seen_at)
                values ($1, 'shop', 'clover', 'm', $2, $3, $4, $5, $6, $7)""", sale, sale.toString(), store, channel, status,
                time(createdAt), time(seenAt));
        database.run("""
                insert into sale_unit (sale_id, channel_id, item_id, name, sold, returned, moved_at, returned_at, paid_at)
                values ($1, $2, 'tea', 'Tea', $3::text::numeric, $4::text::numeric, $5, $6, $7)""", sale, channel, sold,
                returnedAt == null ? "0" : sold, time(movedAt), time(returnedAt), time(paidAt));
        return sale;
    }

    private void unpaid() {
        database.run("update sale_unit set unpaid = true, paid_at = null where channel_id = $1", channel);
    }

    private SoldUnitsRepository.Sold sold(Instant sentAt) {
        var due = new DueItem("v", "tea", "i", of("5"), new DueItem.Basis(false, true, 5, 0, of("0")),
                KnownStock.settled(of("9"), SETTLED), new DueItem.Seen(SETTLED, sentAt), 0, null);
        return PlainDatabase
                .get(new SoldUnitsRepository(database.pool()).sold(channel, List.of(due), Map.of("tea", READ), SKEW));
    }

    private static Object time(Integer seconds) {
        return seconds == null ? null : SETTLED.plusSeconds(seconds).atOffset(ZoneOffset.UTC);
    }

    private static BigDecimal of(String units) {
        return new BigDecimal(units);
    }
}
