package dev.tillbridge.sync;

import static dev.tillbridge.sync.Installation.countAtTheTill;
import static dev.tillbridge.sync.Installation.shopHas;
import static dev.tillbridge.sync.Installation.stockWrites;
import static dev.tillbridge.sync.Installation.tillOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;

import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.FastTill;
import dev.tillbridge.testing.SandboxResource;

/** The main job against the sandbox, from connecting to the quantity on the till. */
@QuarkusTest
@TestProfile(FastTill.class)
@QuarkusTestResource(SandboxResource.class)
class StockSyncTest {

    private static final String SMALL = "{\"seed\":7,\"variants\":20,\"locations\":1}";

    @AfterEach
    void disconnect() {
        Installation.disconnectAll();
        ControlApi.delete("/faults");
    }

    @Test
    void a_mixed_catalogue_is_matched_exactly_and_brought_in_step_with_only_the_writes_it_needs() {
        // Given
        Installation shop = Installation
                .of("""
                {"seed":42,"variants":5000,"duplicates":200,"missingIdentifiers":300,"untracked":100,"perUnit":50,"locations":2}""");

        // Then: the links are exact, and nothing was written yet
        JsonPath counts = Installation.admin().get("/api/v1/channels/" + shop.channel() + "/links/counts").jsonPath();
        assertThat(counts.getInt("linked")).isEqualTo(4500);
        assertThat(counts.getInt("ambiguous")).isEqualTo(200);
        assertThat(counts.getInt("unlinked")).isEqualTo(300);
        assertThat(counts.getInt("drifted")).isZero();
        assertThat(stockWrites()).isZero();

        // When
        shop.settings("{\"enabled\":true,\"safetyStock\":3}");
        JsonPath run = shop.run(false);

        // Then: every linked quantity equals the rule
        assertThat(run.getString("status")).isEqualTo("SUCCEEDED");
        Map<String, BigDecimal> till = Installation.till();
        Map<String, BigDecimal> inShop = Installation.shop();
        List<Map<String, Object>> links = shop.links("linked");
        assertThat(links).hasSize(4500);
        int tracked = 0;
        for (Map<String, Object> link : links) {
            Map<?, ?> variant = (Map<?, ?>) link.get("variant");
            Map<?, ?> item = (Map<?, ?>) link.get("item");
            if (Boolean.TRUE.equals(variant.get("tracked"))) {
                tracked++;
                BigDecimal rule = inShop.get((String) variant.get("sku")).subtract(BigDecimal.valueOf(3)).max(BigDecimal.ZERO);
                assertThat(till.get((String) item.get("id"))).as("%s", link).isEqualByComparingTo(rule);
            } else {
                assertThat(link.get("target")).as("untracked: left alone").isNull();
            }
        }
        assertThat(tracked).isEqualTo(4400);

        // When: 50 levels change, then nothing does
        ControlApi.delete("/requests");
        links.stream().map(link -> (Map<?, ?>) link.get("variant"))
                .filter(variant -> Boolean.TRUE.equals(variant.get("tracked")))
                .limit(50).forEach(variant -> shopHas((String) variant.get("sku"), 7_000));
        shop.until(() -> stockWrites() == 50);
        shop.run(true);

        // Then
        assertThat(stockWrites()).isEqualTo(50);
        ControlApi.delete("/requests");
        shop.run(true);
        assertThat(stockWrites()).isZero();
    }

    @Test
    void a_recount_waits_for_a_person_and_meanwhile_only_falls_are_followed() {
        // Given
        Installation shop = Installation.of(SMALL);
        shop.settings("{\"enabled\":true,\"safetyStock\":0,\"onRecount\":\"REPORT\"}");
        String sku = (String) ((Map<?, ?>) shop.links("linked").get(0).get("variant")).get("sku");
        String item = (String) ((Map<?, ?>) shop.links("linked").get(0).get("item")).get("id");
        shopHas(sku, 50);
        shop.until(() -> tillOf(sku).intValue() == 50);

        // When: somebody counts 44 at the till
        countAtTheTill(sku, 44);
        shop.until(() -> shop.recounts().getList("items.status").contains("OPEN"));

        // Then
        assertThat(shop.recounts().getInt("items[0].expected")).isEqualTo(50);
        assertThat(shop.recounts().getInt("items[0].counted")).isEqualTo(44);
        assertThat(tillOf(sku)).isEqualByComparingTo("44");

        // When: the shop's stock falls, then rises
        shopHas(sku, 47);
        shop.until(() -> tillOf(sku).intValue() == 41);
        shopHas(sku, 90);
        shop.run(true);
        assertThat(tillOf(sku)).as("never raised before the recount is settled").isEqualByComparingTo("41");

        // When: a person decides
        Installation.admin().body("{\"resolution\":\"OVERWRITE\"}")
                .post("/api/v1/channels/" + shop.channel() + "/recounts/" + item)
                .then().statusCode(202);
        shop.until(() -> tillOf(sku).intValue() == 90);

        // Then
        shop.until(() -> "SETTLED".equals(shop.recounts().getString("items[0].status")));
        assertThat(shop.recounts().getString("items[0].resolution")).isEqualTo("OVERWRITE");
        assertThat(shop.journal(item).getList("items.kind")).contains("recount-opened", "recount-decided", "stock-written");
        Installation.admin().body("{\"resolution\":\"ADOPT\"}").post("/api/v1/channels/" + shop.channel() + "/recounts/" + item)
                .then().statusCode(409);
    }

