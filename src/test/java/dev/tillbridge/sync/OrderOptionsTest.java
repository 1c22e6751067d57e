package dev.tillbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;

import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.FastSales;
import dev.tillbridge.testing.SandboxResource;

/** What a merchant may choose about till sales, each choice through the API and read back from both books. */
@QuarkusTest
@TestProfile(FastSales.class)
@QuarkusTestResource(SandboxResource.class)
class OrderOptionsTest {

    private static final String SMALL = "{\"seed\":7,\"variants\":20,\"locations\":1}";
    private static final String MUG = "TB-000001";

    @AfterEach
    void disconnect() {
        Installation.disconnectAll();
        ControlApi.delete("/faults");
        ControlApi.put("/behaviour", "{\"hiddenOrders\":\"no\",\"lateOrders\":\"no\",\"deviceClock\":\"right\"}");
    }

    @Test
    void an_unpaid_sale_waits_holds_stock_back_and_is_imported_once_it_is_paid() {
        Installation shop = withStock(50, "{\"enabled\":true}");
        String sale = Installation.sells("{\"lines\":[{\"sku\":\"TB-000001\",\"units\":3}],\"paid\":false}");
        shop.until(() -> "WAITING".equals(shop.orderStatus(sale)));

        assertThat(shop.order(sale).getString("reason.code")).isEqualTo("unpaid");
        assertThat(shop.order(sale).getString("stock")).isEqualTo("RESERVED");
        shop.until(() -> Installation.tillOf(MUG).intValue() == 47);
        assertThat(stock()).as("nothing is taken off before it is paid").isEqualTo(50);
        assertThat(Installation.shopOrders(sale)).isEmpty();

        ControlApi.post("/clover/payments", "{\"orderId\":\"" + sale + "\"}");
        shop.until(() -> imported(shop, sale));
        shop.until(() -> "POSTED".equals(shop.order(sale).getString("stock")));
        assertThat(stock()).isEqualTo(47);
        assertThat(Installation.shopOrders(sale)).singleElement()
                .satisfies(order -> assertThat(order.get("financialStatus")).isEqualTo("PAID"));
    }

    @Test
    void an_unpaid_sale_lets_go_of_the_stock_after_its_reservation() {
        Installation shop = withStock(50, "{\"enabled\":true,\"unpaidReservation\":\"PT2S\"}");
        String sale = Installation.sells("{\"lines\":[{\"sku\":\"TB-000001\",\"units\":5}],\"paid\":false}");
        shop.until(() -> Installation.tillOf(MUG).intValue() == 45);
        shop.until(() -> Installation.tillOf(MUG).intValue() == 50);
        assertThat(shop.orderStatus(sale)).isEqualTo("WAITING");
        assertThat(Installation.shopOrders(sale)).isEmpty();
    }

    @Test
    void without_skipping_an_unpaid_sale_is_pending_and_paid_later_or_made_anew_when_it_changes() {
        Installation shop = withStock(50, "{\"enabled\":true,\"skipUnpaid\":false}");
        String sale = Installation.sells("{\"lines\":[{\"sku\":\"TB-000001\",\"units\":1}],\"paid\":false}");
        shop.until(() -> imported(shop, sale));
        assertThat(Installation.shopOrders(sale)).singleElement()
                .satisfies(order -> assertThat(order.get("financialStatus")).isEqualTo("PENDING"));
        assertThat(stock()).isEqualTo(50);

        // Changed before it is paid: the order is cancelled and made anew
        ControlApi.post("/clover/orders", "{\"orderId\":\"" + sale + "\",\"addLines\":[{\"sku\":\"TB-000002\",\"units\":1}]}");
        shop.until(() -> !Installation.shopOrders(sale + "-2").isEmpty());
        assertThat(Installation.shopOrders(sale).get(0).get("cancelled")).isEqualTo(true);

        ControlApi.post("/clover/payments", "{\"orderId\":\"" + sale + "\"}");
        shop.until(() -> "PAID".equals(Installation.shopOrders(sale + "-2").get(0).get("financialStatus")));
        shop.until(() -> "POSTED".equals(shop.order(sale).getString("stock")));
        assertThat(stock()).isEqualTo(49);
        assertThat(Installation.shopOrders().stream().filter(order -> Boolean.FALSE.equals(order.get("cancelled")))).hasSize(1);
    }

