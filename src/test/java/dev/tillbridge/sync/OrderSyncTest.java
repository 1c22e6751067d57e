package dev.tillbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;

import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.FastSales;
import dev.tillbridge.testing.SandboxResource;

/** A till sale's way to the store, from the till to the order, as an operator sees it. */
@QuarkusTest
@TestProfile(FastSales.class)
@QuarkusTestResource(SandboxResource.class)
class OrderSyncTest {

    private static final String SMALL = "{\"seed\":7,\"variants\":20,\"locations\":1}";

    @AfterEach
    void disconnect() {
        Installation.disconnectAll();
        ControlApi.delete("/faults");
    }

    @Test
    void a_paid_sale_becomes_one_order_and_leaves_the_stock() {
        // Given
        Installation shop = Installation.of(SMALL);
        shop.settings("{\"enabled\":true}", "{\"enabled\":true}");
        Installation.shopHas("TB-000001", 50);
        shop.until(() -> Installation.tillOf("TB-000001").intValue() == 50);

        // When
        String sale = Installation
                .sells("{\"lines\":[{\"sku\":\"TB-000001\",\"units\":2},{\"name\":\"Gift wrap\",\"units\":1,\"price\":150}]}");
        shop.until(() -> "IMPORTED".equals(shop.orderStatus(sale)) && "POSTED".equals(shop.order(sale).getString("stock")));

        // Then
        List<Map<String, Object>> orders = Installation.shopOrders(sale);
        assertThat(orders).hasSize(1);
        JsonPath shown = shop.order(sale);
        assertThat(shown.getString("posTotal.amount")).isEqualTo(shown.getString("storeTotal.amount"));
        assertThat(shown.getList("history.kind")).contains("sale-read", "order-asked", "order-created", "stock-posted");
        assertThat(Installation.shop().get("TB-000001")).isEqualByComparingTo("48");
        shop.until(() -> Installation.tillOf("TB-000001").intValue() == 48);
        assertThat(shop.recounts().getList("items")).isEmpty();
    }

    @Test
    void a_double_in_the_store_is_found_the_younger_order_cancelled_and_told() {
        // Given: an order of the sale is there that nobody here knows of, and the store takes a second one
        ControlApi.put("/behaviour", "{\"duplicateIdMetafield\":\"accepted\"}");
        Installation shop = Installation.of(SMALL);
        ControlApi.put("/behaviour", "{\"duplicateIdMetafield\":\"accepted\"}");
        shop.settings("{}", "{\"enabled\":true}");
        String sale = Installation.sells("{\"lines\":[{\"sku\":\"TB-000001\",\"units\":1}],\"paid\":false}");
        shop.until(() -> "WAITING".equals(shop.orderStatus(sale)));
        Installation.makesOrder(sale);

        // When
        ControlApi.post("/clover/payments", "{\"orderId\":\"" + sale + "\"}");

        // Then
        shop.until(() -> Installation.shopOrders(sale).stream().anyMatch(order -> Boolean.TRUE.equals(order.get("cancelled"))));
        List<Map<String, Object>> orders = Installation.shopOrders(sale);
        assertThat(orders).hasSize(2);
        assertThat(orders.stream().filter(order -> Boolean.FALSE.equals(order.get("cancelled")))).singleElement()
                .satisfies(kept -> assertThat(kept.get("name")).isEqualTo("THE-OLDER"));
        shop.until(() -> "THE-OLDER".equals(shop.order(sale).getString("storeOrder.name")));
        assertThat(shop.order(sale).getList("history.kind")).contains("double-cancelled");
        assertThat(shop.order(sale).getList("storeOrder.former")).hasSize(1);
    }

    @Test
    void a_lost_answer_is_looked_for_and_never_asked_again() {
        Installation shop = Installation.of(SMALL);
        shop.settings("{}", "{\"enabled\":true}");
        ControlApi.post("/faults", """
                {"side":"shopify","operation":"OrderCreate","kind":"RESET_AFTER","nth":1,"times":1}""");
        String sale = Installation.sells("{\"lines\":[{\"sku\":\"TB-000001\",\"units\":1}]}");

        shop.until(() -> "CREATING".equals(shop.orderStatus(sale)));
        Installation.admin().post("/api/v1/channels/" + shop.channel() + "/orders/" + sale + "/replay").then().statusCode(409);
        shop.until(() -> "IMPORTED".equals(shop.orderStatus(sale)));

        assertThat(Installation.shopOrders(sale)).hasSize(1);
        assertThat(shop.order(sale).getList("history.kind")).contains("order-unknown", "order-found");
    }
}
