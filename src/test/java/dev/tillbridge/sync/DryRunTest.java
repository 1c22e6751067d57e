package dev.tillbridge.sync;

import static dev.tillbridge.sync.Installation.admin;
import static dev.tillbridge.sync.Installation.stockWrites;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;

import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.FastTill;
import dev.tillbridge.testing.SandboxResource;

/** What settings are said to do is what then happens, and saying it does nothing. */
@QuarkusTest
@TestProfile(FastTill.class)
@QuarkusTestResource(SandboxResource.class)
class DryRunTest {

    private static final String STOCK = "{\"inventorySync\":{\"enabled\":true,\"safetyStock\":3}}";

    @AfterEach
    void disconnect() {
        Installation.disconnectAll();
    }

    @Test
    void what_is_announced_of_stock_is_what_happens() {
        Installation shop = Installation.of("{\"seed\":9,\"variants\":300,\"untracked\":20,\"locations\":2}");
        Map<String, BigDecimal> before = Installation.till();

        JsonPath preview = preview(shop, STOCK);

        assertThat(preview.getInt("inventorySync.safetyStock")).isEqualTo(3);
        assertThat(preview.getList("warnings.code")).containsExactly("sales-look-like-recounts");
        assertThat(preview.getMap("preview.links")).as("the identifier stays").isNull();
        int announced = preview.getInt("preview.changes.find { it.kind == 'stock' }.count");
        List<Map<String, Object>> first = preview.getList("preview.changes.find { it.kind == 'stock' }.first");
        assertThat(first).hasSize(20);
        assertThat(preview.getInt("preview.skips.find { it.reason == 'untracked' }.count")).isEqualTo(20);

        // Nothing was written: not in the database, not to the till
        assertThat(admin().get(address(shop)).then().statusCode(200).extract().header("ETag")).isEqualTo("\"0\"");
        assertThat(admin().get("/api/v1/channels/" + shop.channel() + "/journal?subject=settings").jsonPath().getList("items"))
                .isEmpty();
        shop.run(true);
        assertThat(stockWrites()).isZero();
        assertThat(Installation.till()).isEqualTo(before);

        // And then it happens
        shop.settings("{\"enabled\":true,\"safetyStock\":3}");
        shop.run(false);
        Map<String, BigDecimal> changed = new HashMap<>(Installation.till());
        changed.entrySet().removeIf(row -> row.getValue() != null && before.get(row.getKey()) != null
                && row.getValue().compareTo(before.get(row.getKey())) == 0);
        changed.values().removeIf(Objects::isNull);
        assertThat(changed).hasSize(announced);
        first.forEach(row -> assertThat(changed.get((String) row.get("itemId"))).as("%s", row)
                .isEqualByComparingTo((String) row.get("to")));
    }

    @Test
    void what_is_announced_of_prices_is_what_happens() {
        Installation shop = Installation.of("{\"seed\":9,\"variants\":40,\"perUnit\":4,\"locations\":1}");
        String prices = "{\"priceSync\":{\"enabled\":true,\"rule\":{\"percent\":10,\"rounding\":\"TO_99\"}}}";

        JsonPath preview = preview(shop, prices);

        int announced = preview.getInt("preview.changes.find { it.kind == 'price' }.count");
        List<Map<String, Object>> first = preview.getList("preview.changes.find { it.kind == 'price' }.first");
        assertThat(announced).isPositive();
        assertThat(first).allSatisfy(row -> assertThat((String) row.get("to")).endsWith(".99"));
        assertThat(preview.getInt("preview.skips.find { it.reason == 'price-per-unit' }.count")).isEqualTo(4);
        assertThat(ControlApi.calls("bulk_items.put")).isZero();

        admin().header("If-Match", "\"0\"").body(prices).put(address(shop)).then().statusCode(200);
        shop.until(() -> prices(shop).values().stream().filter(price -> price.endsWith(".99")).count() >= announced);
        Map<String, String> byItem = prices(shop);
        first.forEach(row -> assertThat(byItem.get((String) row.get("itemId"))).as("%s", row).isEqualTo(row.get("to")));
    }