    @Test
    void test_orders_empty_orders_and_those_before_the_start_are_skipped_by_their_rule() {
        Installation shop = withStock(50, "{}");
        String early = Installation.sells(soldAt(Instant.now().minus(Duration.ofHours(1))));
        shop.settings("{\"enabled\":true}", "{\"enabled\":true}");
        String test = Installation.sells("{\"lines\":[{\"sku\":\"TB-000001\",\"units\":1}],\"test\":true}");
        String empty = Installation.sells("{\"lines\":[],\"paid\":false}");
        Map.of(test, "test-order", empty, "empty", early, "before-start").forEach((sale, rule) -> {
            shop.until(() -> "SKIPPED".equals(shop.orderStatus(sale)));
            assertThat(shop.order(sale).getString("reason.code")).isEqualTo(rule);
        });
        assertThat(Installation.shopOrders()).isEmpty();
        assertThat(stock()).isEqualTo(50);
    }

    @Test
    void history_is_imported_from_the_start_and_touches_stock_only_from_its_own() {
        Instant hour = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        Installation shop = Installation.of(SMALL);
        Installation.shopHas(MUG, 50);
        String old = Installation.sells(soldAt(hour.minus(Duration.ofDays(2))));
        String imported = Installation.sells(soldAt(hour.minus(Duration.ofMinutes(30))));
        String posted = Installation.sells(soldAt(hour.plus(Duration.ofMinutes(30))));
        shop.settings("{}", "{\"enabled\":true,\"importFrom\":\"" + hour.minus(Duration.ofDays(1)) + "\",\"adjustStockFrom\":\""
                + hour + "\"}");

        shop.until(() -> imported(shop, imported) && imported(shop, posted));
        shop.until(() -> "POSTED".equals(shop.order(posted).getString("stock")));
        assertThat(shop.order(imported).getString("stock")).isEqualTo("NONE");
        assertThat(stock()).isEqualTo(49);
        assertThat(shop.order(old).getString("reason.code")).isEqualTo("before-start");

        // The start is moved back: what was too old comes, too, and still nothing twice
        shop.settings("{}", "{\"enabled\":true,\"importFrom\":\"" + hour.minus(Duration.ofDays(3)) + "\",\"adjustStockFrom\":\""
                + hour + "\"}");
        shop.until(() -> imported(shop, old));
        assertThat(Installation.shopOrders()).hasSize(3);
        assertThat(stock()).isEqualTo(49);
    }

    @Test
    void a_start_moved_forward_and_part_of_the_way_back_skips_nothing_silently() {
        Instant hour = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        Installation shop = Installation.of(SMALL);
        String first = Installation.sells(soldAt(hour.minus(Duration.ofMinutes(50))));
        shop.settings("{}", from(hour.minus(Duration.ofDays(1)), hour));
        shop.until(() -> imported(shop, first));

        shop.settings("{}", from(hour, hour));
        String early = Installation.sells(soldAt(hour.minus(Duration.ofMinutes(40))));
        String late = Installation.sells(soldAt(hour.minus(Duration.ofMinutes(20))));
        // They arrive late, so that only the look-back finds them
        Installation.admin().body("{\"streams\":[\"orders\"],\"full\":true}")
                .post("/api/v1/channels/" + shop.channel() + "/runs").then().statusCode(202);
        shop.until(() -> "SKIPPED".equals(shop.orderStatus(early)) && "SKIPPED".equals(shop.orderStatus(late)));

        shop.settings("{}", from(hour.minus(Duration.ofMinutes(30)), hour));
        shop.until(() -> imported(shop, late));
        assertThat(shop.order(early).getString("reason.code")).isEqualTo("before-start");
        assertThat(shop.orderStatus(first)).isEqualTo("IMPORTED");
    }

