package dev.tillbridge.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.platform.Secret;
import dev.tillbridge.shipment.Shipment;
import dev.tillbridge.shipment.ShippedOrder;
import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.SandboxResource;

/** What was sent of orders, and the shipping methods, against the simulated shop. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class ShopifyShipmentsTest {

    @Inject
    ShopifyConnector connector;

    private final ShopConnection shop = new ShopConnection(SandboxResource.SHOP,
            new ShopConnection.AccessToken(Secret.of("shpat_demo")));

    @BeforeEach
    void open() {
        ControlApi.post("/reset", "{}");
        ControlApi.put("/shopify/settings", "{\"searchLagMs\": 0}");
        connector.forget(shop);
        ControlApi.post("/shopify/products",
                "{\"title\": \"Mug\", \"variants\": [{\"sku\": \"MUG\", \"price\": \"20.00\", \"available\": 900}]}");
    }

    @Test
    void shippingMethodsAreTheActiveOnesEachOnce() {
        assertThat(get(connector.shippingMethods(shop)).names()).containsExactly("Standard", "Express", "Local delivery",
                "International standard");
        ControlApi.post("/shopify/shipping", "{\"methods\": [{\"name\": \"Bike\"}, {\"name\": \"Bike\", \"zone\": \"Far\"},"
                + " {\"name\": \"Boat\", \"zone\": \"Far\"}, {\"name\": \"Balloon\", \"active\": false}]}");
        var methods = get(connector.shippingMethods(shop));
        assertThat(methods.names()).containsExactly("Bike", "Boat");
        assertThat(methods.whole()).isTrue();
    }

    @Test
    void moreMethodsThanAreReadAreTold() {
        StringBuilder many = new StringBuilder();
        for (int method = 0; method < 30; method++) {
            many.append(method == 0 ? "" : ",").append("{\"name\": \"Method ").append(method).append("\"}");
        }
        ControlApi.post("/shopify/shipping", "{\"methods\": [" + many + "]}");
        var methods = get(connector.shippingMethods(shop));
        assertThat(methods.names()).hasSize(25);
        assertThat(methods.whole()).isFalse();
    }

    @Test
    void anOrderTellsOfItsShipmentsTheirTrackingAndCancellation() {
        String order = ordered();
        assertThat(read(order).shipments()).isEmpty();
        assertThat(read(order).shippingMethod()).isNull();

        String fulfillment = ControlApi.send("POST", "/shopify/fulfillments", "{\"orderId\": \"" + order
                + "\", \"company\": \"UPS\", \"number\": \"1Z\", \"url\": \"https://ups.example/1Z\"}").path("fulfillmentId")
                .asText();
        ShippedOrder sent = read(order);
        assertThat(sent.shipments()).singleElement().satisfies(shipment -> {
            assertThat(shipment.name()).endsWith("-F1");
            assertThat(shipment.cancelled()).isFalse();
            assertThat(shipment.parcels()).containsExactly(new Shipment.Parcel("UPS", "1Z", "https://ups.example/1Z"));
        });
        assertThat(sent.whole()).isTrue();

        ControlApi.post("/shopify/fulfillments", "{\"fulfillmentId\": \"" + fulfillment + "\", \"cancel\": true}");
        ShippedOrder back = read(order);
        assertThat(back.shipments()).singleElement().satisfies(shipment -> assertThat(shipment.cancelled()).isTrue());
        assertThat(back.updatedAt()).isAfterOrEqualTo(sent.updatedAt());
        assertThat(get(connector.shippedOrder(shop, "1"))).isNull();
    }

    @Test
    void ordersChangedSinceAreListedPageByPageOldestChangeFirst() {
        Instant before = Instant.now().minusSeconds(1);
        String first = ordered();
        for (int order = 0; order < 260; order++) {
            ordered();
        }
        ControlApi.post("/shopify/fulfillments", "{\"orderId\": \"" + first + "\"}");

        var pages = get(connector.ordersShippedSince(shop, before).collect().asList());
        assertThat(pages).hasSizeGreaterThan(1).allSatisfy(page -> assertThat(page.vendorTime())
                .isCloseTo(Instant.now(), org.assertj.core.api.Assertions.within(Duration.ofMinutes(1))));
        List<ShippedOrder> all = pages.stream().flatMap(page -> page.orders().stream()).toList();
        assertThat(all).hasSize(261).isSortedAccordingTo(java.util.Comparator.comparing(ShippedOrder::updatedAt));
        assertThat(all.stream().filter(order -> !order.shipments().isEmpty())).singleElement()
                .satisfies(order -> assertThat(first).endsWith("/" + order.id()));
        assertThat(get(connector.ordersShippedSince(shop, Instant.now().plusSeconds(60)).collect().asList()))
                .allSatisfy(page -> assertThat(page.orders()).isEmpty());
    }

    @Test
    void anOrderWithManyShipmentsIsCutInTheListAndSaysSo() {
        Instant before = Instant.now().minusSeconds(1);
        String order = ordered();
        for (int time = 0; time < 6; time++) {
            String fulfillment = ControlApi.send("POST", "/shopify/fulfillments", "{\"orderId\": \"" + order + "\"}")
                    .path("fulfillmentId").asText();
            ControlApi.post("/shopify/fulfillments", "{\"fulfillmentId\": \"" + fulfillment + "\", \"cancel\": true}");
        }
        var listed = get(connector.ordersShippedSince(shop, before).collect().asList()).get(0).orders().get(0);
        assertThat(listed.whole()).isFalse();
        assertThat(read(order).shipments()).hasSize(6);
        assertThat(read(order).whole()).isTrue();
    }

    private ShippedOrder read(String gid) {
        return get(connector.shippedOrder(shop, Gid.number("Order", gid)));
    }

    private static String ordered() {
        return ControlApi.send("POST", "/shopify/orders", "{\"lines\": [{\"sku\": \"MUG\", \"quantity\": 1}]}").path("orderId")
                .asText();
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(30));
    }
}