    @Test
    void what_is_announced_of_products_is_what_happens() {
        Installation shop = Installation.of("{\"seed\":9,\"variants\":5,\"locations\":1}");
        ControlApi.post("/shopify/products",
                "{\"title\":\"Teapot\",\"variants\":[{\"sku\":\"POT-1\",\"price\":\"24.00\",\"available\":3}]}");
        ControlApi.post("/shopify/products",
                "{\"title\":\"Nothing\",\"status\":\"DRAFT\",\"variants\":[{\"sku\":\"N-1\",\"price\":\"1.00\"}]}");
        shop.until(() -> shop.links("unlinked").stream().map(row -> ((Map<?, ?>) row.get("variant")).get("sku"))
                .anyMatch("POT-1"::equals));
        int before = Installation.till().size();
        String on = "{\"productSync\":{\"enabled\":true}}";

        JsonPath preview = preview(shop, on);

        assertThat(preview.getInt("preview.changes.find { it.kind == 'create' }.count")).isEqualTo(1);
        assertThat(preview.getString("preview.changes.find { it.kind == 'create' }.first[0].name")).contains("Teapot");
        assertThat(preview.getString("preview.changes.find { it.kind == 'create' }.first[0].to")).isEqualTo("24.00");
        assertThat(Installation.till()).hasSize(before);

        shop.put(on).statusCode(200);
        shop.until(() -> Installation.till().size() == before + 1);
    }

    @Test
    void sales_of_the_past_are_counted_before_they_become_orders() {
        Installation shop = Installation.of("{\"seed\":9,\"variants\":5,\"locations\":1}");
        Instant hour = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        for (int minutes : List.of(90, 40, 20)) {
            Installation.sells("{\"lines\":[{\"sku\":\"TB-000001\",\"units\":1}],\"createdTime\":\"%s\"}"
                    .formatted(Instant.now().minus(Duration.ofMinutes(minutes))));
        }
        String from = "{\"orderSync\":{\"enabled\":true,\"importFrom\":\"" + hour + "\"},\"shipmentSync\":{\"enabled\":true}}";

        JsonPath preview = preview(shop, from);

        assertThat(preview.getInt("preview.sales.count")).isEqualTo(2);
        assertThat(preview.getBoolean("preview.sales.more")).isFalse();
        assertThat(preview.getInt("preview.ordersFollowed")).isZero();
        assertThat(Installation.shopOrders()).isEmpty();
        assertThat(preview(shop, STOCK).getMap("preview.sales")).as("orders stay off").isNull();
    }

    @Test
    void another_identifier_tells_which_links_it_would_make() {
        Installation shop = Installation.of("{\"seed\":9,\"variants\":50,\"missingIdentifiers\":10,\"locations\":1}");
        int linked = shop.links("linked").size();

        JsonPath preview = preview(shop, "{\"uniqueIdentifier\":\"BARCODE_TO_SKU\"}");

        assertThat(preview.getInt("preview.links.drifted")).as("barcodes are no SKUs").isEqualTo(linked);
        assertThat(preview.getInt("preview.links.made")).isZero();
        assertThat(shop.links("drifted")).as("nothing was written").isEmpty();
        assertThat(shop.links("linked")).hasSize(linked);
    }

    @Test
    void wrong_settings_are_refused_as_when_they_are_saved() {
        Installation shop = Installation.of("{\"seed\":9,\"variants\":5,\"locations\":1}");
        admin().header("If-Match", "\"0\"").queryParam("dryRun", true)
                .body("{\"inventorySync\":{\"enabled\":true,\"safetyStock\":-1}}").put(address(shop)).then().statusCode(422);
        admin().header("If-Match", "\"7\"").queryParam("dryRun", true).body(STOCK).put(address(shop)).then().statusCode(412);
    }

    /** Of linked items, by id. */
    private static Map<String, String> prices(Installation shop) {
        Map<String, String> prices = new HashMap<>();
        shop.links("linked").forEach(row -> prices.put((String) ((Map<?, ?>) row.get("item")).get("id"),
                String.valueOf(((Map<?, ?>) row.get("channelPrice")).get("amount"))));
        return prices;
    }

    private static JsonPath preview(Installation shop, String settings) {
        return admin().header("If-Match", "\"0\"").queryParam("dryRun", true).body(settings).put(address(shop)).then()
                .statusCode(200).extract().jsonPath();
    }

    private static String address(Installation shop) {
        return "/api/v1/channels/" + shop.channel() + "/settings";
    }
}
