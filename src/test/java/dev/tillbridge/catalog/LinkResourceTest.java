package dev.tillbridge.catalog;

import static dev.tillbridge.platform.PlainDatabase.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;

import dev.tillbridge.channel.CatalogPage;
import dev.tillbridge.channel.ItemPage;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.testing.SandboxResource;

@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class LinkResourceTest {

    private static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");
    private static final String FORMULA = "=HYPERLINK(\"http://example.org\",\"x\")";

    @Inject
    Pool pool;

    @Inject
    CatalogRepository repository;

    @Inject
    LinkMatcher matcher;

    private PlainDatabase database;
    private Fence fence;
    private UUID channel;

    /** v1-A linked, v2 unlinked, v3 and v4 ambiguous, v5-E drifted, v6 and F blocked, G on the till alone. */
    @BeforeEach
    void connect() {
        database = PlainDatabase.over(pool);
        fence = database.leasedStore();
        channel = database.channel(fence.storeId(), "{\"inventorySync\":{\"enabled\":false,\"safetyStock\":3}}");
        database.run("insert into location (store_id, id, name, active, is_primary) values ($1, 'L1', 'Shop', true, true), "
                + "($1, 'L2', 'Cellar', true, false), ($1, 'L3', 'Closed', false, false)", fence.storeId());
        get(repository.storeVariants(fence, new CatalogPage(
                List.of(variant("v1", "A"), variant("v2", "nowhere"), variant("v3", "D"), variant("v4", "D"),
                        variant("v5", "E"),
                        variant("v6", "F")),
                List.of(new Level("iv1", "L1", 5L), new Level("iv1", "L2", 7L), new Level("iv1", "L3", 100L)), T0, T0, -1)));
        get(repository.storeItems(fence, channel, new ItemPage(
                List.of(item("A", "A", "Tea 100%"), item("D", "D", "Pot"), item("E", "E", "Jar"), item("F", "F", "Mug"),
                        item("G", null, FORMULA)),
                List.of(), T0, T0)));
        database.run("insert into link_block (channel_id, variant_id, item_id, created_by) values ($1, 'v6', 'F', 'person')",
                channel);
        match();
        get(repository.storeItems(fence, channel,
                new ItemPage(List.of(item("E", "changed", "Jar")), List.of(), T0.plusSeconds(1), T0)));
        match();
    }

    @Test
    void a_linked_row_shows_both_sides_stock_and_prices() {
        links("?status=linked").body("items", hasSize(1))
                .body("items[0].variant.id", equalTo("v1")).body("items[0].variant.sku", equalTo("A"))
                .body("items[0].variant.tracked", equalTo(true)).body("items[0].item.id", equalTo("A"))
                .body("items[0].item.priceType", equalTo("FIXED")).body("items[0].status", equalTo("linked"))
                .body("items[0].reason", nullValue()).body("items[0].storeStock", equalTo(12))
                .body("items[0].unposted", equalTo(0))
                .body("items[0].safetyStock", equalTo(3)).body("items[0].target", equalTo(9))
                .body("items[0].channelStock", equalTo(4)).body("items[0].storePrice.amount", equalTo("9.90"))
                .body("items[0].storePrice.currency", equalTo("USD")).body("items[0].channelPrice.amount", equalTo("9.50"));
    }

    @Test
    void each_status_lists_its_rows_and_the_counts_agree() {
        assertThat(ids("linked")).containsExactly("v1-A");
        assertThat(ids("unlinked")).containsExactly("v2-");
        assertThat(ids("ambiguous")).containsExactly("v3-", "v4-");
        assertThat(ids("drifted")).containsExactly("v5-E");
        assertThat(ids("blocked")).containsExactly("v6-");
        assertThat(ids("till-only")).containsExactly("-D", "-F", "-G");
        links("/counts").body("linked", equalTo(1)).body("unlinked", equalTo(1)).body("ambiguous", equalTo(2))
                .body("drifted", equalTo(1)).body("blocked", equalTo(1)).body("tillOnly", equalTo(3));
        links("?status=ambiguous").body("items[0].reason", containsString("also \"Title v4\" (v4)"));
        links("?status=till-only").body("items[0].reason", equalTo("2 variants have the SKU \"D\""))
                .body("items[1].reason", containsString("A person removed the link"))
                .body("items[2].reason", equalTo("The item has no SKU"));
    }

    @Test
    void pages_of_any_size_hold_every_row_once() {
        for (int limit = 1; limit <= 10; limit++) {
            var seen = new ArrayList<String>();
            String cursor = "";
            while (cursor != null) {
                var page = links("?limit=" + limit + "&cursor=" + cursor).extract().jsonPath();
                seen.addAll(ids(page.getList("items")));
                cursor = page.getString("nextCursor");
            }
            assertThat(seen).as("limit %d", limit)
                    .containsExactly("v1-A", "v2-", "v3-", "v4-", "v5-E", "v6-", "-D", "-F", "-G");
        }
    }

    @Test
    void a_search_looks_at_both_sides_and_takes_no_wildcards() {
        assertThat(found("title V2")).containsExactly("v2-");
        assertThat(found("100%")).containsExactly("v1-A");
        assertThat(found("NOWHERE")).containsExactly("v2-");
        assertThat(found("%")).containsExactly("v1-A");
        assertThat(found("_")).isEmpty();
    }

    @Test
    void a_page_begins_anywhere_in_the_list() {
        var all = List.of("v1-A", "v2-", "v3-", "v4-", "v5-E", "v6-", "-D", "-F", "-G");
        for (int offset = 0; offset <= all.size() + 1; offset++) {
            var page = links("?limit=4&offset=" + offset).extract().jsonPath();
            assertThat(ids(page.getList("items"))).as("offset %d", offset)
                    .isEqualTo(all.subList(Math.min(offset, all.size()), Math.min(offset + 4, all.size())));
            if (page.getString("nextCursor") != null) {
                assertThat(ids(links("?limit=9&cursor=" + page.getString("nextCursor")).extract().jsonPath().getList("items")))
                        .as("after offset %d", offset).isEqualTo(all.subList(Math.min(offset + 4, all.size()), all.size()));
            }
        }
        assertThat(ids(links("?status=ambiguous&offset=1").extract().jsonPath().getList("items"))).containsExactly("v4-");
        caller().get(path("?q=tea&offset=1")).then().statusCode(400).body("detail", containsString("nextCursor"));
    }

    @Test
    void what_many_rows_hold_is_found_page_by_page_too() {
        get(repository.storeVariants(fence, new CatalogPage(IntStream.range(0, 1_200)
                .mapToObj(number -> variant(String.format("w%04d", number), "W-" + number)).toList(), List.of(), T0, T0, -1)));
        match();
        var seen = new ArrayList<String>();
        String cursor = "";
        while (cursor != null) {
            var page = caller().queryParam("q", "TITLE W").queryParam("limit", 500).queryParam("cursor", cursor).get(path(""))
                    .then().statusCode(200).extract().jsonPath();
            seen.addAll(ids(page.getList("items")));
            cursor = page.getString("nextCursor");
        }
        assertThat(seen).hasSize(1_200).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void a_row_tells_why_its_item_is_at_its_quantity() {
        database.run(
                "insert into till_stock (channel_id, item_id, settled, settled_at, sent, sent_at) values ($1, 'A', 4, now(), 9, now())",
                channel);
        database.run("insert into journal (store_id, channel_id, subject, kind, before, after, cause, actor) values "
                + "($1, $2, 'stock:A', 'stock-written', '7', '4', 'A sale', 'tillbridge'), ($1, $2, 'stock:A', 'stock-posted', '4', '3', 'x', 'tillbridge')",
                fence.storeId(), channel);
        database.run("insert into recount (id, channel_id, store_id, item_id, variant_id, expected, counted, status) "
                + "values (gen_random_uuid(), $1, $2, 'A', 'v1', 4, 6, 'OPEN')", channel, fence.storeId());
        links("/v1").body("variant.id", equalTo("v1")).body("item.id", equalTo("A")).body("target", equalTo(9))
                .body("inventorySync", equalTo(false)).body("levels.name", equalTo(List.of("Cellar", "Shop", "Closed")))
                .body("levels.available", equalTo(List.of(7, 5, 100))).body("levels.sells", equalTo(List.of(true, true, false)))
                .body("unpostedSales", hasSize(0)).body("till.sent", equalTo(9)).body("till.failures", equalTo(0))
                .body("lastWrite.before", equalTo("7")).body("lastWrite.after", equalTo("4"))
                .body("recount.expected", equalTo(4)).body("recount.counted", equalTo(6));
        links("/v2").body("status", equalTo("unlinked")).body("item", nullValue()).body("till", nullValue());
        links("/v5").body("status", equalTo("drifted"));
        caller().get(path("/v9")).then().statusCode(404).body("detail", containsString("v9"));
    }

    @Test
    void wrong_parameters_are_named() {
        caller().get(path("?status=odd")).then().statusCode(400).body("code", equalTo("invalid-request"))
                .body("detail", containsString("till-only"));
        caller().get(path("?cursor=%21")).then().statusCode(400).body("code", equalTo("invalid-request"));
        caller().get(path("?limit=0")).then().statusCode(both(greaterThanOrEqualTo(400)).and(lessThan(500)));
        caller().get("/api/v1/channels/" + UUID.randomUUID() + "/links").then().statusCode(404).body("code",
                equalTo("not-found"));
    }

    @Test
    void a_link_by_hand_needs_no_agreement_and_both_sides_free() {
        put("v2", "G").statusCode(200).body("status", equalTo("linked"));
        put("v2", "G").statusCode(200);
        put("v2", "D").statusCode(409).body("code", equalTo("link-conflict"));
        put("v3", "A").statusCode(409).body("detail", containsString("linked to variant v1"));
        put("v9", "D").statusCode(404).body("detail", containsString("no variant v9"));
        put("v3", "Z").statusCode(404).body("detail", containsString("no item Z"));
        match();
        assertThat(ids("linked")).as("a person's link that never agreed has not drifted").containsExactly("v1-A", "v2-G");
        links("/v2/journal").body("items", hasSize(1)).body("items[0].kind", equalTo("link-made"))
                .body("items[0].cause", equalTo("linked by hand")).body("items[0].runId", nullValue());
    }

    @Test
    void removing_a_link_leaves_a_block_that_linking_again_lifts() {
        caller().delete(path("/v1")).then().statusCode(204);
        caller().delete(path("/v1")).then().statusCode(404);
        match();
        assertThat(ids("blocked")).containsExactly("v1-", "v6-");
        put("v1", "A").statusCode(200);
        assertThat(database.count("select count(*) from link_block where channel_id = $1", channel)).isEqualTo(1);
        caller().delete(path("/v1")).then().statusCode(204);
        caller().get("/api/v1/channels/" + channel + "/journal?subject=link:v1").then().statusCode(200)
                .body("items.kind", equalTo(List.of("link-removed", "link-made", "link-removed", "link-made")));
    }

    @Test
    void putting_a_drifted_link_again_accepts_it() {
        put("v5", "E").statusCode(200);
        match();
        assertThat(ids("drifted")).isEmpty();
        links("/v5/journal").body("items[0].kind", equalTo("link-confirmed"));
    }

    @Test
    void the_journal_is_read_by_kind_of_subject_and_time() {
        String base = "/api/v1/channels/" + channel + "/journal";
        caller().get(base + "?subject=link").then().body("items", hasSize(3));
        caller().get(base + "?subject=lin").then().body("items", hasSize(0));
        caller().get(base + "?from=2999-01-01T00:00:00Z").then().body("items", hasSize(0));
        caller().get(base + "?to=2999-01-01T00:00:00Z&limit=2").then().body("items", hasSize(2));
        caller().get(base + "?from=yesterday").then().statusCode(400).body("detail", containsString("from is a time"));
        var first = caller().get(base + "?limit=1").jsonPath();
        caller().get(base + "?cursor=" + first.getString("nextCursor")).then().body("items", hasSize(2));
    }

    @Test
    void the_file_has_every_row_and_no_formula() {
        String file = caller().get(path("/export")).then().statusCode(200).contentType(containsString("text/csv")).extract()
                .asString();
        assertThat(file.lines()).hasSize(10).first().asString().startsWith("variantId,variantSku");
        assertThat(file).contains("\nv1,A,,Title v1,A,A,,Tea 100%,linked,,9,4\n", "\n,,,,D,D,,Pot,till-only,")
                .contains("\"'=HYPERLINK(\"\"http://example.org\"\",\"\"x\"\")\"").doesNotContain(",=").doesNotContain(",\"=");
        // What was exported asks for nothing new.
        load(file, "").body("added", equalTo(0)).body("unchanged", equalTo(2)).body("refused", hasSize(0));
    }

    @Test
    void a_file_links_what_can_be_linked_and_says_what_cannot() {
        String file = "\uFEFFitemId;note;variantId\nG;\"new; and\nlong\";v2\nA;;v3\nZ;;v3\n;;v4\nG;;v4\nA;;v1\n";
        load(file, "?dryRun=true").body("dryRun", equalTo(true)).body("added", equalTo(1));
        assertThat(ids("linked")).containsExactly("v1-A");
        load(file, "").body("added", equalTo(1)).body("refused.line", equalTo(List.of(3, 4, 6, 7)))
                .body("refused[0].reason", equalTo("The item is linked to variant v1"));
        assertThat(ids("linked")).containsExactly("v1-A", "v2-G");
        links("/v2/journal").body("items[0].cause", equalTo("imported from line 2 of a CSV file"));
    }

    @Test
    void what_is_no_such_file_is_refused() {
        load("name,price\na,b\n", "", 400).body("code", equalTo("malformed-body")).body("detail", containsString("variantId"));
        load("variantId,itemId\n\"v1,A\n", "", 400).body("code", equalTo("malformed-body"));
        caller().contentType("application/json").body("{}").post(path("/import")).then().statusCode(415);
    }

    private void match() {
        get(matcher.match(fence, channel, UniqueIdentifier.SKU, UUID.randomUUID()));
    }

    private String path(String rest) {
        return "/api/v1/channels/" + channel + "/links" + rest;
    }

    private static RequestSpecification caller() {
        return given().header("Authorization", "Bearer " + SandboxResource.BOOTSTRAP_KEY);
    }

    private ValidatableResponse links(String rest) {
        return caller().get(path(rest)).then().statusCode(200);
    }

    private ValidatableResponse put(String variantId, String itemId) {
        return caller().contentType("application/json").body(Map.of("itemId", itemId)).put(path("/" + variantId)).then();
    }

    private ValidatableResponse load(String file, String parameters) {
        return load(file, parameters, 200);
    }

    private ValidatableResponse load(String file, String parameters, int status) {
        return caller().contentType("text/csv; charset=UTF-8").body(file).post(path("/import" + parameters)).then()
                .statusCode(status);
    }

    private List<String> ids(String status) {
        return ids(links("?status=" + status).extract().jsonPath().getList("items"));
    }

    private List<String> found(String text) {
        return ids(caller().queryParam("q", text).get(path("")).then().statusCode(200).extract().jsonPath().getList("items"));
    }

    private static List<String> ids(List<Map<String, Map<String, Object>>> rows) {
        return rows.stream().map(row -> id(row.get("variant")) + "-" + id(row.get("item"))).toList();
    }

    private static String id(Map<String, Object> side) {
        return side == null ? "" : side.get("id").toString();
    }

    private static Variant variant(String id, String sku) {
        return new Variant(id, "p", "i" + id, "Title " + id, "ACTIVE", sku, null, new BigDecimal("9.90"), true, Map.of(), T0);
    }

    private static Item item(String id, String sku, String name) {
        return new Item(id, name, sku, null, 950L, PriceType.FIXED, null, false, new BigDecimal("4"), T0);
    }
}
