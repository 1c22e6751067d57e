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

/** What the store sends of a till sale reaches the till, as an operator sees it. */
@QuarkusTest
@TestProfile(FastSales.class)
@QuarkusTestResource(SandboxResource.class)
class ShipmentSyncTest {

    private static final String SMALL = "{\"seed\":7,\"variants\":20,\"locations\":1}";
    private static final String DELIVERY = "{\"lines\":[{\"sku\":\"TB-000001\",\"units\":2}],\"orderType\":\"Delivery\",\"note\":\"Ring twice\"}";
    private static final String IN_STORE = "{\"lines\":[{\"sku\":\"TB-000001\",\"units\":1}],\"note\":\"Gift\"}";

    @AfterEach
    void disconnect() {
        Installation.disconnectAll();
        ControlApi.delete("/faults");
    }

    @Test
    void a_delivery_arrives_open_and_what_becomes_of_it_stands_on_the_till_once() {
        Installation shop = following();
        String sale = imported(shop, DELIVERY);
        assertThat(Installation.shopOrders(sale)).singleElement().satisfies(order -> {
            assertThat(order.get("fulfillmentStatus")).isEqualTo("UNFULFILLED");
            assertThat(order.get("shippingMethods")).isEqualTo(List.of("Local delivery"));
        });
        assertThat(shop.order(sale).getString("posTotal.amount")).isEqualTo(shop.order(sale).getString("storeTotal.amount"));

        // Sent with tracking
        String fulfillment = sends(shop, sale);
        shop.until(() -> note(sale).contains("1Z999"));
        String sent = note(sale);
        assertThat(sent.lines()).hasSize(2).first().isEqualTo("Ring twice");
        assertThat(sent).contains("Delivery (Local delivery), UPS 1Z999 https://ups.example/1Z999");
        assertThat(writes()).isEqualTo(1);

        // The tracking number was wrong, and a person wrote on the till meanwhile
        ControlApi.post("/clover/orders", "{\"orderId\":\"" + sale + "\",\"note\":\""
                + note(sale).replace("\n", "\\n") + "\\nBell is broken\"}");
        ControlApi.post("/shopify/fulfillments",
                "{\"fulfillmentId\":\"" + fulfillment + "\",\"company\":\"UPS\",\"number\":\"1Z111\"}");
        shop.until(() -> note(sale).contains("1Z111"));
        assertThat(note(sale)).doesNotContain("1Z999").startsWith("Ring twice\n").endsWith("\nBell is broken");
        assertThat(note(sale).lines()).hasSize(3);

        // It comes back
        ControlApi.post("/shopify/fulfillments", "{\"fulfillmentId\":\"" + fulfillment + "\",\"cancel\":true}");
        shop.until(() -> note(sale).contains("was cancelled"));
        assertThat(note(sale)).doesNotContain("1Z111").contains("Bell is broken");
        assertThat(writes()).isEqualTo(3);
        JsonPath shown = shop.order(sale);
        assertThat(shown.getList("history.kind").stream().filter("shipment-noted"::equals)).hasSize(3);
        assertThat(shown.getList("problems")).isEmpty();
        assertThat(shown.getString("status")).isEqualTo("IMPORTED");
    }

    @Test
    void a_sale_of_the_shop_arrives_fulfilled_and_that_causes_no_note() {
        Installation shop = following();
        String inStore = imported(shop, IN_STORE);
        assertThat(Installation.shopOrders(inStore)).singleElement().satisfies(order -> {
            assertThat(order.get("fulfillmentStatus")).isEqualTo("FULFILLED");
            assertThat(order.get("shippingMethods")).isEqualTo(List.of());
        });
        // Another one, sent later, shows that all changes up to then were read
        String delivery = imported(shop, DELIVERY);
        sends(shop, delivery);
        shop.until(() -> note(delivery).contains("1Z999"));
        assertThat(note(inStore)).isEqualTo("Gift");
        assertThat(writes()).isEqualTo(1);
    }

    @Test
    void a_lost_answer_and_a_lost_request_write_nothing_twice() {
        Installation shop = following();
        String sale = imported(shop, DELIVERY);
        ControlApi.fault("orders.post", "RESET_AFTER", 1);
        sends(shop, sale);
        shop.until(() -> shop.order(sale).getList("history.kind").contains("shipment-noted"));
        assertThat(note(sale).lines().filter(line -> line.contains("1Z999"))).hasSize(1);
        assertThat(writes()).isEqualTo(1);

        String other = imported(shop, DELIVERY);
        ControlApi.fault("orders.post", "RESET_BEFORE", 1);
        sends(shop, other);
        shop.until(() -> shop.order(other).getList("history.kind").contains("shipment-noted"));
        assertThat(note(other).lines().filter(line -> line.contains("1Z999"))).hasSize(1);
        assertThat(shop.order(other).getList("problems")).isEmpty();
    }

    @Test
    void what_was_sent_while_shipments_were_not_followed_is_caught_up_with() {
        Installation shop = following();
        String sale = imported(shop, DELIVERY);
        // Not followed for a while: what is sent meanwhile reaches nobody
        shop.settings("{}", "{\"enabled\":true}");
        sends(shop, sale);
        String other = imported(shop, IN_STORE);
        assertThat(note(other)).isEqualTo("Gift");
        assertThat(note(sale)).isEqualTo("Ring twice");

        follow(shop);
        JsonPath run = shop.run("shipments", true);
        assertThat(run.getString("status")).isEqualTo("SUCCEEDED");
        shop.until(() -> note(sale).contains("1Z999"));
        assertThat(writes()).isEqualTo(1);
    }

    private static Installation following() {
        Installation shop = Installation.of(SMALL);
        Installation.shopHas("TB-000001", 50);
        follow(shop);
        ControlApi.delete("/requests");
        return shop;
    }

    /** As a person does: picks order type and method from what there is. */
    private static void follow(Installation shop) {
        JsonPath choices = Installation.admin().get("/api/v1/channels/" + shop.channel() + "/settings/choices").then()
                .statusCode(200).extract().jsonPath();
        assertThat(choices.getList("warnings")).isEmpty();
        assertThat(choices.<String>getList("shippingMethods.name")).contains("Local delivery");
        String type = choices.<Map<String, String>>getList("orderTypes").stream()
                .filter(each -> each.get("label").equals("Delivery")).findFirst().orElseThrow().get("id");
        shop.settings("{}", "{\"enabled\":true}", "{\"enabled\":true,\"mappings\":[{\"channelMethod\":\"" + type
                + "\",\"storeMethod\":\"Local delivery\"}]}");
    }

    private static String imported(Installation shop, String what) {
        String sale = Installation.sells(what);
        shop.until(() -> "IMPORTED".equals(shop.orderStatus(sale)));
        return sale;
    }

    /** Sends the sale's order in the shop; answers the fulfilment's id. */
    private static String sends(Installation shop, String sale) {
        return ControlApi.send("POST", "/shopify/fulfillments", "{\"orderId\":\"gid://shopify/Order/"
                + shop.order(sale).getString("storeOrder.id")
                + "\",\"company\":\"UPS\",\"number\":\"1Z999\",\"url\":\"https://ups.example/1Z999\"}")
                .path("fulfillmentId").asText();
    }

    private static String note(String sale) {
        return ControlApi.list("/state", "cloverOrders").stream().filter(order -> sale.equals(order.get("id")))
                .map(order -> String.valueOf(order.get("note"))).findFirst().orElseThrow();
    }

    /** How often an order was written at the till since it was connected. */
    private static long writes() {
        return ControlApi.calls("orders.post");
    }
}
