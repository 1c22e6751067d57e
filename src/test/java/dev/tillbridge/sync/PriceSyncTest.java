package dev.tillbridge.sync;

import static dev.tillbridge.sync.Installation.admin;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;

import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.FastTill;
import dev.tillbridge.testing.SandboxResource;

/** Prices against the sandbox, from the shop's change to the till. */
@QuarkusTest
@TestProfile(PriceSyncTest.PriceTill.class)
@QuarkusTestResource(SandboxResource.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PriceSyncTest {

    private static final String SMALL = "{\"seed\":7,\"variants\":20,\"locations\":1}";
    private static final String ON = "{\"priceSync\":{\"enabled\":true}}";

    /** The whole till is read seldom, so that an item deleted there stays known until its price is refused. */
    public static final class PriceTill implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = new HashMap<>(new FastTill().getConfigOverrides());
            config.put("tillbridge.sync.till-scan", "PT10M");
            config.put("tillbridge.price.first-retry", "PT1S");
            return config;
        }
    }

    @AfterEach
    void disconnect() {
        Installation.disconnectAll();
        ControlApi.delete("/faults");
    }

    @Test
    void a_price_changed_on_either_side_is_put_right_with_one_call_and_told() {
        Installation shop = Installation.of(SMALL);
        ControlApi.delete("/requests");
        shopCharges("TB-000003", "47.11");
        shop.put(ON).statusCode(200);
        shop.until(() -> "47.11".equals(till(shop, "TB-000003")));
        String item = item(shop, "TB-000003");
        JsonPath journal = shop.journalOf("price:" + item);
        assertThat(journal.getString("items[0].kind")).isEqualTo("price-written");
        assertThat(journal.getString("items[0].after")).isEqualTo("47.11");
        assertThat(journal.getString("items[0].cause")).isEqualTo("The store's price is 47.11");
        assertThat(priceWrites()).isEqualTo(1);
        assertThat(otherWrites()).isEmpty();

        ControlApi.post("/clover/items", "{\"sku\":\"TB-000003\",\"price\":5}");
        shop.until(() -> "0.05".equals(till(shop, "TB-000003")) || priceWrites() == 2);
        shop.until(() -> "47.11".equals(till(shop, "TB-000003")));

        ControlApi.delete("/requests");
        assertThat(shop.run("prices", true).getString("status")).isEqualTo("SUCCEEDED");
        assertThat(priceWrites()).isZero();
    }

    @Test
    void what_is_no_price_to_copy_is_left_alone_and_says_why() {
        Installation shop = Installation.of(SMALL);
        ControlApi.post("/clover/items", "{\"sku\":\"TB-000001\",\"priceType\":\"VARIABLE\"}");
        ControlApi.post("/clover/items", "{\"sku\":\"TB-000002\",\"priceType\":\"PER_UNIT\"}");
        ControlApi.post("/clover/items", "{\"sku\":\"TB-000003\",\"hidden\":true}");
        shop.until(() -> reason(shop, "TB-000003") != null && reason(shop, "TB-000001") != null);
        ControlApi.post("/shopify/prices", "{\"add\":\"1.00\"}");

        shop.put(ON).statusCode(200);
        JsonPath run = shop.run("prices", true);

        assertThat(run.getString("status")).isEqualTo("SUCCEEDED");
        assertThat(run.getInt("counts.'prices-left-price-variable'.done")).isEqualTo(1);
        assertThat(run.getInt("counts.'prices-left-price-per-unit'.done")).isEqualTo(1);
        assertThat(run.getInt("counts.'prices-left-item-hidden'.done")).isEqualTo(1);
        shop.links("linked").forEach(link -> {
            boolean left = List.of("TB-000001", "TB-000002", "TB-000003").contains(at(link, "variant.sku"));
            assertThat(at(link, "channelPrice.amount").equals(at(link, "storePrice.amount"))).as("%s", link).isEqualTo(!left);
            assertThat(at(link, "price.result") == null).isEqualTo(left);
        });
        assertThat(reason(shop, "TB-000001")).contains("VARIABLE");
        assertThat(reason(shop, "TB-000002")).contains("PER_UNIT");
        assertThat(reason(shop, "TB-000003")).contains("hidden");
        assertThat(priceOf("TB-000001")).as("not even touched").isNotEqualTo(priceInShop(shop, "TB-000001"));
    }

    @Test
    void a_rule_makes_the_price_and_is_shown_with_its_result() {
        Installation shop = Installation.of(SMALL);
        shopCharges("TB-000004", "7.90");
        shop.put("{\"priceSync\":{\"enabled\":true,\"rule\":{\"percent\":10,\"amount\":\"0.50\",\"rounding\":\"TO_99\"}}}")
                .statusCode(200);
        shop.until(() -> "8.99".equals(till(shop, "TB-000004")));
        Map<String, Object> link = link(shop, "TB-000004");
        assertThat(at(link, "price.rule")).isEqualTo("+10 %, +0.50, to .99");
        assertThat(at(link, "price.result.amount")).isEqualTo("8.99");
        assertThat(at(link, "storePrice.amount")).isEqualTo("7.90");
        assertThat(shop.journalOf("price:" + item(shop, "TB-000004")).getString("items[0].cause"))
                .isEqualTo("The store's price is 7.90; the rule: +10 %, +0.50, to .99");
    }

    @Test
    void a_row_that_the_till_refuses_is_found_alone_and_the_others_arrive() {
        Installation shop = Installation.of("{\"seed\":8,\"variants\":300,\"locations\":1}");
        ControlApi.delete("/requests");
        ControlApi.put("/behaviour", "{\"bulkRefusal\":\"partial\"}");
        String gone = item(shop, "TB-000050");
        ControlApi.post("/shopify/prices", "{\"add\":\"2.00\"}");
        ControlApi.post("/clover/items", "{\"sku\":\"TB-000050\",\"deleted\":true}");

        shop.put(ON).statusCode(200);
        shop.until(() -> shop.links("linked").stream().filter(PriceSyncTest::inStep).count() == 299);

        JsonPath runs = shop.runs();
        String failed = runs.getString("items.find { it.failures > 0 }.id");
        JsonPath run = shop.run(failed);
        assertThat(run.getString("failureRows[0].subject")).isEqualTo("price:" + gone);
        assertThat(run.getString("failureRows[0].code")).isEqualTo("not-found");
        assertThat(run.getString("status")).isEqualTo("WARNING");
        assertThat(reason(shop, "TB-000050")).startsWith("The till refused it").contains("invalid ID");
        assertThat(otherWrites()).isEmpty();
    }

    @Test
    void lost_answers_and_answers_that_tell_nothing_are_made_up_for_by_looking() {
        Installation shop = Installation.of("{\"seed\":9,\"variants\":400,\"locations\":1}");
        ControlApi.delete("/requests");
        ControlApi.put("/behaviour", "{\"bulkAnswer\":\"none\"}");
        ControlApi.fault("bulk_items.put", "RESET_AFTER", 1);
        ControlApi.post("/shopify/prices", "{\"add\":\"2.00\"}");
        shop.put(ON).statusCode(200);
        shop.until(() -> shop.links("linked").stream().allMatch(PriceSyncTest::inStep));

        ControlApi.fault("bulk_items.put", "RESET_BEFORE", 1);
        ControlApi.post("/shopify/prices", "{\"add\":\"2.00\"}");
        shop.until(() -> shop.links("linked").stream().allMatch(PriceSyncTest::inStep)
                && priceOf("TB-000000").equals(priceInShop(shop, "TB-000000")));
        assertThat(shop.journalOf("price:" + item(shop, "TB-000000")).getList("items.kind")).contains("price-written");
        assertThat(otherWrites()).isEmpty();
    }

    @Test
    void currencies_of_no_and_of_three_decimals_are_compared_by_value() {
        for (String[] each : new String[][]{ { "JPY", "1250", "1250", "1375"}, { "KWD", "1.250", "1250", "1.375"}}) {
            Installation shop = Installation.of(SMALL, () -> money(each[0], false, false));
            assertThat(shop.links("linked")).as("seeded alike").allMatch(PriceSyncTest::inStep);
            shopCharges("TB-000005", each[1]);
            shop.put(ON).statusCode(200);
            shop.until(() -> each[1].equals(till(shop, "TB-000005")));
            assertThat(priceOf("TB-000005")).isEqualTo(each[2]);
            ControlApi.delete("/requests");
            shop.run("prices", true);
            assertThat(priceWrites()).as("nothing differs by value").isZero();
            shop.put("{\"priceSync\":{\"enabled\":true,\"rule\":{\"percent\":10}}}").statusCode(200);
            shop.until(() -> each[3].equals(till(shop, "TB-000005")));
        }
    }

    @Test
    void a_vat_till_takes_the_prices_of_a_shop_with_taxes_included_and_no_others() {
        Installation shop = Installation.of(SMALL, () -> money("EUR", true, true));
        shopCharges("TB-000006", "19.99");
        shop.put(ON).statusCode(200);
        shop.until(() -> "19.99".equals(till(shop, "TB-000006")));

        // When the till no longer counts with VAT, everything stops, and says so
        money("EUR", false, true);
        admin().post("/api/v1/channels/" + shop.channel() + "/check").then().statusCode(200);
        ControlApi.delete("/requests");
        shopCharges("TB-000006", "29.99");
        JsonPath run = shop.run("prices", true);
        assertThat(run.getString("status")).isEqualTo("WARNING");
        assertThat(run.getString("failureRows[0].code")).isEqualTo("tax-basis-differs");
        assertThat(priceWrites()).isZero();
        admin().get("/api/v1/channels/" + shop.channel()).then().body("warnings.code", contains("tax-basis-differs"));
        assertThat(reason(shop, "TB-000006")).contains("tax");
        shop.put("{\"priceSync\":{\"enabled\":false}}").statusCode(200);
        shop.put(ON).statusCode(422).body("code", equalTo("tax-basis-differs"));

        // And where the shop follows, it goes on
        money("EUR", false, false);
        shop.run("prices", true);
        shop.put(ON).statusCode(200);
        shop.until(() -> "29.99".equals(till(shop, "TB-000006")));
    }

    /** Last: what the planner knows of tables that were small must not make it slow. */
    @Test
    @Order(Integer.MAX_VALUE)
    void twenty_thousand_changed_prices_are_in_step_after_at_most_twelve_calls() {
        Installation shop = Installation.of("{\"seed\":11,\"variants\":20000,\"locations\":1}");
        shop.put(ON).statusCode(200);
        shop.run("prices", false);
        ControlApi.delete("/requests");

        ControlApi.post("/shopify/prices", "{\"add\":\"1.00\"}");
        JsonPath run = shop.run("prices", true);

        assertThat(run.getString("status")).isEqualTo("SUCCEEDED");
        List<Map<String, Object>> links = shop.links("linked");
        assertThat(links).hasSize(20_000).allMatch(PriceSyncTest::inStep);
        assertThat(priceOf("TB-012345")).isEqualTo(priceInShop(shop, "TB-012345"));
        assertThat(priceWrites()).isBetween(8L, 12L);
        assertThat(otherWrites()).isEmpty();

        ControlApi.delete("/requests");
        shop.run("prices", true);
        assertThat(priceWrites()).isZero();
    }

    private static void money(String currency, boolean vat, boolean taxesIncluded) {
        ControlApi.post("/clover/merchants",
                "{\"id\":\"" + SandboxResource.MERCHANT + "\",\"currency\":\"" + currency + "\",\"vat\":" + vat + "}");
        ControlApi.post("/shopify/shops", "{\"domain\":\"" + SandboxResource.SHOP + "\",\"currency\":\"" + currency
                + "\",\"taxesIncluded\":" + taxesIncluded + "}");
    }

    private static void shopCharges(String sku, String price) {
        ControlApi.post("/shopify/variants", "{\"sku\":\"" + sku + "\",\"price\":\"" + price + "\"}");
    }

    private static long priceWrites() {
        return ControlApi.calls("bulk_items.put");
    }

    /** All writes to the till but those of prices, as the sandbox counted them. */
    private static List<String> otherWrites() {
        return SandboxResource.sandbox().requests("clover").operations().keySet().stream()
                .filter(operation -> operation.endsWith(".post") || operation.endsWith(".put") || operation.endsWith(".create")
                        || operation.toLowerCase(Locale.ROOT).endsWith("delete"))
                .filter(operation -> !operation.equals("bulk_items.put")).toList();
    }

    private static boolean inStep(Map<String, Object> link) {
        return Objects.equals(at(link, "storePrice.amount"), at(link, "channelPrice.amount"));
    }

    private static Map<String, Object> link(Installation shop, String sku) {
        return shop.links("linked").stream().filter(link -> sku.equals(at(link, "variant.sku"))).findFirst().orElseThrow();
    }

    private static String item(Installation shop, String sku) {
        return (String) at(link(shop, sku), "item.id");
    }

    private static String reason(Installation shop, String sku) {
        return (String) at(link(shop, sku), "price.reason");
    }

    /** What the service knows the till charges. */
    private static String till(Installation shop, String sku) {
        return (String) at(link(shop, sku), "channelPrice.amount");
    }

    /** What the till's own book says, in minor units. */
    private static String priceOf(String sku) {
        return given().header("Authorization", "Bearer " + SandboxResource.CLOVER_TOKEN)
                .header("User-Agent", "test").queryParam("filter", "sku=" + sku)
                .get(SandboxResource.sandbox().cloverUrl() + "/v3/merchants/" + SandboxResource.MERCHANT + "/items").jsonPath()
                .getString("elements[0].price");
    }

    private static String priceInShop(Installation shop, String sku) {
        return ((String) at(link(shop, sku), "storePrice.amount")).replace(".", "").replaceFirst("^0+", "");
    }

    private static Object at(Map<String, Object> row, String path) {
        Object value = row;
        for (String part : path.split("\\.", -1)) {
            value = value == null ? null : ((Map<?, ?>) value).get(part);
        }
        return value;
    }
}
