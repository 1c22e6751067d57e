package dev.tillbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.arc.Arc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;

import dev.tillbridge.platform.PlainDatabase;
import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.FastSales;
import dev.tillbridge.testing.SandboxResource;

/** Money given back at the till: what becomes of the store's order and of the stock. */
@QuarkusTest
@TestProfile(FastSales.class)
@QuarkusTestResource(SandboxResource.class)
class OrderRefundsTest {

    private static final String SMALL = "{\"seed\":7,\"variants\":20,\"locations\":1}";
    private static final String MUG = "TB-000001";
    private static final String THREE = "{\"lines\":[{\"sku\":\"TB-000001\",\"units\":3,\"price\":1000}]}";

    @AfterEach
    void disconnect() {
        Installation.disconnectAll();
        ControlApi.delete("/faults");
        ControlApi.put("/behaviour", "{\"refundTouchesOrder\":\"no\"}");
    }

    @ParameterizedTest(name = "restock {0}, refund of {1}: {2} units back")
    @CsvSource(delimiter = '|', textBlock = """
            LINES | one line | 1 | 10.00
            LINES | all      | 0 | 30.00
            LINES | amount   | 0 | 5.00
            NONE  | one line | 0 | 10.00
            ALL   | one line | 1 | 10.00
            ALL   | all      | 3 | 30.00
            ALL   | amount   | 0 | 5.00
            """)
    void a_refund_is_written_once_and_stock_goes_back_by_the_setting(String restock, String what, int back, String refunded) {
        Installation shop = withStock("{\"enabled\":true,\"refundRestock\":\"" + restock + "\"}");
        JsonNode sold = ControlApi.send("POST", "/clover/sales", THREE);
        String sale = sold.path("orderId").asText();
        shop.until(() -> imported(shop, sale) && stock() == 47);

        ControlApi.post("/clover/refunds", switch (what) {
            case "one line" -> "{\"orderId\":\"" + sale + "\",\"lineIds\":[\"" + sold.path("lineIds").get(0).asText() + "\"]}";
            case "amount" -> "{\"orderId\":\"" + sale + "\",\"amount\":500}";
            default -> "{\"orderId\":\"" + sale + "\",\"amount\":3000}";
        });

        shop.until(() -> refunded.equals(Installation.shopOrders(sale).get(0).get("refunded")));
        shop.until(() -> stock() == 47 + back);
        shop.run(false);
        assertThat(stock()).isEqualTo(47 + back);
        assertThat(Installation.shopOrders(sale)).singleElement()
                .satisfies(order -> assertThat(order.get("refunded")).isEqualTo(refunded));
        assertThat(shop.order(sale).getList("problems")).isEmpty();
        assertThat(shop.order(sale).getList("refunds.status")).containsExactly("DONE");
    }

    @Test
    void a_sale_refunded_before_its_import_is_imported_and_refunded() {
        Installation shop = withStock("{}");
        JsonNode sold = ControlApi.send("POST", "/clover/sales", THREE);
        String sale = sold.path("orderId").asText();
        ControlApi.post("/clover/refunds",
                "{\"orderId\":\"" + sale + "\",\"lineIds\":[\"" + sold.path("lineIds").get(0).asText() + "\"]}");
        shop.settings("{\"enabled\":true}", "{\"enabled\":true,\"importFrom\":\"" + Instant.now().minusSeconds(600)
                + "\",\"adjustStockFrom\":\"" + Instant.now().minusSeconds(600) + "\"}");

        shop.until(() -> imported(shop, sale));
        shop.until(() -> "10.00".equals(Installation.shopOrders(sale).get(0).get("refunded")));
        shop.until(() -> stock() == 48);
        assertThat(Installation.shopOrders(sale).get(0).get("total")).isEqualTo("30.00");
    }

    @Test
    void a_voided_sale_is_cancelled_in_the_store_and_its_stock_goes_back() {
        Installation shop = withStock("{\"enabled\":true}");
        String sale = Installation.sells(THREE);
        shop.until(() -> imported(shop, sale) && stock() == 47);

        ControlApi.post("/clover/voids", "{\"orderId\":\"" + sale + "\"}");
        shop.until(() -> Boolean.TRUE.equals(Installation.shopOrders(sale).get(0).get("cancelled")));
        shop.until(() -> stock() == 50);
        shop.until(() -> "RETURNED".equals(shop.order(sale).getString("stock")));
        shop.until(() -> shop.order(sale).getBoolean("storeOrder.cancelled"));

        // Paid after all: another order, and the stock goes off again
        ControlApi.post("/clover/payments", "{\"orderId\":\"" + sale + "\"}");
        shop.until(() -> Installation.shopOrders(sale + "-2").size() == 1 && stock() == 47);
        assertThat(Installation.shopOrders().stream().filter(order -> Boolean.FALSE.equals(order.get("cancelled")))).hasSize(1);
    }

    @Test
    void a_sale_deleted_before_import_is_skipped_and_after_it_cancelled() {
        Installation shop = withStock("{\"enabled\":true}");
        String open = Installation.sells("{\"lines\":[{\"sku\":\"TB-000001\",\"units\":1}],\"paid\":false}");
        shop.until(() -> "WAITING".equals(shop.orderStatus(open)));
        ControlApi.post("/clover/voids", "{\"orderId\":\"" + open + "\",\"delete\":true}");
        shop.until(() -> "SKIPPED".equals(shop.orderStatus(open)));
        assertThat(shop.order(open).getString("reason.code")).isIn("deleted", "voided");

        String sale = Installation.sells(THREE);
        shop.until(() -> imported(shop, sale) && stock() == 47);
        ControlApi.post("/clover/voids", "{\"orderId\":\"" + sale + "\",\"delete\":true}");
        shop.until(() -> Boolean.TRUE.equals(Installation.shopOrders(sale).get(0).get("cancelled")));
        shop.until(() -> stock() == 50);
    }

