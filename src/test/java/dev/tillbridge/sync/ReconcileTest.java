package dev.tillbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkus.arc.Arc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.vertx.mutiny.sqlclient.Pool;

import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.FastReconciling;
import dev.tillbridge.testing.SandboxResource;

/** Differences of each class are planted past the service; each is found, classed, mended, and not found again. */
@QuarkusTest
@TestProfile(FastReconciling.class)
@QuarkusTestResource(SandboxResource.class)
class ReconcileTest {

    private static final String SMALL = "{\"seed\":7,\"variants\":20,\"locations\":1}";
    private static final String ACCEPTED = "{\"duplicateIdMetafield\":\"accepted\"}";

    private Installation shop;
    private String store;
    private final PlainDatabase database = PlainDatabase.over(Arc.container().instance(Pool.class).get());

    @AfterEach
    void disconnect() {
        Installation.disconnectAll();
        ControlApi.put("/shopify/settings", "{\"searchLagMs\":2000}");
    }

    @Test
    void each_planted_difference_is_found_classed_and_mended() {
        // Given
        begin();
        String gone = sale("TB-000001");
        String deleted = sale("TB-000002");
        String doubled = sale("TB-000003");
        String held = Installation.sells("{\"lines\":[{\"sku\":\"TB-000004\",\"units\":1}],\"total\":1}");
        shop.until(() -> "HELD".equals(shop.orderStatus(held)));
        shop.until(
                () -> database.count("select count(*) from sale where swept_at is null and store_order_id is not null") == 0);
        settle();
        assertThat(reconcile().getMap("differences")).as("only what is held before anything is planted")
                .isEqualTo(Map.of("OUR_FAILURE", 1));

        // When: what lists should have told, what others wrote, what failed here
        String level = database
                .texts("""
                update level set available = available + 5 where inventory_item_id =
                  (select inventory_item_id from variant where sku = 'TB-000005') and available is not null returning inventory_item_id""")
                .get(0);
        String variant = database.texts("update variant set price = price + 1 where sku = 'TB-000006' returning id").get(0);
        String late = Installation.sells("{\"lines\":[{\"sku\":\"TB-000007\",\"units\":2}],\"createdTime\":\""
                + Instant.now().minus(Duration.ofDays(8)) + "\"}");
        ControlApi.post("/shopify/orders/" + orderOf(deleted), "{\"delete\":true}");
        Installation.makesOrder(doubled);
        RestAssured.given().header("Authorization", "Bearer " + SandboxResource.CLOVER_TOKEN)
                .delete(SandboxResource.sandbox().cloverUrl() + "/v3/merchants/" + SandboxResource.MERCHANT + "/orders/" + gone)
                .then()
                .statusCode(200);
        String strange = markedOrder("9ZZZZZZZZZZZZ");
        settle();
        Installation.countAtTheTill("TB-000008", 77);
        JsonPath report = reconcile();

        // Then
        assertThat(rows(report)).contains("MISSED_CHANGE LEVEL level:" + level + "@" + location() + " STORED",
                "MISSED_CHANGE VARIANT variant:" + variant + " STORED", "MISSED_CHANGE SALE order:" + late + " STORED",
                "MISSED_CHANGE SALE order:" + gone + " STORED",
                "FOREIGN_WRITE ORDER order:" + deleted + " PERSON", "OUR_FAILURE ORDER order:" + doubled + " UNDER_WAY",
                "FOREIGN_WRITE ORDER store-order:" + strange + " PERSON", "OUR_FAILURE SALE order:" + held + " PERSON");
        assertThat(rows(report).stream().filter(row -> row.contains("TILL_STOCK"))).singleElement()
                .satisfies(row -> assertThat(row).startsWith("FOREIGN_WRITE").endsWith("UNDER_WAY"));
        assertThat(rows(report)).as("nothing that is not planted").hasSize(9);
        assertThat(report.getString("counts.find { it.kind == 'LEVEL' }.units")).isEqualTo("5");
        assertThat(report.getInt("counts.find { it.kind == 'LEVEL' }.differences")).isEqualTo(1);
        assertThat(report.getList("days.difference.amount")).as("each day's difference is told of").isEqualTo(
                report.getList("days.told.amount"));
        assertMended(late, doubled);
        shop.until(() -> Boolean.TRUE.equals(Installation.shopOrders(gone).get(0).get("cancelled")));
        assertThat(shop.journalOf("order:" + late).getList("items.kind")).contains("reconciled");

        // When: people do what is theirs
        dismiss(deleted);
        dismiss(held);
        ControlApi.post("/shopify/orders/" + strange, "{\"cancel\":true}");
        settle();

        // Then
        JsonPath second = reconcile();
        assertThat(rows(second)).isEmpty();
        assertThat(second.getInt("forAPerson")).isZero();
        assertThat(list().getList("items.status")).containsOnly("SUCCEEDED").hasSize(3);

        // When: the last one lies before the hour of the night
        database.run("delete from reconciliation");
        database.run("update store set created_at = now() - interval '2 days'");

        // Then
        shop.until(() -> list().getList("items.status").contains("SUCCEEDED"));
        assertThat(list().getList("items.trigger")).containsExactly("NIGHTLY");
    }