    private static String from(Instant start, Instant stock) {
        return "{\"enabled\":true,\"importFrom\":\"" + start + "\",\"adjustStockFrom\":\"" + stock + "\"}";
    }

    @Test
    void numbers_and_notes_follow_their_formats() {
        Installation shop = withStock(50, """
                {"enabled":true,"numberFormat":{"prefix":"C-","includeOrderId":true,"suffix":"-POS"},
                 "noteFormat":{"prefix":"Till order ","includeOrderId":true,"suffix":", thank you"}}""");
        String sale = Installation.sells("{\"lines\":[{\"sku\":\"TB-000001\",\"units\":1}],\"note\":\"Window seat\"}");
        shop.until(() -> imported(shop, sale));
        assertThat(Installation.shopOrders(sale).get(0).get("name")).isEqualTo("C-" + sale + "-POS");
        assertThat(shop.order(sale).getString("storeOrder.name")).isEqualTo("C-" + sale + "-POS");
    }

    @Test
    void a_sale_with_an_unlinked_item_is_held_its_linked_lines_posted_and_linking_releases_it() {
        Installation shop = withStock(50, "{\"enabled\":true}");
        String variant = variant(shop, "TB-000002");
        String item = item(shop, "TB-000002");
        Installation.admin().delete("/api/v1/channels/" + shop.channel() + "/links/" + variant).then().statusCode(204);
        String sale = Installation
                .sells("{\"lines\":[{\"sku\":\"TB-000001\",\"units\":1},{\"sku\":\"TB-000002\",\"units\":2}]}");

        shop.until(() -> "HELD".equals(shop.orderStatus(sale)));
        assertThat(shop.order(sale).getString("reason.code")).isEqualTo("unlinked-lines");
        shop.until(() -> stock() == 49);
        BigDecimal other = Installation.shop().get("TB-000002");

        Installation.admin().body("{\"itemId\":\"" + item + "\"}")
                .put("/api/v1/channels/" + shop.channel() + "/links/" + variant).then().statusCode(200);
        shop.until(() -> imported(shop, sale) && "POSTED".equals(shop.order(sale).getString("stock")));
        assertThat(Installation.shopOrders(sale)).hasSize(1);
        assertThat(stock()).isEqualTo(49);
        assertThat(Installation.shop().get("TB-000002")).isEqualByComparingTo(other.subtract(BigDecimal.valueOf(2)));
    }

    @Test
    void unlinked_lines_may_go_in_as_lines_of_no_product() {
        Installation shop = withStock(50, "{\"enabled\":true,\"unlinkedLines\":\"IMPORT_AS_CUSTOM\"}");
        String variant = variant(shop, "TB-000002");
        String item = item(shop, "TB-000002");
        BigDecimal other = Installation.shop().get("TB-000002");
        Installation.admin().delete("/api/v1/channels/" + shop.channel() + "/links/" + variant).then().statusCode(204);
        String sale = Installation
                .sells("{\"lines\":[{\"sku\":\"TB-000001\",\"units\":1},{\"sku\":\"TB-000002\",\"units\":2}]}");

        shop.until(() -> imported(shop, sale) && stock() == 49);
        Map<?, ?> order = Installation.shopOrders(sale).get(0);
        assertThat((List<?>) order.get("lines")).anySatisfy(line -> assertThat(((Map<?, ?>) line).get("variantId")).isNull());

        // Linked later it still touches no stock: it was sold as something else
        Installation.admin().body("{\"itemId\":\"" + item + "\"}")
                .put("/api/v1/channels/" + shop.channel() + "/links/" + variant).then().statusCode(200);
        shop.run(false);
        assertThat(Installation.shop().get("TB-000002")).isEqualByComparingTo(other);
    }

