package dev.tillbridge.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.ChannelSettings;
import dev.tillbridge.channel.ChannelStatus;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.StockReading;
import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.stock.StockDecision.Verdict;

/** Readings, the sales behind them, and the store's stock: what is decided, and what a recount's difference is. */
class ChunkDeciderTest {

    private static final Instant SETTLED = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant READ = SETTLED.plusSeconds(600);
    private static PlainDatabase database;
    private static StockConfig config;

    private final List<Duration> asked = new ArrayList<>();
    private UUID store;
    private UUID channel;
    private StockRepository stock;
    private SoldUnitsRepository sold;
    private ChunkDecider decider;

    @BeforeAll
    static void start() {
        database = PlainDatabase.start();
        config = new SmallRyeConfigBuilder().addDefaultInterceptors().withMapping(StockConfig.class).build()
                .getConfigMapping(StockConfig.class);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    /** Ten are in the store, and ten were last known on the till. */
    @BeforeEach
    void linkTea() {
        store = database.leasedStore().storeId();
        channel = database.channel(store, "{}");
        stock = new StockRepository(database.pool());
        sold = new SoldUnitsRepository(database.pool());
        decider = new ChunkDecider(stock, sold, config);
        database.run("insert into location (store_id, id, name, active, is_primary) values ($1, '1', 'a', true, true)", store);
        database.run("""
                insert into variant (store_id, id, product_id, inventory_item_id, title, product_status, tracked, as_of, gone)
                values ($1, 'v', 'p', 'i', 't', 'ACTIVE', true, now(), false)""", store);
        database.run("""
                insert into level (store_id, inventory_item_id, location_id, available, as_of)
                values ($1, 'i', '1', 10, now())""", store);
        database.run("""
                insert into item (channel_id, id, name, price, price_type, hidden, as_of, quantity, quantity_as_of)
                values ($1, 'tea', 'Tea', 100, 'FIXED', false, now(), 9, now())""", channel);
        database.run("""
                insert into link (channel_id, store_id, variant_id, item_id, origin, created_by)
                values ($1, $2, 'v', 'tea', 'MATCHED', 'test')""", channel, store);
        save(KnownStock.settled(of(10), SETTLED), SETTLED);
    }

    @Test
    void sales_are_read_again_before_a_reading_is_in_doubt_and_what_they_hold_back_is_taken_off_the_target() {
        StockDecision decision = decide(9, age -> {
            asked.add(age);
            return selling(1, READ.plusSeconds(1));
        });

        assertThat(asked).containsExactly(Duration.ZERO);
        assertThat(decision.verdict()).isEqualTo(Verdict.EXPLAINED);
        assertThat(decision.write()).isNull();
        assertThat(decision.after()).isEqualTo(KnownStock.settled(of(9), READ));
    }

    @Test
    void they_are_read_again_once_only() {
        StockDecision decision = decide(9, age -> {
            asked.add(age);
            return Uni.createFrom().voidItem();
        });

        assertThat(asked).hasSize(1);
        assertThat(decision.verdict()).isEqualTo(Verdict.UNEXPLAINED);
        assertThat(decision.meanwhile().settledAsOf()).isEqualTo(SETTLED);
    }

    @Test
    void what_is_explained_needs_no_sales_read_again() {
        sale(1, READ.minusSeconds(1));

        assertThat(decide(9, age -> Uni.createFrom().failure(new AssertionError("asked"))).verdict())
                .isEqualTo(Verdict.EXPLAINED);
    }

    @Test
    void where_sales_cannot_be_read_nothing_is_decided() {
        assertThatThrownBy(() -> decide(9, age -> Uni.createFrom().failure(new IllegalStateException("no sales"))))
                .hasMessage("no sales");
    }

    @Test
    void without_order_sync_there_is_nothing_to_read() {
        assertThat(decide(9, FreshSales.NONE).verdict()).isEqualTo(Verdict.UNEXPLAINED);
    }

    @Test
    void that_sales_lower_the_till_is_learnt_and_makes_them_certain() {
        sale(2, READ.minusSeconds(60));
        ChunkPlan learns = plan(8, FreshSales.NONE);
        assertThat(learns.lowers()).isTrue();
        PlainDatabase.get(decider.learn(database.pool(), connected(), learns));

        assertThat(plan(9, FreshSales.NONE).decided().get(0).decision().verdict()).as("a unit more than sales left")
                .isEqualTo(Verdict.UNEXPLAINED);

        ChunkPlan unlearns = plan(10, FreshSales.NONE);
        assertThat(unlearns.lowers()).isFalse();
        PlainDatabase.get(decider.learn(database.pool(), connected(), unlearns));
        assertThat(plan(10, FreshSales.NONE).decided().get(0).decision().verdict()).isEqualTo(Verdict.EXPLAINED);
    }

    @Test
    void units_sold_meanwhile_are_no_part_of_a_recounts_difference() {
        database.run("""
                insert into recount (id, channel_id, store_id, item_id, variant_id, expected, counted, status, resolution)
                values (gen_random_uuid(), $1, $2, 'tea', 'v', 10, 5, 'SETTLING', 'ADOPT')""", channel, store);
        save(new KnownStock(of(10), SETTLED, null, of(4), SETTLED.plusSeconds(60), true), READ);
        var recounts = new RecountRepository(database.pool());
        sale(1, READ.minusSeconds(60));

        var adopted = PlainDatabase.get(recounts.toAdopt(channel, false)).get(0);
        assertThat(adopted.counted().subtract(adopted.expected())).isEqualByComparingTo("-5");
        assertThat(adopted.seenAt()).isEqualTo(READ);

        database.run("update channel set sales_lower_stock = false where id = $1", channel);
        adopted = PlainDatabase.get(recounts.toAdopt(channel, false)).get(0);
        assertThat(adopted.counted().subtract(adopted.expected())).isEqualByComparingTo("-6");

        sale(1, READ.plusSeconds(1));
        assertThat(PlainDatabase.get(recounts.toAdopt(channel, false))).as("the till is looked at first").isEmpty();
    }

    private StockDecision decide(long quantity, FreshSales sales) {
        return plan(quantity, sales).decided().get(0).decision();
    }

    private ChunkPlan plan(long quantity, FreshSales sales) {
        List<DueItem> due = PlainDatabase.get(stock.due(channel, 10));
        assertThat(due).hasSize(1);
        return PlainDatabase.get(decider.decide(connected(), due, List.of(new StockReading("tea", of(quantity), READ)), sales));
    }

    private ConnectedChannel connected() {
        return new ConnectedChannel(channel, store, "Main Street", "clover", "us", "m", ChannelStatus.CONNECTED,
                ChannelSettings.DEFAULTS, 0, true, true, SETTLED);
    }

    private void save(KnownStock known, Instant seenAt) {
        PlainDatabase.get(stock.save(database.pool(), channel,
                List.of(new StockRepository.State("tea", known, seenAt, 0, Duration.ZERO))));
    }

    private void sale(long units, Instant foundAt) {
        PlainDatabase.get(selling(units, foundAt));
    }

    /** Begun and paid for 200 seconds after the till's quantity was last explained. */
    private Uni<Void> selling(long units, Instant foundAt) {
        UUID sale = UUID.randomUUID();
        var begun = SETTLED.plusSeconds(200).atOffset(ZoneOffset.UTC);
        return database.pool().preparedQuery("""
                with s as (
                  insert into sale (id, shop_domain, integration, merchant_id, pos_order_id, store_id, channel_id, status,
                                    pos_created_at, seen_at, posting_location_id)
                  values ($1, 'shop', 'clover', 'm', $2, $3, $4, 'READY', $5, $5, '1'))
                insert into sale_unit (sale_id, channel_id, item_id, name, sold, wanted, moved_at, paid_at)
                values ($1, $4, 'tea', 'Tea', $6::bigint, $6::bigint, $7, $5)""")
                .execute(Tuple.tuple(List.of(sale, sale.toString(), store, channel, begun, units,
                        foundAt.atOffset(ZoneOffset.UTC))))
                .replaceWithVoid();
    }

    private static BigDecimal of(long units) {
        return BigDecimal.valueOf(units);
    }
}
