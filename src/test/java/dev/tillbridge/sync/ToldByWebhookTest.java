package dev.tillbridge.sync;

import static dev.tillbridge.sync.Installation.admin;
import static dev.tillbridge.sync.Installation.shopHas;
import static dev.tillbridge.sync.Installation.tillOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

import dev.tillbridge.sandbox.shopify.ShopifySide;
import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.LongPolls;
import dev.tillbridge.testing.SandboxResource;
import dev.tillbridge.testing.ToldByWebhook;

/** The simulated vendors tell by webhooks of their own what happens; polls are far longer than the test. */
@QuarkusTest
@TestProfile(ToldByWebhook.class)
@QuarkusTestResource(SandboxResource.class)
class ToldByWebhookTest {

    @AfterEach
    void disconnect() {
        Installation.disconnectAll();
        ControlApi.post("/reset", "{}");
    }

    @Test
    void a_change_in_the_shop_is_on_the_till_and_a_sale_in_the_shop_without_a_poll() {
        // Given
        Installation shop = Installation.withSecret("{\"seed\":7,\"variants\":20,\"locations\":1}",
                ShopifySide.DEMO_CLIENT_SECRET, () -> ControlApi.put("/webhooks/settings", "{\"local\":true}"));
        ControlApi.put("/clover/webhooks", "{\"url\":\"" + ToldByWebhook.url() + "/webhooks/clover\",\"authCode\":\""
                + LongPolls.CLOVER_CODE + "\",\"verified\":true}");
        assertThat(admin().get("/api/v1/stores/" + shop.store()).jsonPath().getString("webhooks.status")).isEqualTo("ACTIVE");
        shop.settings("{\"enabled\":true}", "{\"enabled\":true}");
        String sku = (String) ((Map<?, ?>) shop.links("linked").get(0).get("variant")).get("sku");
        shop.until(() -> tillOf(sku).intValue() == Installation.shop().get(sku).intValue());

        // When, then
        for (int stock = 400; stock < 405; stock++) {
            int now = stock;
            shopHas(sku, stock);
            shop.until(() -> tillOf(sku).intValue() == now);
        }
        String order = Installation.sells("{\"lines\":[{\"sku\":\"" + sku + "\",\"units\":3}]}");
        shop.until(() -> "IMPORTED".equals(shop.orderStatus(order)));
        shop.until(() -> Installation.shop().get(sku).intValue() == 401);
        assertThat(Installation.shopOrders()).hasSize(1);
    }
}
