package dev.tillbridge.catalog;

import static dev.tillbridge.platform.PlainDatabase.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tillbridge.channel.CatalogPage;
import dev.tillbridge.channel.ItemPage;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.PlainDatabase;

/** What whole reads keep for the next reconciliation. */
class ReadDifferencesTest {

    private static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");
    private static final Instant FOLLOWED = T0.plusSeconds(50);
    private static PlainDatabase database;

    private CatalogRepository repository;
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
        repository = new CatalogRepository(database.transactions());
        fence = database.leasedStore();
        channel = database.channel(fence.storeId(), "{\"priceSync\":{\"enabled\":true}}");
    }

    @Test
    void what_differs_of_the_store_is_kept_with_its_size_before_it_is_stored_over() {
        // Given
        get(repository.storeVariants(fence, store(0, List.of(variant("1", "5.00"), variant("2", "7.00"), variant("3", "1.00")),
                List.of(new Level("i1", "L", 9L), new Level("i2", "L", 4L), new Level("i1", "M", 2L))), 1));
        get(repository.completeCatalog(fence, 1, T0));
        assertThat(kept()).as("a read that is not compared keeps nothing").isEmpty();

        // When: another price, another level, a location and a variant that are gone, a variant that is new
        get(repository.storeVariants(fence, store(60, List.of(variant("1", "5.50"), variant("2", "7.00"), variant("4", "2.00")),
                List.of(new Level("i1", "L", 6L, T0.plusSeconds(7)), new Level("i2", "L", 4L))), 2, FOLLOWED));
        get(repository.completeCatalog(fence, 2, T0.plusSeconds(60), FOLLOWED));

        // Then
        assertThat(kept()).containsExactlyInAnyOrder("VARIANT variant:1 price 5 -> price 5.5 null 0.5000",
                "LEVEL level:i1@L 9 -> 6 -3.000 null", "LEVEL level:i1@M 2 -> null -2.000 null",
                "VARIANT variant:3 Title 3 -> null null null",
                "VARIANT variant:4 null -> price 2, SKU S4, counted true null null");
        assertThat(database.texts(
                "select (changed_at = $2::text::timestamptz)::text from read_difference where store_id = $1 and subject = 'level:i1@L'",
                fence.storeId(), T0.plusSeconds(7).toString())).containsExactly("true");
        assertThat(database.texts(
                "select available::text from level where store_id = $1 and inventory_item_id = 'i1' and location_id = 'L'",
                fence.storeId())).containsExactly("6");
    }

    @Test
    void what_was_read_later_or_adjusted_since_is_no_difference() {
        get(repository.storeVariants(fence, store(100, List.of(variant("1", "5.00")), List.of(new Level("i1", "L", 9L)))));
        get(repository.storeLevels(database.pool(), fence.storeId(), List.of(new Level("i2", "L", 3L)), T0.plusSeconds(80),
                true));

        get(repository.storeVariants(fence, store(60, List.of(variant("1", "4.00")),
                List.of(new Level("i1", "L", 8L), new Level("i2", "L", 1L))), 1, FOLLOWED));

        assertThat(kept()).isEmpty();
    }

    @Test
    void a_price_that_tillbridge_had_set_is_known_as_its_own() {
        // Given
        get(repository.storeItems(fence, channel, till(0, item("X", 500L), item("Y", 500L)), 1));
        database.run("""
                insert into till_price (channel_id, item_id, sent, sent_at, outcome, times, retry_at)
                values ($1, 'X', 500, now(), 'CONFIRMED', 1, now())""", channel);

        // When
        get(repository.storeItems(fence, channel, till(60, item("X", 650L), item("Y", 450L)), 2, FOLLOWED));

        // Then
        assertThat(kept()).containsExactlyInAnyOrder("ITEM item:X price 500 -> price 650 null 1.5000",
                "ITEM item:Y price 500 -> price 450 null -0.5000");
        assertThat(database.texts("select subject from read_difference where store_id = $1 and ours", fence.storeId()))
                .containsExactly("item:X");
    }

    private List<String> kept() {
        return database.texts("""
                select kind || ' ' || subject || ' ' || coalesce(stored, 'null') || ' -> ' || coalesce(found, 'null') || ' '
                  || coalesce(units::text, 'null') || ' ' || coalesce(money::text, 'null')
                from read_difference where store_id = $1""", fence.storeId());
    }

    private static CatalogPage store(int seconds, List<Variant> variants, List<Level> levels) {
        return new CatalogPage(variants, levels, T0.plusSeconds(seconds), T0.plusSeconds(seconds), -1);
    }

    private static ItemPage till(int seconds, Item... items) {
        return new ItemPage(List.of(items), List.of(), T0.plusSeconds(seconds), T0.plusSeconds(seconds));
    }

    private static Variant variant(String id, String price) {
        return new Variant(id, "p" + id, "i" + id, "Title " + id, "ACTIVE", "S" + id, null, new BigDecimal(price), true,
                Map.of(), T0);
    }

    private static Item item(String id, Long price) {
        return new Item(id, "Item " + id, "S" + id, null, price, PriceType.FIXED, null, false, BigDecimal.ONE, T0);
    }
}
