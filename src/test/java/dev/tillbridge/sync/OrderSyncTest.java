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
}
