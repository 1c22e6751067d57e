package dev.tillbridge.catalog;

import static dev.tillbridge.platform.PlainDatabase.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tillbridge.channel.CatalogPage;
import dev.tillbridge.channel.ItemPage;
import dev.tillbridge.channel.StockReading;
import dev.tillbridge.journal.Journal;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.PlainDatabase;

class LinkMatcherTest {

    private static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");
    private static final UUID RUN = UUID.randomUUID();
    private static final String SYNCED = "{\"inventorySync\":{\"enabled\":true}}";
    private static PlainDatabase database;

    private CatalogRepository repository;
    private LinkMatcher matcher;
    private Fence fence;
    private UUID channel;
    private Instant now = T0;

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
        matcher = new LinkMatcher(database.transactions(), new Journal());
        fence = database.leasedStore();
        channel = database.channel(fence.storeId(), SYNCED);
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void comes_to_the_same_end_as_loops_over_lists(long seed) {
        var random = new Random(seed);
        var identifier = UniqueIdentifier
                .parse(List.of("SKU", "BARCODE", "METAFIELD:till.number", "SKU_TO_CODE").get((int) seed % 4))
                .orElseThrow();
        var variants = side(random, "v");
        var items = side(random, "i");
        store(identifier, variants, items);
        var links = new HashMap<String, String>();
        var blocks = new HashSet<List<String>>();
        for (int pair = 0; pair < 12; pair++) {
            var variant = variants.get(random.nextInt(variants.size()));
            var item = items.get(random.nextInt(items.size()));
            if (variant.gone() || item.gone()) {
                continue;
            }
            if (pair % 2 == 0 && !links.containsKey(variant.id()) && !links.containsValue(item.id())) {
                links.put(variant.id(), item.id());
                link(variant.id(), item.id(), variant.key(), item.key());
            } else if (pair % 2 == 1) {
                blocks.add(List.of(variant.id(), item.id()));
            }
        }
        // Blocks on pairs that would match, too.
        int[] number = { 0};
        new MatchOracle(variants, items, links, blocks).decisions().forEach((variant, decision) -> {
            if (decision.startsWith("linked:") && number[0]++ % 4 == 0) {
                blocks.add(List.of(variant, decision.substring(7)));
            }
        });
        blocks.forEach(pair -> database.run(
                "insert into link_block (channel_id, variant_id, item_id, created_by) values ($1, $2, $3, 'person')", channel,
                pair.get(0), pair.get(1)));
        var expected = new MatchOracle(variants, items, links, blocks).decisions();

        // Chunks of a size that does not divide the number of variants.
        matcher = new LinkMatcher(database.transactions(), new Journal(), 37, 37);
        var counts = get(matcher.match(fence, channel, identifier, RUN));

        assertThat(decisions(links)).isEqualTo(expected);
        assertThat(expected.values()).as("the seed draws every outcome").contains("ambiguous", "unlinked", "blocked")
                .anyMatch(decision -> decision.startsWith("linked:"));
        assertThat(counts.made()).isEqualTo(count(expected, "linked"));
        assertThat(counts.ambiguous()).isEqualTo(count(expected, "ambiguous"));
        assertThat(counts.blocked()).isEqualTo(count(expected, "blocked"));
        assertThat(counts.unlinked()).isEqualTo(count(expected, "unlinked"));
        assertThat(journal("link-made")).hasSize(counts.made()).allMatch(cause -> cause.startsWith("same "));

        // A second turn finds nothing to do and writes nothing.
        var versions = database.texts("select ctid || ' ' || xmin from unlinked where channel_id = $1 order by variant_id",
                channel);
        var again = get(matcher.match(fence, channel, identifier, RUN));
        assertThat(again.made() + again.removed() + again.drifted()).isZero();
        assertThat(
                database.texts("select ctid || ' ' || xmin from unlinked where channel_id = $1 order by variant_id", channel))
                .isEqualTo(versions);
        assertThat(journal("link-made")).hasSize(counts.made());
    }

    @Test
    void a_link_persists_through_changed_identifiers_and_says_so() {
        variants(variant("1", "A"));
        items(item("X", "A", 5));
        match();
        items(item("X", "B", 5));
        assertThat(match().drifted()).isEqualTo(1);
        assertThat(match().drifted()).as("once").isZero();
        assertThat(links()).containsExactly("1-X The variant's SKU is \"A\", the item's SKU is \"B\"");
        items(item("X", "A", 5));
        match();
        assertThat(links()).containsExactly("1-X ");
        assertThat(journal("link-drifted")).hasSize(1);
        assertThat(journal("link-agrees")).hasSize(1);
    }

