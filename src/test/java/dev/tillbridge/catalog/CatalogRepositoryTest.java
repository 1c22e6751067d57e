package dev.tillbridge.catalog;

import static dev.tillbridge.platform.PlainDatabase.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tillbridge.channel.CatalogPage;
import dev.tillbridge.channel.ItemPage;
import dev.tillbridge.channel.StockReading;
import dev.tillbridge.channel.UnusableRow;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.platform.SqlTime;

class CatalogRepositoryTest {

    private static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");
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
        channel = database.channel(fence.storeId(), "{}");
    }

    @Test
    void stores_what_a_page_holds_and_does_not_write_it_again() {
        var page = catalog(T0, List.of(variant("1", "A"), variant("2", "B\0")), List.of(new Level("i1", "L", 5L)));

        assertThat(get(repository.storeVariants(fence, page, 1))).isEqualTo(new StoredRows(3, 0, 2));
        var versions = rowVersions();
        assertThat(get(repository.storeVariants(fence, at(page, 60), 2))).isEqualTo(new StoredRows(0, 3, 0));
        assertThat(rowVersions()).as("no row of the catalogue is written by a full read that finds it unchanged")
                .isEqualTo(versions);
        assertThat(skus()).containsExactly("1=A", "2=B");
    }

    @Test
    void a_row_is_replaced_only_by_a_later_reading() {
        get(repository.storeVariants(fence, catalog(T0, List.of(variant("1", "A")), List.of())));
        get(repository.storeVariants(fence, catalog(T0.minusSeconds(1), List.of(variant("1", "old")), List.of())));
        assertThat(skus()).containsExactly("1=A");
        get(repository.storeVariants(fence, catalog(T0.plusSeconds(1), List.of(variant("1", "new")), List.of())));
        assertThat(skus()).containsExactly("1=new");
    }

    @Test
    void an_equal_row_changed_since_the_cursor_still_refuses_the_older_value_of_a_long_read() {
        get(repository.storeVariants(fence, catalog(T0, List.of(), List.of(new Level("i1", "L", 5L)))));
        // Sold and returned while a bulk read, which saw 4, was under way.
        var page = get(
                repository.storeVariants(fence, catalog(T0.plusSeconds(20), List.of(), List.of(new Level("i1", "L", 5L)))));
        assertThat(page).isEqualTo(new StoredRows(0, 1, 0));
        get(repository.storeVariants(fence, catalog(T0.plusSeconds(10), List.of(), List.of(new Level("i1", "L", 4L))), 1));
        assertThat(levels()).containsExactly("i1/L=5");
    }

    @Test
    void a_level_is_never_replaced_by_a_reading_earlier_than_its_adjustment() {
        get(repository.storeLevels(database.pool(), fence.storeId(), List.of(new Level("i1", "L", 3L)), T0, true));
        get(repository.storeVariants(fence, catalog(T0.minusSeconds(5), List.of(), List.of(new Level("i1", "L", 9L)))));
        assertThat(levels()).containsExactly("i1/L=3");
        get(repository.storeLevels(database.pool(), fence.storeId(), List.of(new Level("i1", "L", 4L)), T0.plusSeconds(1),
                false));
        assertThat(levels()).containsExactly("i1/L=4");
        assertThat(database.texts("select adjusted_at = $2::timestamptz from level where store_id = $1", fence.storeId(),
                SqlTime.of(T0))).containsExactly("true");
    }

    @Test
    void what_a_whole_read_did_not_see_is_gone_unless_it_was_read_later() {
        get(repository.storeVariants(fence, catalog(T0, List.of(variant("1", "A"), variant("2", "B"), variant("3", "C")),
                List.of(new Level("i1", "L", 1L), new Level("i2", "L", 2L), new Level("i3", "L", 3L))), 1));
        assertThat(get(repository.completeCatalog(fence, 1, T0))).isZero();

        var later = T0.plusSeconds(100);
        get(repository.storeVariants(fence, catalog(later, List.of(variant("1", "A")), List.of(new Level("i1", "L", 1L))), 2));
        // Made after the read was started.
        get(repository.storeVariants(fence,
                catalog(later.plusSeconds(5), List.of(variant("3", "C")), List.of(new Level("i3", "L", 3L)))));

        assertThat(get(repository.completeCatalog(fence, 2, later))).isEqualTo(2);
        assertThat(skus()).containsExactly("1=A", "3=C");
        assertThat(levels()).containsExactly("i1/L=1", "i2/L=null", "i3/L=3");
        assertThat(database.count("select count(*) from seen_page where store_id = $1", fence.storeId())).isZero();

        // Back again; a level that stays away remains as "not stocked there".
        var last = later.plusSeconds(100);
        get(repository.storeVariants(fence, catalog(last, List.of(variant("1", "A"), variant("2", "B"), variant("3", "C")),
                List.of(new Level("i1", "L", 1L), new Level("i3", "L", 3L))), 3));
        get(repository.completeCatalog(fence, 3, last));
        assertThat(skus()).containsExactly("1=A", "2=B", "3=C");
        assertThat(levels()).containsExactly("i1/L=1", "i2/L=null", "i3/L=3");
    }

    @Test
    void a_whole_read_that_saw_nothing_takes_nothing_away_but_a_second_one_does() {
        whole(1, 0, 0, 3);
        assertThat(whole(2, 10, 0, 0)).isZero();
        assertThat(skus()).hasSize(3);
        assertThat(levels()).as("a till must not be set to 0 by a read that is not believed")
                .containsExactly("i0/L=7", "i1/L=7", "i2/L=7");
        whole(3, 20, 0, 3);
        assertThat(whole(4, 30, 0, 0)).as("not twice in a row").isZero();
        assertThat(whole(5, 40, 0, 0)).isEqualTo(6);
        assertThat(skus()).isEmpty();
    }

    @Test
    void a_whole_read_that_missed_more_than_half_of_many_takes_nothing_away_but_a_second_one_does() {
        whole(1, 0, 0, 30);
        assertThat(whole(2, 10, 0, 14)).isZero();
        assertThat(skus()).hasSize(30);
        assertThat(whole(3, 20, 0, 15)).as("the one seen again stays").isEqualTo(30);
        assertThat(skus()).hasSize(15);
        assertThat(whole(4, 30, 0, 8)).as("of few a person may delete many").isEqualTo(14);
        assertThat(skus()).hasSize(8);
    }

    @Test
    void a_tracked_variant_that_is_stocked_nowhere_has_a_level_that_says_so() {
        get(repository.storeVariants(fence, catalog(T0, List.of(variant("1", "A"), variant("2", "B")),
                List.of(new Level("i1", "L", 1L))), 1));
        // Made after the read was started: its levels are still to come.
        get(repository.storeVariants(fence, catalog(T0.plusSeconds(5), List.of(variant("3", "C")), List.of())));
        assertThat(levels()).containsExactly("i1/L=1");
        assertThat(get(repository.completeCatalog(fence, 1, T0))).isZero();
        assertThat(levels()).containsExactly("i1/L=1", "i2/=null");
    }

    @Test
    void a_page_may_name_a_row_twice_and_the_last_one_counts() {
        get(repository.storeVariants(fence, catalog(T0, List.of(variant("1", "A"), variant("1", "B")), List.of())));
        get(repository.storeItems(fence, channel, items(T0, item("X", "a", 1), item("X", "b", 2)), 1));
        assertThat(skus()).containsExactly("1=B");
        assertThat(items()).containsExactly("X b 2.000");
    }

    @Test
    void a_quantity_has_a_time_of_its_own() {
        get(repository.storeItems(fence, channel, items(T0, item("X", "a", 5)), 1));
        get(repository.storeReadings(database.pool(), channel,
                List.of(new StockReading("X", new BigDecimal("3"), T0.plusSeconds(10)),
                        new StockReading("unknown", null, T0))));
        // The page was asked for before the single reading, but it brings a new name.
        get(repository.storeItems(fence, channel, items(T0.plusSeconds(5), item("X", "b", 5)), 2));
        assertThat(items()).containsExactly("X b 3.000");
        assertThat(get(repository.storeItems(fence, channel, items(T0.plusSeconds(20), item("X", "b", 4)), 3)))
                .isEqualTo(new StoredRows(1, 0, 0));
        assertThat(items()).containsExactly("X b 4.000");
    }

    @Test
    void an_item_is_gone_when_two_whole_reads_in_a_row_miss_it_or_the_till_says_so() {
        get(repository.storeItems(fence, channel, items(T0, item("X", "a", 5), item("Y", "b", 5), item("Z", "c", 5)), 1));
        get(repository.completeItems(fence, channel, 1, T0));

        read(2, 10, item("X", "a", 5), item("Z", "c", 5));
        assertThat(items()).as("one read missed Y").hasSize(3);
        read(3, 20, item("X", "a", 5), item("Y", "b", 5));
        read(4, 30, item("X", "a", 5), item("Z", "c", 5));
        assertThat(items()).as("never twice in a row").hasSize(3);
        read(5, 40, item("X", "a", 5), item("Z", "c", 5));
        assertThat(items()).containsExactly("X a 5.000", "Z c 5.000");

        var answer = get(repository.storeItems(fence, channel, new ItemPage(List.of(), List.of("Z"), T0.plusSeconds(50), T0)));
        assertThat(answer).isEqualTo(new StoredRows(1, 0, 1));
        assertThat(items()).containsExactly("X a 5.000");
    }

    @Test
    void nothing_is_written_when_the_lease_is_gone() {
        database.run("update store_lease set fence = fence + 1 where store_id = $1", fence.storeId());
        var page = catalog(T0, List.of(variant("1", "A")), List.of());
        assertThatThrownBy(() -> get(repository.storeVariants(fence, page, 1))).isInstanceOf(Fence.Lost.class);
        assertThat(skus()).isEmpty();
    }

    @Test
    void both_sides_of_matching_trim_and_fold_alike() {
        var random = new java.util.Random(20261123);
        var letters = IdentifierKey.BLANKS + "00aAbB\u00E4\u00C4\u0130-";
        for (int round = 0; round < 300; round++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(7); length > 0; length--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            var key = IdentifierKey.of(text.toString());
            assertThat(database.texts("select identifier_key($1)", text.toString())).first().isEqualTo(key);
            if (key != null) {
                assertThat(database.texts("select identifier_fold($1)", key)).first().isEqualTo(IdentifierKey.fold(key));
            }
        }
    }

    @Test
    void a_variant_that_a_whole_read_could_not_use_is_not_gone() {
        whole(1, 0, 0, 3);
        var asOf = T0.plusSeconds(10);
        get(repository.storeVariants(fence, new CatalogPage(List.of(variant("0", "s0")), List.of(), asOf, asOf, -1,
                List.of(new UnusableRow("1", "lacks its title"))), 2));
        get(repository.completeCatalog(fence, 2, asOf));
        assertThat(skus()).containsExactly("0=s0", "1=s1");
    }

    private int whole(long generation, int seconds, int from, int to) {
        var asOf = T0.plusSeconds(seconds);
        var ids = IntStream.range(from, to).mapToObj(Integer::toString).toList();
        get(repository.storeVariants(fence, catalog(asOf, ids.stream().map(id -> variant(id, "s" + id)).toList(),
                ids.stream().map(id -> new Level("i" + id, "L", 7L)).toList()), generation));
        return get(repository.completeCatalog(fence, generation, asOf));
    }

    private void read(long generation, int seconds, Item... items) {
        get(repository.storeItems(fence, channel, items(T0.plusSeconds(seconds), items), generation));
        get(repository.completeItems(fence, channel, generation, T0.plusSeconds(seconds)));
    }

    private List<String> rowVersions() {
        return database.texts("select ctid || ' ' || xmin from variant where store_id = $1 order by id", fence.storeId());
    }

    private List<String> skus() {
        return database.texts("select id || '=' || sku from variant where store_id = $1 and not gone order by id",
                fence.storeId());
    }

    private List<String> levels() {
        return database
                .texts("""
                       select inventory_item_id || '/' || location_id || '=' || coalesce(available::text, 'null') from level
                       where store_id = $1 order by 1
                       """, fence.storeId());
    }

    private List<String> items() {
        return database.texts(
                "select id || ' ' || name || ' ' || quantity from item where channel_id = $1 and not gone order by id",
                channel);
    }

    private static CatalogPage catalog(Instant asOf, List<Variant> variants, List<Level> levels) {
        return new CatalogPage(variants, levels, asOf, asOf, -1);
    }

    private static CatalogPage at(CatalogPage page, int seconds) {
        return catalog(page.asOf().plusSeconds(seconds), page.variants(), page.levels());
    }

    private static Variant variant(String id, String sku) {
        return new Variant(id, "p" + id, "i" + id, "Title " + id, "ACTIVE", sku, null, new BigDecimal("9.90"), true,
                Map.of("till.number", "n" + id), T0);
    }

    private static ItemPage items(Instant asOf, Item... items) {
        return new ItemPage(List.of(items), List.of(), asOf, asOf);
    }

    private static Item item(String id, String name, int quantity) {
        return new Item(id, name, "sku-" + id, null, 990L, PriceType.FIXED, null, false, BigDecimal.valueOf(quantity), T0);
    }
}