    @Test
    void a_held_sale_is_dismissed_with_its_stock_kept_off_or_given_back() {
        Installation shop = withStock(50, "{\"enabled\":true}");
        String kept = held(shop);
        String returned = held(shop);
        shop.until(() -> stock() == 48);

        dismiss(shop, kept, "KEEP").statusCode(200).body("status", equalTo("SKIPPED")).body("reason.code",
                equalTo("dismissed"));
        dismiss(shop, returned, "RETURN").statusCode(200).body("status", equalTo("SKIPPED"));
        shop.until(() -> stock() == 49);
        shop.until(() -> "RETURNED".equals(shop.order(returned).getString("stock")));
        assertThat(shop.order(kept).getString("stock")).isEqualTo("POSTED");

        // Asked again nothing happens twice, and the story says who did it
        dismiss(shop, returned, "RETURN").statusCode(200);
        shop.run(false);
        assertThat(stock()).isEqualTo(49);
        assertThat(shop.order(returned).getList("history.kind")).containsOnlyOnce("order-dismissed");
        assertThat(shop.order(returned).getString("history.find { it.kind == 'order-dismissed' }.actor")).isNotBlank()
                .isNotEqualTo("tillbridge");
    }

    @Test
    void a_sale_whose_sum_does_not_add_up_is_held_naming_both_and_replayed_once_it_does() {
        Installation shop = withStock(50, "{\"enabled\":true}");
        String sale = Installation.sells(
                "{\"lines\":[{\"name\":\"Gift wrap\",\"units\":1,\"price\":500}],\"total\":511,\"payments\":[{\"amount\":511}]}");
        shop.until(() -> "HELD".equals(shop.orderStatus(sale)));
        assertThat(shop.order(sale).getString("reason.code")).isEqualTo("total-differs");
        assertThat(shop.order(sale).getString("reason.text")).contains("5.00").contains("5.11");

        String replay = "/api/v1/channels/" + shop.channel() + "/orders/" + sale + "/replay";
        Installation.admin().post(replay).then().statusCode(200);
        shop.until(() -> "HELD".equals(shop.orderStatus(sale)));
        Installation.admin().body("{\"unknownOutcome\":\"DONE\"}").post(replay).then().statusCode(200);
        Installation.admin().body("{\"unknownOutcome\":\"PERHAPS\"}").post(replay).then().statusCode(422);
        shop.until(() -> "HELD".equals(shop.orderStatus(sale)));
        assertThat(Installation.shopOrders(sale)).isEmpty();

        ControlApi.post("/clover/orders", "{\"orderId\":\"" + sale
                + "\",\"addLines\":[{\"name\":\"Bow\",\"units\":1,\"price\":11}],\"total\":511}");
        shop.until(() -> imported(shop, sale));
        assertThat(Installation.shopOrders(sale).get(0).get("total")).isEqualTo("5.11");
    }

    @Test
    void many_sales_are_replayed_and_dismissed_by_filter_with_counts() {
        Installation shop = withStock(50, "{\"enabled\":true}");
        held(shop);
        held(shop);
        String orders = "/api/v1/channels/" + shop.channel() + "/orders";
        assertThat(Installation.admin().get(orders + "/counts").jsonPath().getInt("HELD")).isEqualTo(2);
        Installation.admin().body("{\"filter\":{\"status\":\"HELD\",\"reason\":\"total-differs\"}}").post(orders + "/replay")
                .then().statusCode(200).body("matched", equalTo(2)).body("done", equalTo(2)).body("more", equalTo(false));
        shop.until(() -> Installation.admin().get(orders + "/counts").jsonPath().getInt("HELD") == 2);
        Installation.admin().body("{\"filter\":{\"status\":\"HELD\"},\"reason\":\"Rung up wrong\",\"stock\":\"RETURN\"}")
                .post(orders + "/dismiss").then().statusCode(200).body("done", equalTo(2));
        shop.until(() -> stock() == 50);
        assertThat(Installation.admin().get(orders + "/counts").jsonPath().getInt("SKIPPED")).isEqualTo(2);
        Installation.admin().body("{\"filter\":{}}").post(orders + "/replay").then().statusCode(422);
        Installation.admin().body("{\"filter\":{\"status\":\"HELD\"},\"unknownOutcome\":\"DONE\"}").post(orders + "/replay")
                .then()
                .statusCode(422).body("code", equalTo("unknown-field"));
        Installation.admin().get(orders + "?status=LOST").then().statusCode(400);
        Installation.admin().get(orders + "/0000000000000").then().statusCode(404);
    }