    @Test
    void a_recount_is_overwritten_where_the_settings_say_so() {
        Installation shop = Installation.of(SMALL);
        shop.settings("{\"enabled\":true,\"onRecount\":\"OVERWRITE\"}");
        String sku = (String) ((Map<?, ?>) shop.links("linked").get(0).get("variant")).get("sku");
        shopHas(sku, 30);
        shop.until(() -> tillOf(sku).intValue() == 30);

        countAtTheTill(sku, 12);

        shop.until(() -> "SETTLED".equals(shop.recounts().getString("items[0].status")));
        shop.until(() -> tillOf(sku).intValue() == 30);
        assertThat(Installation.shop().get(sku)).isEqualByComparingTo("30");
    }

    @Test
    void an_adopted_recount_goes_to_the_shop_exactly_once_even_if_the_answer_is_lost() {
        Installation shop = Installation.of(SMALL);
        shop.settings("{\"enabled\":true,\"safetyStock\":2,\"onRecount\":\"ADOPT\"}");
        String sku = (String) ((Map<?, ?>) shop.links("linked").get(0).get("variant")).get("sku");
        shopHas(sku, 30);
        shop.until(() -> tillOf(sku).intValue() == 28);
        ControlApi.post("/faults", """
                {"side":"shopify","operation":"StockAdjust","kind":"RESET_AFTER","nth":1,"times":1}""");

        countAtTheTill(sku, 25);

        shop.until(() -> "SETTLED".equals(shop.recounts().getString("items[0].status")));
        assertThat(Installation.shop().get(sku)).isEqualByComparingTo("27");
        shop.run(true);
        assertThat(tillOf(sku)).isEqualByComparingTo("25");
        assertThat(Installation.shop().get(sku)).isEqualByComparingTo("27");
    }

    @Test
    void writes_whose_answers_are_lost_or_broken_arrive_all_the_same_and_cause_no_recount() {
        Installation shop = Installation.of("{\"seed\":9,\"variants\":60,\"locations\":1}");
        for (String kind : List.of("RESET_AFTER", "SERVER_ERROR_AFTER", "SERVER_ERROR_BEFORE", "TRUNCATED_JSON", "HTML")) {
            ControlApi.post("/faults", "{\"side\":\"clover\",\"operation\":\"item_stocks.post\",\"kind\":\"" + kind
                    + "\",\"probability\":0.08,\"times\":3}");
        }

        shop.settings("{\"enabled\":true,\"safetyStock\":1}");

        shop.until(() -> shop.links("linked").stream().allMatch(link -> number(link.get("target"))
                .equals(Installation.till().get((String) ((Map<?, ?>) link.get("item")).get("id")).longValue())));
        assertThat(shop.recounts().getList("items")).isEmpty();
    }

    @Test
    void a_token_that_is_revoked_stops_the_channel_and_a_new_one_resumes_it() {
        Installation shop = Installation.of(SMALL);
        shop.settings("{\"enabled\":true}");
        ControlApi.delete("/clover/tokens/" + SandboxResource.CLOVER_TOKEN);

        shop.until(() -> "UNAUTHORIZED".equals(channelStatus(shop)));

        String token = ControlApi.token(
                "\"CUSTOMERS_R\",\"CUSTOMERS_W\",\"EMPLOYEES_R\",\"INVENTORY_R\",\"INVENTORY_W\",\"MERCHANT_R\",\"ORDERS_R\",\"ORDERS_W\",\"PAYMENTS_R\"");
        Installation.admin().body(Map.of("token", token)).put("/api/v1/channels/" + shop.channel() + "/token").then()
                .statusCode(200);
        assertThat(channelStatus(shop)).isEqualTo("CONNECTED");
        String sku = (String) ((Map<?, ?>) shop.links("linked").get(0).get("variant")).get("sku");
        shopHas(sku, 77);
        shop.until(() -> tillOf(sku).intValue() == 77);
    }

    @Test
    void a_permission_that_is_gone_stops_its_stream_and_not_the_channel() {
        Installation shop = Installation.of(SMALL);
        String token = ControlApi
                .token("\"CUSTOMERS_R\",\"EMPLOYEES_R\",\"INVENTORY_R\",\"MERCHANT_R\",\"ORDERS_R\",\"PAYMENTS_R\"");
        Installation.admin().body(Map.of("token", token)).put("/api/v1/channels/" + shop.channel() + "/token").then()
                .statusCode(200);
        shop.settings("{\"enabled\":true,\"safetyStock\":5}");

        JsonPath run = shop.run(false);

        assertThat(run.getString("status")).isEqualTo("FAILED");
        assertThat(run.getString("error")).contains("Inventory: write");
        assertThat(channelStatus(shop)).isIn("CONNECTED", "PERMISSIONS_MISSING");
        assertThat(stockWrites()).isPositive();
    }

    private static String channelStatus(Installation shop) {
        return Installation.admin().get("/api/v1/channels/" + shop.channel()).jsonPath().getString("status");
    }

    private static Long number(Object json) {
        return ((Number) json).longValue();
    }
}