    @Test
    void a_link_goes_with_its_item_and_what_was_known_of_its_stock_with_it() {
        variants(variant("1", "A"));
        items(item("X", "A", 5));
        match();
        database.run("insert into till_stock (channel_id, item_id, settled, settled_at) values ($1, 'X', 5, now())", channel);
        database.run("""
                     insert into recount (id, channel_id, store_id, item_id, variant_id, expected, counted, status)
                     values (gen_random_uuid(), $1, $2, 'X', '1', 5, 7, 'OPEN')
                     """, channel, fence.storeId());
        get(repository.storeItems(fence, channel, new ItemPage(List.of(), List.of("X"), tick(), now)));
        assertThat(match()).isEqualTo(new MatchCounts(0, 1, 0, 0, 1, 0));
        assertThat(links()).isEmpty();
        assertThat(journal("link-gone")).containsExactly("the item is gone from the till");
        assertThat(database.count("select count(*) from till_stock where channel_id = $1", channel)).isZero();
        assertThat(database.texts("select resolution from recount where channel_id = $1 and status = 'SETTLED'", channel))
                .as("nobody can settle a recount of a link that is gone").containsExactly("VANISHED");
    }

    @Test
    void a_recount_decided_on_goes_with_its_link_unless_its_adjustment_is_under_way() {
        variants(variant("1", "A"), variant("2", "B"), variant("3", "C"));
        items(item("X", "A", 5), item("Y", "B", 5), item("Z", "C", 5));
        match();
        var resolutions = Map.of("X", "OVERWRITE", "Y", "ADOPT", "Z", "ADOPT");
        resolutions.forEach((item, resolution) -> database.run("""
                 insert into recount (id, channel_id, store_id, item_id, variant_id, expected, counted, status, resolution)
                 values (gen_random_uuid(), $1, $2, $3, '1', 5, 7, 'SETTLING', $4)
                 """, channel, fence.storeId(), item, resolution));
        database.run("""
                     insert into stock_adjustment (id, store_id, channel_id, purpose, reference, attempt, idempotency_key, input, status)
                     select gen_random_uuid(), store_id, channel_id, 'recount', id::text, 1, id::text, '{}', 'SENT'
                     from recount where channel_id = $1 and item_id = 'Z'
                     """, channel);
        get(repository.storeItems(fence, channel, new ItemPage(List.of(), List.of("X", "Y", "Z"), tick(), now)));
        assertThat(match().removed()).isEqualTo(3);
        assertThat(database.texts("""
                                  select item_id || ' ' || status || ' ' || resolution from recount where channel_id = $1 order by 1
                                  """, channel))
                .containsExactly("X SETTLED VANISHED", "Y SETTLED VANISHED", "Z SETTLING ADOPT");
    }

    @Test
    void nothing_is_matched_by_a_metafield_that_was_not_read() {
        variants(variant("1", "A"));
        items(item("X", "A", 5));
        match();
        var byMetafield = UniqueIdentifier.parse("METAFIELD:till.number").orElseThrow();
        metafieldsRead("till.number2");
        assertThat(get(matcher.match(fence, channel, byMetafield, RUN))).isEqualTo(MatchCounts.NONE);
        assertThat(journal("link-drifted")).isEmpty();
        metafieldsRead("a.b,till.number");
        assertThat(get(matcher.match(fence, channel, byMetafield, RUN)).drifted()).isEqualTo(1);
    }

    @Test
    void a_link_outlives_its_variant_until_the_till_shows_nothing_of_it() {
        variants(variant("1", "A"));
        items(item("X", "A", 5));
        match();
        shopLosesAll();
        assertThat(match().removed()).isZero();
        assertThat(links()).containsExactly("1-X The variant is gone from the shop; the link goes when the till shows 0");
        get(repository.storeReadings(database.pool(), channel, List.of(new StockReading("X", BigDecimal.ZERO, tick()))));
        assertThat(match().removed()).isEqualTo(1);
        assertThat(journal("link-gone")).containsExactly("the variant is gone from the shop");
    }

    @Test
    void a_link_goes_with_its_variant_at_once_where_stock_is_not_kept_in_step() {
        database.run("update channel set settings = '{}' where id = $1", channel);
        variants(variant("1", "A"));
        items(item("X", "A", 5));
        match();
        shopLosesAll();
        assertThat(match().removed()).isEqualTo(1);
    }

    @Test
    void reasons_go_when_they_hold_no_longer() {
        variants(variant("1", "A"), variant("2", "B"));
        match();
        assertThat(database.count("select count(*) from unlinked where channel_id = $1", channel)).isEqualTo(2);
        items(item("X", "A", 5));
        match();
        shopLosesAll();
        match();
        assertThat(database.count("select count(*) from unlinked where channel_id = $1", channel)).isZero();
    }

    @Test
    void a_near_miss_is_named() {
        variants(variant("1", "0a"));
        items(item("X", "A", 5));
        match();
        assertThat(database.texts("select reason from unlinked where channel_id = $1", channel))
                .containsExactly("Near miss: \"Item X\" (X) has \"A\", which differs from \"0a\" by case and leading zeros");
    }