    @Test
    void tips_are_left_out_or_included_and_a_late_one_is_named() {
        Installation shop = withStock(50, "{\"enabled\":true,\"tips\":\"INCLUDE\"}");
        JsonNode sold = ControlApi.send("POST", "/clover/sales",
                "{\"lines\":[{\"name\":\"Coffee\",\"units\":1,\"price\":400}],\"tip\":60}");
        String sale = sold.path("orderId").asText();
        shop.until(() -> imported(shop, sale));
        assertThat(Installation.shopOrders(sale).get(0).get("total")).isEqualTo("4.60");

        ControlApi.post("/clover/payments", "{\"paymentId\":\"" + sold.path("paymentIds").get(0).asText() + "\",\"tip\":100}");
        shop.until(() -> !shop.order(sale).getList("problems").isEmpty());
        assertThat(shop.order(sale).getString("problems[0].code")).isEqualTo("changed-after-import");
        assertThat(Installation.shopOrders(sale)).hasSize(1);
    }

    @Test
    void a_sale_changed_after_import_stays_with_its_difference_named_and_its_units_followed() {
        Installation shop = withStock(50, "{\"enabled\":true}");
        String sale = Installation.sells("{\"lines\":[{\"sku\":\"TB-000001\",\"units\":1}]}");
        shop.until(() -> imported(shop, sale) && stock() == 49);
        JsonNode changed = ControlApi.send("POST", "/clover/orders",
                "{\"orderId\":\"" + sale + "\",\"addLines\":[{\"sku\":\"TB-000001\",\"units\":1}]}");
        assertThat(changed.isObject()).isTrue();
        ControlApi.post("/clover/payments", "{\"orderId\":\"" + sale + "\"}");

        shop.until(() -> stock() == 48);
        shop.until(() -> !shop.order(sale).getList("problems").isEmpty());
        assertThat(shop.order(sale).getString("problems[0].text")).contains("1 line was added");
        assertThat(Installation.shopOrders(sale)).hasSize(1);
        assertThat(shop.orderStatus(sale)).isEqualTo("IMPORTED");
    }