    @Test
    void a_tip_given_back_leaves_an_order_without_tips_alone() {
        Installation shop = withStock("{\"enabled\":true}");
        JsonNode sold = ControlApi.send("POST", "/clover/sales",
                "{\"lines\":[{\"sku\":\"TB-000001\",\"units\":1,\"price\":1000}],\"tip\":200}");
        String sale = sold.path("orderId").asText();
        shop.until(() -> imported(shop, sale));
        ControlApi.post("/clover/refunds", "{\"orderId\":\"" + sale + "\",\"amount\":1000,\"tip\":200}");
        shop.until(() -> "10.00".equals(Installation.shopOrders(sale).get(0).get("refunded")));
        assertThat(shop.order(sale).getList("problems")).isEmpty();
    }

    @Test
    void a_credit_that_names_an_order_is_a_refund_and_one_without_is_held() {
        Installation shop = withStock("{\"enabled\":true}");
        String sale = Installation.sells(THREE);
        shop.until(() -> imported(shop, sale));
        ControlApi.post("/clover/credits", "{\"orderId\":\"" + sale + "\",\"amount\":400}");
        shop.until(() -> "4.00".equals(Installation.shopOrders(sale).get(0).get("refunded")));

        ControlApi.post("/clover/credits", "{\"amount\":700}");
        shop.until(() -> held(shop).size() == 1);
        Map<String, Object> credit = held(shop).get(0);
        assertThat(credit.get("kind")).isEqualTo("CREDIT");
        assertThat(((Map<?, ?>) credit.get("reason")).get("code")).isEqualTo("refund-without-order");
        assertThat(((Map<?, ?>) credit.get("posTotal")).get("amount")).isEqualTo("7.00");
    }

    @Test
    void a_full_run_looks_back_at_money_given_back_too() {
        Installation shop = withStock("{\"enabled\":true}");
        ControlApi.post("/clover/credits", "{\"amount\":700}");
        shop.until(() -> held(shop).size() == 1);
        // As if it had not been told of, and the cursor were past it; paused, for a turn under way would set the cursor back
        Installation.admin().post("/api/v1/channels/" + shop.channel() + "/pause").then().statusCode(200);
        var database = PlainDatabase.over(Arc.container().instance(Pool.class).get());
        shop.until(() -> database.count("select count(*) from store_lease where owner is not null") == 0);
        database.run("update stream_state set position = now() + interval '1 day' where stream = 'sales'");
        database.run("delete from sale_mention where kind = 'CREDIT'");
        database.run("delete from sale where kind = 'CREDIT'");
        Installation.admin().post("/api/v1/channels/" + shop.channel() + "/resume").then().statusCode(200);
        shop.run(false);
        assertThat(held(shop)).isEmpty();

        Installation.admin().body("{\"streams\":[\"orders\"],\"full\":true}")
                .post("/api/v1/channels/" + shop.channel() + "/runs").then().statusCode(202);
        shop.until(() -> held(shop).size() == 1);
    }

    @Test
    void a_refund_of_an_order_that_the_store_no_longer_shows_is_held_with_that_reason() {
        Installation shop = withStock("{\"enabled\":true}");
        String sale = Installation.sells(THREE);
        shop.until(() -> imported(shop, sale));
        // A token as a merchant makes it: without the scope that shows orders of any age
        ControlApi.post("/shopify/tokens", "{\"token\":\"shpat_sixty_days\",\"scopes\":[\"read_products\",\"write_inventory\","
                + "\"read_locations\",\"write_orders\",\"read_fulfillments\",\"write_merchant_managed_fulfillment_orders\"]}");
        String store = Installation.admin().get("/api/v1/stores").jsonPath().getString("items[0].id");
        Installation.admin().body("{\"accessToken\":\"shpat_sixty_days\"}").put("/api/v1/stores/" + store + "/credentials")
                .then()
                .statusCode(200);
        String id = shop.order(sale).getString("storeOrder.id");
        ControlApi.post("/shopify/orders/" + id,
                "{\"createdAt\":\"" + Instant.now().minus(Duration.ofDays(70)) + "\"}");
        ControlApi.post("/clover/refunds", "{\"orderId\":\"" + sale + "\",\"amount\":500}");

        shop.until(() -> !shop.order(sale).getList("problems").isEmpty());
        assertThat(shop.order(sale).getString("problems[0].code")).isEqualTo("refund-order-not-visible");
        assertThat(shop.order(sale).getString("problems[0].text")).contains("60 days");
        assertThat(shop.orderStatus(sale)).isEqualTo("IMPORTED");
    }

    private static List<Map<String, Object>> held(Installation shop) {
        return Installation.admin().get("/api/v1/channels/" + shop.channel() + "/orders?status=HELD").jsonPath()
                .getList("items");
    }

    private static Installation withStock(String orderSync) {
        Installation shop = Installation.of(SMALL);
        shop.settings("{\"enabled\":true}", orderSync);
        Installation.shopHas(MUG, 50);
        shop.until(() -> Installation.tillOf(MUG).intValue() == 50);
        return shop;
    }

    private static boolean imported(Installation shop, String sale) {
        return "IMPORTED".equals(shop.orderStatus(sale));
    }

    private static int stock() {
        return Installation.shop().get(MUG).intValue();
    }
}