    private List<MatchOracle.Side> side(Random random, String prefix) {
        var blanks = List.of("", "", "", " ", "\t", "\u00A0", "\u200B ");
        var side = new ArrayList<MatchOracle.Side>();
        for (int row = 0; row < 150; row++) {
            String key = random.nextInt(15) == 0 ? null : "k" + random.nextInt(250);
            if (key != null && random.nextInt(4) == 0) {
                key = random.nextBoolean() ? key.toUpperCase(java.util.Locale.ROOT) : "0" + key;
            }
            String written = key == null
                    ? random.nextBoolean() ? null : " "
                    : blanks.get(random.nextInt(7)) + key + blanks.get(random.nextInt(7));
            side.add(new MatchOracle.Side(prefix + row, written, random.nextInt(12) == 0));
        }
        return side;
    }

    private void store(UniqueIdentifier identifier, List<MatchOracle.Side> variants, List<MatchOracle.Side> items) {
        metafieldsRead(identifier.metafield() == null ? "" : "some.other," + identifier.metafield());
        boolean sku = identifier.variantSide() == UniqueIdentifier.VariantSide.SKU;
        boolean barcode = identifier.variantSide() == UniqueIdentifier.VariantSide.BARCODE;
        boolean itemSku = identifier.itemSide() == UniqueIdentifier.ItemSide.SKU;
        variants(variants.stream().map(row -> new Variant(row.id(), "p", "i" + row.id(), "Variant " + row.id(), "ACTIVE",
                sku ? row.written() : "other", barcode ? row.written() : "other", null, true,
                row.written() == null ? Map.of() : Map.of("till.number", row.written()), null)).toArray(Variant[]::new));
        items(items.stream().map(row -> new Item(row.id(), "Item " + row.id(), itemSku ? row.written() : "other",
                itemSku ? "other" : row.written(), null, PriceType.FIXED, null, false, null, null)).toArray(Item[]::new));
        database.run("update variant set gone = true where store_id = $1 and id = any($2::text[])", fence.storeId(),
                gone(variants));
        database.run("update item set gone = true where channel_id = $1 and id = any($2::text[])", channel, gone(items));
    }

    private static String[] gone(List<MatchOracle.Side> side) {
        return side.stream().filter(MatchOracle.Side::gone).map(MatchOracle.Side::id).toArray(String[]::new);
    }

    private void metafieldsRead(String names) {
        database.run("""
                     insert into stream_state (store_id, owner_id, stream, parameters) values ($1, $1, 'storefront', $2)
                     on conflict (owner_id, stream) do update set parameters = excluded.parameters
                     """, fence.storeId(), names);
    }

    /** Two reads: one that sees nothing at all is not believed. */
    private void shopLosesAll() {
        get(repository.completeCatalog(fence, 9, tick()));
        get(repository.completeCatalog(fence, 10, tick()));
    }

    private void link(String variantId, String itemId, String variantKey, String itemKey) {
        database.run(
                """
                insert into link (channel_id, store_id, variant_id, item_id, origin, accepted_variant_key, accepted_item_key, created_by)
                values ($1, $2, $3, $4, 'MANUAL', $5, $6, 'person')
                """,
                channel, fence.storeId(), variantId, itemId, variantKey, itemKey);
    }

    private Map<String, String> decisions(Map<String, String> before) {
        var decisions = new TreeMap<String, String>();
        database.run("select variant_id, item_id from link where channel_id = $1", channel).forEach(row -> {
            if (!before.containsKey(row.getString(0))) {
                decisions.put(row.getString(0), "linked:" + row.getString(1));
            }
        });
        database.run("select variant_id, status from unlinked where channel_id = $1", channel)
                .forEach(row -> assertThat(decisions.put(row.getString(0), row.getString(1))).isNull());
        return decisions;
    }

    private static int count(Map<String, String> decisions, String prefix) {
        return (int) decisions.values().stream().filter(decision -> decision.startsWith(prefix)).count();
    }

    private MatchCounts match() {
        return get(matcher.match(fence, channel, UniqueIdentifier.SKU, RUN));
    }

    private Instant tick() {
        now = now.plusSeconds(1);
        return now;
    }

    private void variants(Variant... variants) {
        get(repository.storeVariants(fence, new CatalogPage(List.of(variants), List.of(), tick(), now, -1)));
    }

    private void items(Item... items) {
        get(repository.storeItems(fence, channel, new ItemPage(List.of(items), List.of(), tick(), now)));
    }

    private static Variant variant(String id, String sku) {
        return new Variant(id, "p", "i" + id, "Variant " + id, "ACTIVE", sku, null, null, true, Map.of(), null);
    }

    private static Item item(String id, String sku, int quantity) {
        return new Item(id, "Item " + id, sku, null, null, PriceType.FIXED, null, false, BigDecimal.valueOf(quantity), null);
    }

    private List<String> links() {
        return database.texts(
                "select variant_id || '-' || item_id || ' ' || coalesce(drift, '') from link where channel_id = $1 order by 1",
                channel);
    }

    private List<String> journal(String kind) {
        return database.texts("select cause from journal where channel_id = $1 and kind = $2 order by id", channel, kind);
    }
}