    @Test
    void hidden_and_late_orders_arrive_exactly_once_even_if_the_devices_clock_is_off() {
        Installation shop = withStock(500, "{\"enabled\":true,\"importFrom\":\""
                + Instant.now().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS) + "\"}");
        ControlApi.put("/behaviour", "{\"hiddenOrders\":\"yes\",\"lateOrders\":\"yes\",\"deviceClock\":\"off\"}");
        List<String> sales = IntStream.range(0, 12)
                .mapToObj(i -> Installation.sells("{\"lines\":[{\"sku\":\"TB-000001\",\"units\":1}]}")).toList();
        sales.forEach(sale -> shop.until(() -> imported(shop, sale)));
        shop.until(() -> stock() == 488);
        assertThat(Installation.shopOrders()).hasSize(12);
        shop.until(() -> Installation.tillOf(MUG).intValue() == 488);
    }

    @Test
    void measured_goods_add_up_until_a_whole_unit_is_posted() {
        Installation shop = Installation.of("{\"seed\":7,\"variants\":20,\"perUnit\":20,\"locations\":1}");
        String sku = (String) ((Map<?, ?>) shop.links("linked").get(0).get("variant")).get("sku");
        shop.settings("{\"enabled\":true}", "{\"enabled\":true}");
        Installation.shopHas(sku, 20);
        shop.until(() -> Installation.tillOf(sku).compareTo(BigDecimal.valueOf(20)) == 0);

        String first = Installation.sells("{\"lines\":[{\"sku\":\"" + sku + "\",\"units\":0.7}]}");
        shop.until(() -> imported(shop, first));
        shop.until(() -> Installation.tillOf(sku).compareTo(new BigDecimal("19.3")) == 0);
        assertThat(Installation.shop().get(sku)).isEqualByComparingTo("20");

        String second = Installation.sells("{\"lines\":[{\"sku\":\"" + sku + "\",\"units\":0.5}]}");
        shop.until(() -> imported(shop, second) && Installation.shop().get(sku).intValue() == 19);
        shop.until(() -> Installation.tillOf(sku).compareTo(new BigDecimal("18.8")) == 0);
        assertThat(shop.recounts().getList("items")).isEmpty();
    }

    @Test
    void connecting_the_same_merchant_again_imports_nothing_twice() {
        Installation shop = withStock(50, "{\"enabled\":true}");
        String sale = Installation.sells("{\"lines\":[{\"sku\":\"TB-000001\",\"units\":1}]}");
        shop.until(() -> imported(shop, sale) && stock() == 49);
        Instant from = Instant.now().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);

        Installation again = Installation.again();
        again.settings("{\"enabled\":true}",
                "{\"enabled\":true,\"importFrom\":\"" + from + "\",\"adjustStockFrom\":\"" + from + "\"}");
        String next = Installation.sells("{\"lines\":[{\"sku\":\"TB-000001\",\"units\":1}]}");
        again.until(() -> imported(again, next) && stock() == 48);
        again.until(() -> imported(again, sale));
        assertThat(Installation.shopOrders()).hasSize(2);
        assertThat(Installation.shopOrders(sale)).hasSize(1);
        assertThat(stock()).isEqualTo(48);
    }

    private static Installation withStock(int available, String orderSync) {
        Installation shop = Installation.of(SMALL);
        shop.settings("{\"enabled\":true}", orderSync);
        Installation.shopHas(MUG, available);
        shop.until(() -> Installation.tillOf(MUG).intValue() == available);
        return shop;
    }

    private static String held(Installation shop) {
        String sale = Installation.sells(
                "{\"lines\":[{\"sku\":\"TB-000001\",\"units\":1}],\"total\":1,\"payments\":[{\"amount\":1}]}");
        shop.until(() -> "HELD".equals(shop.orderStatus(sale)));
        return sale;
    }

    private static ValidatableResponse dismiss(Installation shop, String sale, String stock) {
        return Installation.admin().body("{\"reason\":\"Rung up twice\",\"stock\":\"" + stock + "\"}")
                .post("/api/v1/channels/" + shop.channel() + "/orders/" + sale + "/dismiss").then();
    }

    private static boolean imported(Installation shop, String sale) {
        return "IMPORTED".equals(shop.orderStatus(sale));
    }

    private static int stock() {
        return Installation.shop().get(MUG).intValue();
    }

    private static String soldAt(Instant when) {
        return "{\"lines\":[{\"sku\":\"TB-000001\",\"units\":1}],\"createdTime\":\"" + when + "\"}";
    }

    private static String variant(Installation shop, String sku) {
        return (String) link(shop, sku, "variant").get("id");
    }

    private static String item(Installation shop, String sku) {
        return (String) link(shop, sku, "item").get("id");
    }

    private static Map<?, ?> link(Installation shop, String sku, String side) {
        JsonPath links = Installation.admin().queryParam("q", sku).get("/api/v1/channels/" + shop.channel() + "/links")
                .jsonPath();
        return links.getMap("items[0]." + side);
    }
}