    @Test
    void what_was_never_written_a_missed_tip_a_double_of_hours_later_and_money_given_back_are_found_and_mended() {
        // Given
        begin();
        String tipped = Installation.sells("{\"lines\":[{\"sku\":\"TB-000001\",\"units\":1}],\"tip\":50}");
        shop.until(() -> "IMPORTED".equals(shop.orderStatus(tipped)));
        String doubled = sale("TB-000003");
        shop.until(
                () -> database.count("select count(*) from sale where swept_at is null and store_order_id is not null") == 0);
        settle();

        // When
        database.run("update sale set document = jsonb_set(document, '{payments,0,tip}', '0') where pos_order_id = $1", tipped);
        database.run("update sale set asked_at = now() - interval '5 hours', imported_at = now() - interval '5 hours'"
                + " where pos_order_id = $1", doubled);
        Installation.makesOrder(doubled);
        String item = database.texts("select id from item where sku = 'TB-000002'").get(0);
        database.run("update till_stock set retry_at = now() + interval '1 hour' where item_id = $1", item);
        Installation.shopHas("TB-000002", 33);
        ControlApi.post("/clover/credits", "{\"merchantId\":\"" + SandboxResource.MERCHANT + "\",\"amount\":700}");
        shop.until(() -> database.count("select count(*) from sale where kind = 'CREDIT' and status = 'HELD'") == 1);
        String credit = database.texts("select pos_order_id from sale where kind = 'CREDIT'").get(0);
        shop.until(() -> database.count("select count(*) from level where available = 33") == 1);
        settle();
        JsonPath report = reconcile();

        // Then
        assertThat(rows(report)).containsExactlyInAnyOrder("MISSED_CHANGE SALE order:" + tipped + " STORED",
                "OUR_FAILURE ORDER order:" + doubled + " UNDER_WAY", "OUR_FAILURE TILL_STOCK stock:" + item + " UNDER_WAY",
                "OUR_FAILURE SALE order:" + credit + " PERSON");
        assertThat(report.getString("counts.find { it.kind == 'TILL_STOCK' }.units")).isEqualTo("7");
        assertThat(report.getList("days.difference.amount")).as("each day's difference is told of").isEqualTo(
                report.getList("days.told.amount"));
        assertThat(new BigDecimal(report.getString("days[0].tillRefunded.amount"))).isEqualByComparingTo("7.00");
        shop.until(() -> database.texts("select document #>> '{payments,0,tip}' from sale where pos_order_id = $1", tipped)
                .contains("50"));
        shop.until(() -> Installation.shopOrders(doubled).stream().filter(order -> Boolean.FALSE.equals(order.get("cancelled")))
                .count() == 1);

        // When
        database.run("update till_stock set retry_at = null where item_id = $1", item);
        shop.until(() -> Installation.tillOf("TB-000002").intValue() == 33);
        dismiss(credit);
        settle();

        // Then
        assertThat(rows(reconcile())).isEmpty();
    }

    private void assertMended(String late, String doubled) {
        shop.until(() -> "IMPORTED".equals(shop.orderStatus(late)));
        assertThat(Installation.shopOrders(late)).hasSize(1);
        shop.until(() -> Installation.shopOrders(doubled).stream().filter(order -> Boolean.FALSE.equals(order.get("cancelled")))
                .count() == 1);
        Map<String, BigDecimal> shelf = Installation.shop();
        for (String sku : List.of("TB-000005", "TB-000008")) {
            shop.until(() -> Installation.tillOf(sku).compareTo(shelf.get(sku).max(BigDecimal.ZERO)) == 0);
        }
    }

