package dev.tillbridge.product;

import static dev.tillbridge.platform.PlainDatabase.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tillbridge.catalog.CatalogRepository;
import dev.tillbridge.catalog.Catalogs;
import dev.tillbridge.catalog.ChangedProduct;
import dev.tillbridge.catalog.Item;
import dev.tillbridge.catalog.Listing;
import dev.tillbridge.catalog.PriceType;
import dev.tillbridge.catalog.Variant;
import dev.tillbridge.channel.CatalogPage;
import dev.tillbridge.channel.ChannelSettings;
import dev.tillbridge.channel.ChannelStatus;
import dev.tillbridge.channel.ConnectedChannel;
import dev.tillbridge.channel.ItemPage;
import dev.tillbridge.channel.ProductPage;
import dev.tillbridge.journal.Journal;
import dev.tillbridge.notification.Notices;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.platform.QuietPass;
import dev.tillbridge.product.MemoryTill.Fate;

/** Publishing and following on a real database, against a till in memory. */
class ProductRowsTest {

    private static PlainDatabase database;

    private final List<Fate> fates = new ArrayList<>();
    private final MemoryTill till = new MemoryTill(() -> fates.isEmpty() ? Fate.WELL : fates.remove(0));
    private Fence fence;
    private ConnectedChannel channel;
    private CatalogRepository catalog;
    private CreationRepository book;
    private ProductRepository products;
    private FollowRepository follows;
    private ItemFollowing following;
    private Instant asOf = Instant.now().minusSeconds(3600);

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
        fence = database.leasedStore();
        UUID id = database.channel(fence.storeId(), "{}");
        channel = new ConnectedChannel(id, fence.storeId(), "Till", "clover", "us", id.toString(), ChannelStatus.CONNECTED,
                ChannelSettings.DEFAULTS, 0, true, true, Instant.now());
        catalog = Catalogs.over(database.transactions());
        book = new CreationRepository(database.pool(), database.transactions(), Catalogs.linkMaker(catalog), new Journal(),
                new ProductNotices(new Notices(), database.pool()));
        products = new ProductRepository(database.pool());
        follows = new FollowRepository(database.pool());
        following = new ItemFollowing(follows, catalog, new Journal(), database.transactions(), Products.CONFIG);
    }

    @Test
    void a_group_is_published_linked_and_journalled_with_its_confirmation() {
        variants(variant("1", "p1", "Tee - S", "TEE-S", "Size", "S"), variant("2", "p1", "Tee - M", "TEE-M", "Size", "M"));

        publishAll();

        assertThat(texts("select variant_id || ' ' || origin from link where channel_id = $1 order by 1")).containsExactly(
                "1 CREATED", "2 CREATED");
        assertThat(texts("select sku from item where channel_id = $1 order by 1")).containsExactly("TEE-M", "TEE-S");
        assertThat(texts("select status || ' ' || group_name from product_publication where channel_id = $1"))
                .containsExactly("DONE Tee");
        assertThat(texts("select kind from journal where channel_id = $1 order by id")).contains("group-made", "item-made",
                "link-made");
        assertThat(till.items).hasSize(2);
        assertThat(due()).isEmpty();
    }

    @Test
    void options_and_values_that_the_store_calls_otherwise_are_renamed_on_the_till() {
        variants(variant("1", "p1", "Tee - S", "TEE-S", "Size", "S"), variant("2", "p1", "Tee - M", "TEE-M", "Size", "M"));
        publishAll();

        variants(variant("1", "p1", "Shirt - Small", "TEE-S", "Length", "Small"),
                variant("2", "p1", "Shirt - M", "TEE-M", "Length", "M"));
        fates.add(Fate.ANSWER_LOST);
        publishAll();
        assertThat(texts("select status from product_publication where channel_id = $1")).containsExactly("OPEN");
        database.run("update product_publication set retry_at = now() where channel_id = $1", channel.id());
        publishAll();

        assertThat(till.parts.values()).extracting(dev.tillbridge.channel.TillPart::name).containsExactlyInAnyOrder("Shirt",
                "Length", "Small", "M");
        assertThat(texts(
                "select kind || ' ' || before || ' ' || after from journal where channel_id = $1 and kind like '%-renamed'"
                        + " order by id"))
                .containsExactlyInAnyOrder("group-renamed Tee Shirt", "attribute-renamed Size Length",
                        "option-renamed S Small");
        assertThat(texts("select status || ' ' || group_name from product_publication where channel_id = $1"))
                .containsExactly("DONE Shirt");
        assertThat(due()).isEmpty();
    }

    @Test
    void a_name_that_the_till_refuses_keeps_no_variant_off_the_till() {
        variants(variant("1", "p1", "Tee - S", "TEE-S", "Size", "S"), variant("2", "p1", "Tee - M", "TEE-M", "Size", "M"));
        publishAll();
        variants(variant("1", "p1", "Tee - Small", "TEE-S", "Size", "Small"),
                variant("2", "p1", "Tee - M", "TEE-M", "Size", "M"), variant("3", "p1", "Tee - L", "TEE-L", "Size", "L"));
        fates.add(Fate.REFUSED);

        publishAll();

        assertThat(till.items).hasSize(3);
        assertThat(texts("select status || ' ' || code from product_publication where channel_id = $1"))
                .containsExactly("FAILED name-refused");
        database.run("update product_publication set retry_at = now() where channel_id = $1", channel.id());
        publishAll();
        assertThat(till.parts.values()).extracting(dev.tillbridge.channel.TillPart::name).contains("Small");
        assertThat(texts("select status from product_publication where channel_id = $1")).containsExactly("DONE");
    }

    @Test
    void a_product_that_waited_for_a_person_waits_no_more_when_the_store_no_longer_has_it() {
        variants(variant("1", "p1", "Mug", "MUG"));
        fates.add(Fate.ANSWER_LOST);
        publishAll();
        till.put(till.items.values().iterator().next());
        database.run("update product_publication set retry_at = now() where channel_id = $1", channel.id());
        publishAll();
        assertThat(texts("select status from product_publication where channel_id = $1")).containsExactly("HELD");

        database.run("update variant set gone = true where store_id = $1", fence.storeId());
        publishAll();

        assertThat(texts("select status from product_publication where channel_id = $1")).containsExactly("DONE");
        assertThat(texts("select 1 from notice where channel_id = $1 and resolved_at is null")).isEmpty();
        assertThat(due()).isEmpty();
    }

    @Test
    void values_that_change_places_change_the_items_options() {
        variants(variant("1", "p1", "Tee - S", "TEE-S", "Size", "S"), variant("2", "p1", "Tee - M", "TEE-M", "Size", "M"));
        publishAll();
        var before = optionsByVariant();

        variants(variant("1", "p1", "Tee - M", "TEE-S", "Size", "M"), variant("2", "p1", "Tee - S", "TEE-M", "Size", "S"));
        publishAll();

        assertThat(optionsByVariant()).containsExactly(before.get(1).replace("2 ", "1 "), before.get(0).replace("1 ", "2 "));
        assertThat(texts(
                "select before || ' ' || after from journal where channel_id = $1 and kind = 'item-options-changed'"
                        + " order by 1"))
                .containsExactly("M S", "S M");
        assertThat(due()).isEmpty();
    }

    /** As the till has them. */
    private List<String> optionsByVariant() {
        return texts("select variant_id || ' ' || item_id from link where channel_id = $1 order by 1").stream()
                .map(row -> row.split(" ", -1)).map(row -> row[0] + " " + till.options.get(row[1])).toList();
    }

    @Test
    void a_lost_answer_is_found_again_and_linked() {
        variants(variant("1", "p1", "Mug", "MUG"));
        fates.add(Fate.ANSWER_LOST);

        publishAll();
        assertThat(texts("select status from product_publication where channel_id = $1")).containsExactly("OPEN");
        assertThat(due()).as("waits a moment").isEmpty();
        database.run("update product_publication set retry_at = now() where channel_id = $1", channel.id());
        publishAll();

        assertThat(till.items).hasSize(1);
        assertThat(texts("select item_id from link where channel_id = $1")).containsExactlyElementsOf(till.items.keySet());
    }

    @Test
    void what_never_arrived_is_sent_again_when_the_look_is_late_enough() {
        variants(variant("1", "p1", "Mug", "MUG"));
        fates.add(Fate.REQUEST_LOST);
        publishAll();
        database.run("update product_publication set retry_at = now() where channel_id = $1", channel.id());
        publishAll();
        assertThat(till.items).as("too early to tell").isEmpty();

        database.run("update till_creation set sent_at = now() - interval '2 minutes' where channel_id = $1", channel.id());
        database.run("update product_publication set retry_at = now() where channel_id = $1", channel.id());
        publishAll();

        assertThat(till.items).hasSize(1);
    }

    @Test
    void two_that_may_be_it_hold_the_product_until_a_person_has_it_tried_again() {
        variants(variant("1", "p1", "Mug", "MUG"));
        fates.add(Fate.ANSWER_LOST);
        publishAll();
        String double2 = till.put(till.items.values().iterator().next());
        database.run("update product_publication set retry_at = now() where channel_id = $1", channel.id());
        publishAll();
        assertThat(texts("select status || ' ' || code from product_publication where channel_id = $1"))
                .containsExactly("HELD outcome-unclear");
        assertThat(texts(
                "select kind || ' ' || subject || ' ' || title from notice where channel_id = $1 and resolved_at is null"))
                .as("who must act is told").containsExactly(
                        "PRODUCT_HELD product:p1 \"Mug\" is not on the till as it should be");
        assertThat(due()).isEmpty();
        assertThat(texts("select 1 from link where channel_id = $1")).isEmpty();

        till.items.remove(double2);
        var list = new ProductList(database.pool(), database.transactions(), new Journal(),
                new ProductNotices(new Notices(), database.pool()));
        assertThat(get(list.retry(channel, "p1", "Ada"))).isTrue();
        assertThat(get(list.retry(channel, "p9", "Ada"))).isFalse();
        assertThat(texts("select 1 from notice where channel_id = $1 and resolved_at is null")).isEmpty();
        publishAll();

        assertThat(get(list.page(channel.id(), "", null, false, 10)).items()).singleElement()
                .satisfies(view -> assertThat(view.status()).isEqualTo("DONE"));
        assertThat(till.items).hasSize(1);
    }

    @Test
    void an_item_alike_or_a_block_keeps_a_variant_off_the_till_with_the_reason() {
        variants(variant("1", "p1", "Mug", "mug"), variant("2", "p2", "Cup", "CUP"));
        items(new Item("I9", "Old mug", "MUG", null, 450L, PriceType.FIXED, null, false, null, null));
        database.run("insert into link_block (channel_id, variant_id, item_id, created_by) values ($1, '2', 'I8', 'Ada')",
                channel.id());

        publishAll();

        assertThat(till.items).isEmpty();
        assertThat(texts("select left_out::text from product_publication where channel_id = $1 order by product_id"))
                .satisfiesExactly(one -> assertThat(one).contains("item-alike", "I9"),
                        two -> assertThat(two).contains("blocked"));
        assertThat(due()).as("judged, and not again at once").isEmpty();
    }

    @Test
    void the_store_is_followed_and_what_is_no_longer_sold_is_hidden() {
        variants(variant("1", "p1", "Mug", "MUG"));
        publishAll();
        follow();
        assertThat(till.items.values()).singleElement().satisfies(item -> assertThat(item.sku()).isEqualTo("MUG"));

        variants(variant("1", "p1", "Blue mug", "MUG-B"));
        follow();
        assertThat(till.items.values()).singleElement().satisfies(item -> {
            assertThat(item.sku()).isEqualTo("MUG-B");
            assertThat(item.name()).isEqualTo("Blue mug");
        });

        get(catalog.storeProducts(fence,
                new ProductPage(List.of(new ChangedProduct("p1", "Red mug", "ARCHIVED", null, null)), Instant.now())));
        assertThat(get(follows.due(channel, "", 10))).singleElement().satisfies(item -> {
            assertThat(item.store().name()).isEqualTo("Red mug");
            assertThat(item.store().hidden()).isTrue();
        });
        follow();
        assertThat(texts("select kind from journal where channel_id = $1 and subject like 'item:%'")).hasSize(2);
    }

    @Test
    void an_item_hidden_for_a_variant_that_is_gone_is_shown_for_the_one_in_its_place() {
        variants(variant("1", "p1", "Mug", "MUG"));
        publishAll();
        follow();
        String item = texts("select item_id from link where channel_id = $1").get(0);
        database.run("update variant set gone = true where store_id = $1", fence.storeId());
        assertThat(get(follows.due(channel, "", 10))).singleElement()
                .satisfies(due -> assertThat(due.store().hidden()).isTrue());
        database.run("delete from link where channel_id = $1", channel.id());
        database.run("update item set hidden = true where channel_id = $1", channel.id());
        variants(variant("2", "p2", "Mug", "MUG"));
        database.run("""
                insert into link (channel_id, store_id, variant_id, item_id, origin, created_by)
                values ($1, $2, '2', $3, 'MATCHED', 'test')""", channel.id(), fence.storeId(), item);

        get(database.transactions().write(fence, connection -> follows.begin(connection, channel)));

        assertThat(get(follows.due(channel, "", 10))).singleElement().satisfies(due -> {
            assertThat(due.variantId()).isEqualTo("2");
            assertThat(due.till().hidden()).isTrue();
            assertThat(due.store().hidden()).isFalse();
        });
    }

    @Test
    void of_two_that_may_be_it_the_one_a_person_linked_is_it() {
        variants(variant("1", "p1", "Mug", "MUG"));
        fates.add(Fate.ANSWER_LOST);
        publishAll();
        String other = till.put(till.items.values().iterator().next());
        items(new Item(other, "Mug", "MUG", null, 450L, PriceType.FIXED, null, false, null, null));
        database.run("""
                insert into link (channel_id, store_id, variant_id, item_id, origin, created_by)
                values ($1, $2, '1', $3, 'MANUAL', 'test')""", channel.id(), fence.storeId(), other);
        database.run("update product_publication set retry_at = now() where channel_id = $1", channel.id());

        publishAll();

        assertThat(texts("select status from product_publication where channel_id = $1")).containsExactly("DONE");
        assertThat(texts("select till_id from till_creation where channel_id = $1")).containsExactly(other);
        assertThat(till.items).hasSize(2);
    }

    @Test
    void a_code_that_the_till_alone_has_stays_when_the_sku_follows() {
        variants(variant("1", "p1", "Mug", "MUG"));
        items(new Item("I7", "Mug", "MUG", "4001", 450L, PriceType.FIXED, null, false, null, null));
        till.items.put("I7", new dev.tillbridge.channel.NewItem("Mug", "MUG", "4001", 450, null));
        database.run("""
                insert into link (channel_id, store_id, variant_id, item_id, origin, created_by)
                values ($1, $2, '1', 'I7', 'MATCHED', 'test')""", channel.id(), fence.storeId());
        follow();
        variants(variant("1", "p1", "Mug", "MUG-2"));
        follow();
        assertThat(till.items.get("I7").sku()).isEqualTo("MUG-2");
        assertThat(till.items.get("I7").code()).as("the shop never had one").isEqualTo("4001");
    }

    @Test
    void what_the_store_says_while_an_item_is_written_is_still_to_follow() {
        variants(variant("1", "p1", "Mug", "MUG"));
        items(new Item("I7", "Mug", "MUG", null, 450L, PriceType.FIXED, null, false, null, null));
        database.run("""
                insert into link (channel_id, store_id, variant_id, item_id, origin, created_by)
                values ($1, $2, '1', 'I7', 'MATCHED', 'test')""", channel.id(), fence.storeId());
        get(database.transactions().write(fence, connection -> follows.begin(connection, channel)));
        variants(variant("1", "p1", "Mug", "MUG-2"));
        Followed worked = get(follows.due(channel, "", 10)).get(0);
        variants(variant("1", "p1", "Mug", "MUG-3"));

        get(database.transactions().write(fence, connection -> follows.done(connection, channel, worked)));

        assertThat(get(follows.due(channel, "", 10))).singleElement()
                .satisfies(item -> assertThat(item.store().sku()).isEqualTo("MUG-3"));
    }

    @Test
    void another_identifier_is_no_change_of_the_store() {
        variants(variant("1", "p1", "Mug", "MUG"));
        items(new Item("I7", "Mug", "MUG", null, 450L, PriceType.FIXED, null, false, null, null));
        database.run("""
                insert into link (channel_id, store_id, variant_id, item_id, origin, created_by)
                values ($1, $2, '1', 'I7', 'MATCHED', 'test')""", channel.id(), fence.storeId());
        get(database.transactions().write(fence, connection -> follows.begin(connection, channel)));
        channel = new ConnectedChannel(channel.id(), fence.storeId(), "Till", "clover", "us", "m", ChannelStatus.CONNECTED,
                new ChannelSettings("BARCODE_TO_SKU", null, null, null, null, null, null), 0, true, true, Instant.now());
        get(database.transactions().write(fence, connection -> follows.begin(connection, channel)));
        assertThat(get(follows.due(channel, "", 10))).isEmpty();
    }

    @Test
    void a_metafield_that_was_not_read_yet_publishes_nothing() {
        assertThat(get(products.identifierRead(channel))).isTrue();
        channel = new ConnectedChannel(channel.id(), fence.storeId(), "Till", "clover", "us", "m", ChannelStatus.CONNECTED,
                new ChannelSettings("METAFIELD:till.sku", null, null, null, null, null, null), 0, true, true, Instant.now());
        assertThat(get(products.identifierRead(channel))).isFalse();
    }

    @Test
    void an_item_that_was_there_before_is_changed_only_where_the_store_changes() {
        variants(variant("1", "p1", "Mug", "MUG"));
        items(new Item("I7", "My own name", "MUG", null, 450L, PriceType.FIXED, null, false, null, null));
        till.items.put("I7", new dev.tillbridge.channel.NewItem("My own name", "MUG", null, 450, null));
        database.run("""
                insert into link (channel_id, store_id, variant_id, item_id, origin, created_by)
                values ($1, $2, '1', 'I7', 'MATCHED', 'test')""", channel.id(), fence.storeId());
        follow();
        assertThat(till.items.get("I7").name()).isEqualTo("My own name");

        variants(variant("1", "p1", "Mug", "MUG-2"));
        follow();

        assertThat(till.items.get("I7").name()).as("the title did not change").isEqualTo("My own name");
        assertThat(till.items.get("I7").sku()).isEqualTo("MUG-2");
    }

    @Test
    void identifiers_go_where_the_channel_matches() {
        var byCode = new ChannelSettings("BARCODE_TO_SKU", null, null, null, null, null, null);
        channel = new ConnectedChannel(channel.id(), fence.storeId(), "Till", "clover", "us", "m", ChannelStatus.CONNECTED,
                byCode, 0, true, true, Instant.now());
        Variant mug = variant("1", "p1", "Mug", "MUG");
        variants(new Variant(mug.id(), mug.productId(), mug.inventoryItemId(), mug.title(), mug.productStatus(), "MUG", "4001",
                mug.price(), true, Map.of(), null, mug.listing()));

        publishAll();

        assertThat(till.items.values()).singleElement().satisfies(item -> {
            assertThat(item.sku()).isEqualTo("4001");
            assertThat(item.code()).isEqualTo("4001");
        });
    }

    private Turn turn() {
        return Turn.of(new QuietPass(fence), channel, till, null, Products.TERMS);
    }

    private List<String> due() {
        return get(products.due(channel, "", 100));
    }

    private void publishAll() {
        var publisher = new ProductPublisher(book, new CreationLook(book), Products.CONFIG);
        for (String id : due()) {
            get(products.facts(channel, id).chain(facts -> publisher.publish(turn(), facts, null)));
        }
    }

    private void follow() {
        get(database.transactions().write(fence, connection -> follows.begin(connection, channel)));
        assertThat(get(following.batch(turn(), "")).last()).isNull();
    }

    private void variants(Variant... variants) {
        asOf = asOf.plusSeconds(60);
        get(catalog.storeVariants(fence, new CatalogPage(List.of(variants), List.of(), asOf, asOf, -1)));
    }

    private void items(Item... items) {
        asOf = asOf.plusSeconds(60);
        get(catalog.storeItems(fence, channel.id(), new ItemPage(List.of(items), List.of(), asOf, asOf)));
    }

    private static Variant variant(String id, String product, String title, String sku, String... options) {
        List<Listing.Option> chosen = options.length == 0
                ? List.of(new Listing.Option("Title", "Default Title"))
                : List.of(new Listing.Option(options[0], options[1]));
        return new Variant(id, product, "i" + id, title, "ACTIVE", sku, null, new BigDecimal("4.50"), true, Map.of(), null,
                new Listing(title.split(" - ", -1)[0], null, Integer.parseInt(id), chosen));
    }

    private List<String> texts(String sql) {
        return database.texts(sql, channel.id());
    }
}
