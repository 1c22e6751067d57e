package dev.tillbridge.price;

import static dev.tillbridge.platform.PlainDatabase.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.smallrye.config.SmallRyeConfigBuilder;

import dev.tillbridge.catalog.Catalogs;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ItemPrice;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.PlainDatabase;

class PriceRepositoryTest {

    private static final PriceConfig CONFIG = new SmallRyeConfigBuilder().withMapping(PriceConfig.class).build()
            .getConfigMapping(PriceConfig.class);
    private static PlainDatabase database;

    private PriceRepository prices;
    private Fence fence;
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
        prices = new PriceRepository(database.pool());
        fence = database.leasedStore();
        channel = database.channel(fence.storeId(), "{}");
    }

    @Test
    void the_database_counts_decimals_as_the_rule_does() {
        for (Currency currency : Currency.getAvailableCurrencies()) {
            // What has no minor units is no till's currency.
            if (currency.getDefaultFractionDigits() >= 0) {
                assertThat(database.count("select currency_decimals($1)::bigint", currency.getCurrencyCode()))
                        .as(currency.getCurrencyCode()).isEqualTo(CurrencyDigits.of(currency.getCurrencyCode()));
            }
        }
    }

    @Test
    void the_view_makes_the_prices_that_the_rule_makes() {
        Random random = new Random(4);
        List<String> currencies = List.of("JPY", "USD", "KWD");
        for (int run = 0; run < 60; run++) {
            String currency = currencies.get(random.nextInt(3));
            PriceRule rule = new PriceRule(BigDecimal.valueOf(random.nextInt(4) == 0 ? 0 : random.nextInt(20_000) - 9_999, 2),
                    BigDecimal.valueOf(random.nextInt(3) == 0 ? 0 : random.nextInt(10_000) - 5_000, 2),
                    List.of(PriceRounding.values()).get(random.nextInt(5)));
            connect();
            currency(currency);
            rule(rule);
            BigDecimal[] store = new BigDecimal[40];
            for (int v = 0; v < store.length; v++) {
                store[v] = BigDecimal.valueOf(random.nextInt(5) == 0 ? random.nextInt(300) : random.nextLong(100_000_000_000L),
                        3);
                linked(v, store[v], 100L);
            }
            for (int v = 0; v < store.length; v++) {
                var expected = rule.result(store[v], CurrencyDigits.of(currency));
                String told = database.texts(
                        "select coalesce(target::text, left_alone) from link_price where channel_id = $1 and item_id = $2",
                        channel, item(v)).get(0);
                if (expected.isPresent()) {
                    assertThat(told).as("%s of %s %s", rule, store[v], currency)
                            .isEqualTo(String.valueOf(expected.getAsLong()));
                } else {
                    assertThat(LeftAlone.of(told)).as("%s of %s %s", rule, store[v], currency).isIn(LeftAlone.NOTHING_LEFT,
                            LeftAlone.TOO_HIGH);
                }
            }
        }
    }

    @Test
    void only_what_differs_by_value_is_due_in_the_order_of_items() {
        linked(0, new BigDecimal("12.5000"), 1250L);
        linked(1, new BigDecimal("12.5"), 1249L);
        linked(2, new BigDecimal("3"), null);
        assertThat(due()).extracting(DuePrice::itemId).containsExactly(item(1), item(2));
        assertThat(due().get(0)).isEqualTo(new DuePrice("v1", item(1), new BigDecimal("12.5000"), 1249L, 1250, 0));
        assertThat(get(prices.due(channel, item(1), 10))).extracting(DuePrice::itemId).containsExactly(item(2));
        assertThat(get(prices.due(channel, "", 1))).hasSize(1);

        currency("JPY");
        assertThat(due()).as("12.5 yen are 13").extracting(DuePrice::target).containsExactly(13L, 13L, 3L);
    }

    @Test
    void what_is_left_alone_is_never_due_and_says_why() {
        for (int v = 0; v < 7; v++) {
            linked(v, BigDecimal.TEN, 5L);
        }
        set("item", "price_type = 'VARIABLE'", item(0));
        set("item", "price_type = 'PER_UNIT'", item(1));
        set("item", "hidden = true", item(2));
        set("item", "gone = true", item(3));
        set("variant", "gone = true", "v4");
        set("variant", "price = null", "v5");
        assertThat(due()).extracting(DuePrice::itemId).containsExactly(item(6));
        assertThat(get(prices.leftAlone(channel))).isEqualTo(Map.of(LeftAlone.PRICE_VARIABLE, 1L, LeftAlone.PRICE_PER_UNIT, 1L,
                LeftAlone.ITEM_HIDDEN, 1L, LeftAlone.ITEM_DELETED, 1L, LeftAlone.VARIANT_GONE, 1L, LeftAlone.NO_STORE_PRICE,
                1L));

        rule(new PriceRule(BigDecimal.ZERO, BigDecimal.valueOf(-10), PriceRounding.NONE));
        assertThat(get(prices.leftAlone(channel))).containsEntry(LeftAlone.NOTHING_LEFT, 1L);
        rule(PriceRule.COPY);
        set("variant", "price = 10000000000.00", "v6");
        assertThat(get(prices.leftAlone(channel))).containsEntry(LeftAlone.TOO_HIGH, 1L);

        database.run("update channel set vat = true where id = $1", channel);
        assertThat(get(prices.leftAlone(channel))).isEqualTo(Map.of(LeftAlone.TAX_BASIS_DIFFERS, 7L));
        database.run("update channel set currency = 'EUR' where id = $1", channel);
        assertThat(get(prices.leftAlone(channel))).isEqualTo(Map.of(LeftAlone.CURRENCY_DIFFERS, 7L));
        assertThat(due()).isEmpty();
    }

    @Test
    void the_same_price_is_sent_again_after_growing_gaps_and_another_at_once() {
        linked(0, BigDecimal.TEN, 5L);
        for (int sent = 1; sent <= 8; sent++) {
            assertThat(due()).as("before it was sent for the %dth time", sent).singleElement()
                    .extracting(DuePrice::sentBefore).isEqualTo(sent - 1);
            save(PriceOutcome.Kind.UNKNOWN, new ConnectorException.Transient("timeout", "lost\0", true, null));
            assertThat(due()).isEmpty();
            double minutes = Math.min(60, 1 << (sent - 1));
            assertThat(restInMinutes()).isBetween(minutes - 0.2, minutes);
            database.run("update till_price set retry_at = clock_timestamp() where channel_id = $1", channel);
        }
        save(PriceOutcome.Kind.REFUSED, new ConnectorException.Rejected("rejected", 400, "no"));
        assertThat(due()).isEmpty();
        set("variant", "price = 11", "v0");
        assertThat(due()).singleElement().extracting(DuePrice::target, DuePrice::sentBefore).containsExactly(1100L, 0);
    }

    @Test
    void a_price_changed_at_the_till_is_put_right_at_once_if_it_held_for_a_day() {
        linked(0, BigDecimal.TEN, 5L);
        save(PriceOutcome.Kind.CONFIRMED, null);
        get(Catalogs.over(database.transactions()).storePrices(database.pool(), channel,
                List.of(new ItemPrice(item(0), 1000), new ItemPrice("unknown", 1))));
        database.run("update till_price set retry_at = clock_timestamp(), times = 5 where channel_id = $1", channel);
        assertThat(due()).as("confirmed").isEmpty();

        set("item", "price = 7", item(0));
        assertThat(due()).singleElement().extracting(DuePrice::sentBefore).isEqualTo(5);
        database.run("update till_price set sent_at = clock_timestamp() - interval '25 hours' where channel_id = $1", channel);
        assertThat(due()).singleElement().extracting(DuePrice::sentBefore).isEqualTo(0);
    }

    @Test
    void a_confirmed_price_is_not_taken_back_by_a_reading_begun_before() {
        linked(0, BigDecimal.TEN, 5L);
        get(Catalogs.over(database.transactions()).storePrices(database.pool(), channel,
                List.of(new ItemPrice(item(0), 1000))));
        assertThat(database.count("select price from item where channel_id = $1", channel)).isEqualTo(1000);
        assertThat(database.count(
                "select count(*) from item where channel_id = $1 and as_of > clock_timestamp() - interval '1 minute'", channel))
                .isEqualTo(1);
    }

    @Test
    void items_no_longer_linked_and_channels_turned_off_are_forgotten() {
        linked(0, BigDecimal.TEN, 5L);
        linked(1, BigDecimal.TEN, 5L);
        get(prices.save(database.pool(), channel, due().stream()
                .map(price -> new PriceOutcome(price, PriceOutcome.Kind.CONFIRMED, null)).toList(), CONFIG));
        database.run("delete from link where channel_id = $1 and variant_id = 'v0'", channel);
        get(prices.forgetUnlinked(database.pool(), channel));
        assertThat(database.texts("select item_id from till_price where channel_id = $1", channel)).containsExactly(item(1));
        assertThat(get(prices.knowsAnything(channel))).isTrue();
        get(prices.forget(database.pool(), channel));
        assertThat(get(prices.knowsAnything(channel))).isFalse();
    }

    private List<DuePrice> due() {
        return get(prices.due(channel, "", 100));
    }

    private void save(PriceOutcome.Kind kind, ConnectorException failure) {
        get(prices.save(database.pool(), channel, List.of(new PriceOutcome(due().get(0), kind, failure)), CONFIG));
    }

    private double restInMinutes() {
        return database.run(
                "select extract(epoch from retry_at - clock_timestamp())::float8 / 60 from till_price where channel_id = $1",
                channel).iterator().next().getDouble(0);
    }

    private void currency(String currency) {
        database.run("update channel set currency = $2 where id = $1", channel, currency);
        database.run("update store set currency = $2 where id = $1", fence.storeId(), currency);
    }

    private void rule(PriceRule rule) {
        database.run("""
                update channel set settings = jsonb_build_object('priceSync', jsonb_build_object('rule', jsonb_build_object(
                  'percent', $2::text::numeric, 'amount', $3::text, 'rounding', $4::text))) where id = $1""",
                channel, rule.percent().toPlainString(), rule.amount().toPlainString(), rule.rounding().name());
    }

    private void set(String table, String what, String id) {
        database.run(
                "update " + table + " set " + what + " where id = $1 and " + (table.equals("item") ? "channel_id" : "store_id")
                        + " = $2",
                id, table.equals("item") ? channel : fence.storeId());
    }

    private static String item(int v) {
        return "x" + v;
    }

    private void linked(int v, BigDecimal storePrice, Long tillPrice) {
        database.run("""
                insert into variant (store_id, id, product_id, inventory_item_id, title, product_status, price, tracked, as_of)
                values ($1, $2, 'p', $3, 'T', 'ACTIVE', $4::text::numeric, true, now() - interval '1 hour')""",
                fence.storeId(), "v" + v, "i" + v, storePrice.toPlainString());
        database.run("""
                insert into item (channel_id, id, name, price, price_type, hidden, as_of, quantity_as_of)
                values ($1, $2, 'T', $3, 'FIXED', false, now() - interval '1 hour', now())""", channel, item(v), tillPrice);
        database.run("""
                insert into link (channel_id, store_id, variant_id, item_id, origin, created_by)
                values ($1, $2, $3, $4, 'MATCHED', 'test')""", channel, fence.storeId(), "v" + v, item(v));
    }
}