    private void begin() {
        shop = Installation.of(SMALL);
        ControlApi.put("/behaviour", ACCEPTED);
        // Cursors follow by a second: what the index would show later than that is another test's matter.
        ControlApi.put("/shopify/settings", "{\"searchLagMs\":0}");
        shop.settings("{\"enabled\":true,\"onRecount\":\"OVERWRITE\"}",
                "{\"enabled\":true,\"importFrom\":\"" + Instant.now().minus(Duration.ofDays(20)) + "\"}");
        for (int i = 1; i <= 8; i++) {
            Installation.shopHas("TB-00000" + i, 40);
        }
        shop.until(
                () -> Installation.tillOf("TB-000008").intValue() == 40 && Installation.tillOf("TB-000001").intValue() == 40);
        store = Installation.admin().get("/api/v1/channels/" + shop.channel()).then().extract().path("storeId");
    }

    private String sale(String sku) {
        String sale = Installation.sells("{\"lines\":[{\"sku\":\"" + sku + "\",\"units\":1}]}");
        shop.until(() -> "IMPORTED".equals(shop.orderStatus(sale)) && "POSTED".equals(shop.order(sale).getString("stock")));
        return sale;
    }

    /** Until what was changed so far lies before the cursors of all streams, and is settled. */
    private void settle() {
        Instant now = Instant.now().plusSeconds(2);
        shop.until(() -> database.count(
                "select count(*) from stream_state where stream in ('storefront', 'items', 'sales') and position < $1",
                now.atOffset(java.time.ZoneOffset.UTC)) == 0);
    }

    private JsonPath reconcile() {
        String path = "/api/v1/stores/" + store + "/reconciliations";
        String id = Installation.admin().post(path).then().statusCode(202).extract().path("id");
        Installation.admin().post(path).then().statusCode(409).body("code", equalTo("reconciliation-under-way"));
        shop.until(() -> one(path + "/" + id).getString("finishedAt") != null);
        JsonPath report = one(path + "/" + id);
        assertThat(report.getString("status")).as(report.prettify()).isEqualTo("SUCCEEDED");
        return report;
    }

    private static JsonPath one(String path) {
        return Installation.admin().get(path).then().statusCode(200).extract().jsonPath();
    }

    private JsonPath list() {
        return one("/api/v1/stores/" + store + "/reconciliations");
    }

    private static Set<String> rows(JsonPath report) {
        return report.<Map<String, Object>>getList("rows").stream().map(row -> row.get("type") + " " + row.get("kind") + " "
                + row.get("subject") + " " + row.get("repair")).collect(Collectors.toSet());
    }

    private void dismiss(String sale) {
        Installation.admin().body("{\"reason\":\"Seen\",\"stock\":\"KEEP\"}")
                .post("/api/v1/channels/" + shop.channel() + "/orders/" + sale + "/dismiss").then().statusCode(200);
    }

    private String location() {
        return database.texts("select id from location where is_primary").get(0);
    }

    private String orderOf(String sale) {
        return database.texts("select store_order_id from sale where pos_order_id = $1", sale).get(0);
    }

    /** Makes an order in the shop that bears Tillbridge's mark, past the service; answers its id. */
    private static String markedOrder(String identity) {
        String query = """
                {"query":"mutation OrderCreate($order: OrderCreateOrderInput!) { orderCreate(order: $order) { order { id } userErrors { message } } }",
                 "variables":{"order":{"sourceIdentifier":"%s","currency":"USD","financialStatus":"PAID",
                  "metafields":[{"namespace":"tillbridge","key":"clover_order_id","type":"id","value":"%s"}],
                  "lineItems":[{"title":"Mug","quantity":1,"priceSet":{"shopMoney":{"amount":"1.00","currencyCode":"USD"}}}]}}}"""
                .formatted(identity, identity);
        String gid = RestAssured.given().contentType(ContentType.JSON).header("X-Shopify-Access-Token", "shpat_demo")
                .body(query)
                .post(SandboxResource.sandbox().shopifyUrl() + "/admin/api/2026-10/graphql.json").then().statusCode(200)
                .body("data.orderCreate.userErrors.size()", equalTo(0)).extract().path("data.orderCreate.order.id");
        return gid.substring(gid.lastIndexOf('/') + 1);
    }
}
