package dev.tillbridge.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;

import dev.tillbridge.sandbox.HookReceiver.Hook;

class ShopWebhooksTest extends ShopWebhookTestCase {

    @Test
    void theSignatureIsThatOfTheKnownVector() {
        assertThat(WebhookDelivery.signature(Buffer.buffer(
                "{\"inventory_item_id\":34269676896353,\"location_id\":36167909473,\"available\":0,\"updated_at\":"
                        + "\"2020-05-26T11:35:10+12:00\",\"admin_graphql_api_id\":\"gid:\\/\\/shopify\\/InventoryLevel\\/"
                        + "70049923169?inventory_item_id=34269676896353\"}"),
                "invented-client-secret-for-tests")).isEqualTo("Hfm2Rt1OOQ/9Z3KV2fllUSLujwD54EGWI7ebZm1RqUE=");
    }

    @Test
    void aLevelIsToldSignedWithAllHeaders() throws Exception {
        variant("A", "2.00", 5);
        subscribe("INVENTORY_LEVELS_UPDATE");
        create("INVENTORY_LEVELS_UPDATE", Map.of("uri", receiver.url("/second"), "name", "second", "includeFields",
                List.of("available")));

        level("A", 3);

        List<Hook> hooks = receiver.await(2);
        Hook first = hooks.stream().filter(hook -> hook.path().equals("/hooks")).findFirst().orElseThrow();
        Hook second = hooks.stream().filter(hook -> hook.path().equals("/second")).findFirst().orElseThrow();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(ShopifySide.DEMO_CLIENT_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(first.header("X-Shopify-Hmac-Sha256"))
                .isEqualTo(java.util.Base64.getEncoder()
                        .encodeToString(mac.doFinal(first.body().getBytes(StandardCharsets.UTF_8))));
        assertThat(first.header("X-Shopify-Topic")).isEqualTo("inventory_levels/update");
        assertThat(first.header("X-Shopify-Shop-Domain")).isEqualTo(ShopifySide.DEMO_SHOP);
        assertThat(first.header("X-Shopify-API-Version")).isEqualTo("2026-10");
        assertThat(first.header("X-Shopify-Triggered-At")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z");
        assertThat(first.header("User-Agent")).isEqualTo("Shopify-Captain-Hook");
        assertThat(first.body()).contains("gid:\\/\\/shopify\\/InventoryLevel\\/");
        Stocked stocked = stocked("A");
        assertThat(first.json().get("available").asInt()).isEqualTo(3);
        assertThat(stocked.item()).endsWith("/" + first.json().get("inventory_item_id").asLong());
        assertThat(stocked.location()).endsWith("/" + first.json().get("location_id").asLong());
        assertThat(second.json()).hasSize(1);
        assertThat(second.header("X-Shopify-Name")).isEqualTo("second");
        assertThat(second.header("X-Shopify-Event-Id")).isEqualTo(first.header("X-Shopify-Event-Id"));
        assertThat(second.header("X-Shopify-Webhook-Id")).isNotEqualTo(first.header("X-Shopify-Webhook-Id"));
    }

    @Test
    void anApiWriteIsToldLikeAPersonsAndAProductOncePerCall() {
        variant("A", "2.00", 5);
        variant("B", "2.00", 5);
        subscribe("INVENTORY_LEVELS_UPDATE");
        subscribe("PRODUCTS_UPDATE");
        Stocked a = stocked("A");
        Stocked b = stocked("B");

        shop.data(
                "mutation($in: InventoryAdjustQuantitiesInput!) { inventoryAdjustQuantities(input: $in) @idempotent(key: \"k\") "
                        + "{ userErrors { message } } }",
                Map.of("in", Map.of("name", "available", "reason", "correction", "changes",
                        List.of(Map.of("inventoryItemId", a.item(), "locationId", a.location(), "delta", -1,
                                "changeFromQuantity", 5),
                                Map.of("inventoryItemId", b.item(), "locationId", b.location(), "delta", -2,
                                        "changeFromQuantity", 5)))));

        receiver.await(4);
        assertThat(receiver.hooks("inventory_levels/update")).hasSize(2);
        assertThat(receiver.hooks("products/update")).hasSize(2)
                .allSatisfy(hook -> assertThat(hook.header("X-Shopify-Product-Id"))
                        .isEqualTo(hook.json().get("id").asText()));
    }

    @Test
    void productsItemsAndPlacesAreTold() {
        List.of("PRODUCTS_CREATE", "PRODUCTS_UPDATE", "PRODUCTS_DELETE", "INVENTORY_ITEMS_CREATE", "INVENTORY_ITEMS_UPDATE",
                "INVENTORY_ITEMS_DELETE", "INVENTORY_LEVELS_CONNECT", "INVENTORY_LEVELS_DISCONNECT", "LOCATIONS_CREATE",
                "LOCATIONS_DEACTIVATE", "SHOP_UPDATE").forEach(ShopWebhookTestCase::subscribe);

        String id = variant("A", "2.50", 4);
        JsonNode created = receiver.await("products/create").json();
        assertThat(created.at("/variants/0/admin_graphql_api_id").asText()).isEqualTo(id);
        assertThat(created.at("/variants/0/price").asText()).isEqualTo("2.50");
        assertThat(created.at("/variants/0").has("inventory_management")).isFalse();
        assertThat(receiver.await("inventory_items/create").json().get("sku").asText()).isEqualTo("A");
        assertThat(receiver.await("inventory_levels/connect").json().get("available").asInt()).isEqualTo(4);

        shop.control("POST", "/shopify/variants", Map.of("sku", "A", "newSku", "B"));
        assertThat(receiver.await("inventory_items/update").json().get("sku").asText()).isEqualTo("B");
        assertThat(receiver.await("products/update").json().at("/variants/0/sku").asText()).isEqualTo("B");

        shop.control("DELETE", "/shopify/levels?sku=B", Map.of());
        assertThat(receiver.await("inventory_levels/disconnect").json()).hasSize(2);
        String place = shop.control("POST", "/shopify/locations", Map.of("name", "Harbour")).get("locationId").asText();
        assertThat(receiver.await("locations/create").json().get("admin_graphql_api_id").asText()).isEqualTo(place);
        shop.control("POST", "/shopify/locations", Map.of("locationId", place, "active", false));
        assertThat(receiver.await("locations/deactivate").json().get("active").asBoolean()).isFalse();
        shop.control("POST", "/shopify/shops", Map.of("domain", ShopifySide.DEMO_SHOP, "name", "Renamed"));
        assertThat(receiver.await("shop/update").json().get("name").asText()).isEqualTo("Renamed");

        shop.control("DELETE", "/shopify/products?sku=B", Map.of());
        assertThat(receiver.await("products/delete").json()).hasSize(1);
        assertThat(receiver.await("inventory_items/delete").json().get("id").isIntegralNumber()).isTrue();
    }

    @Test
    void anOrdersLifeIsTold() {
        variant("A", "2.50", 9);
        List.of("ORDERS_CREATE", "ORDERS_PAID", "ORDERS_UPDATED", "ORDERS_FULFILLED", "ORDERS_CANCELLED", "ORDERS_DELETE",
                "ORDER_TRANSACTIONS_CREATE", "FULFILLMENTS_CREATE", "FULFILLMENTS_UPDATE", "REFUNDS_CREATE")
                .forEach(ShopWebhookTestCase::subscribe);

        String id = shop.control("POST", "/shopify/orders", Map.of("lines", List.of(Map.of("sku", "A", "quantity", 2))))
                .get("orderId").asText();
        JsonNode created = receiver.await("orders/create").json();
        assertThat(created.get("admin_graphql_api_id").asText()).isEqualTo(id);
        assertThat(created.get("financial_status").asText()).isEqualTo("paid");
        assertThat(created.get("fulfillment_status").isNull()).isTrue();
        assertThat(created.get("total_price").asText()).isEqualTo("5.00");
        assertThat(receiver.await("orders/paid").json().get("id")).isEqualTo(created.get("id"));
        assertThat(receiver.await("order_transactions/create").json().get("amount").asText()).isEqualTo("5.00");

        String sent = shop.control("POST", "/shopify/fulfillments", Map.of("orderId", id, "company", "UPS", "number", "1Z"))
                .get("fulfillmentId").asText();
        JsonNode fulfillment = receiver.await("fulfillments/create").json();
        assertThat(fulfillment.get("admin_graphql_api_id").asText()).isEqualTo(sent);
        assertThat(fulfillment.get("order_id")).isEqualTo(created.get("id"));
        assertThat(fulfillment.get("tracking_number").asText()).isEqualTo("1Z");
        assertThat(receiver.await("orders/fulfilled").json().get("fulfillment_status").asText()).isEqualTo("fulfilled");

        shop.control("POST", "/shopify/fulfillments", Map.of("fulfillmentId", sent, "cancel", true));
        assertThat(receiver.await("fulfillments/update").json().get("status").asText()).isEqualTo("cancelled");

        String number = id.substring(id.lastIndexOf('/') + 1);
        shop.control("POST", "/shopify/orders/" + number, Map.of("cancel", true, "refund", true));
        assertThat(receiver.await("orders/cancelled").json().get("cancel_reason").asText()).isEqualTo("staff");
        JsonNode refund = receiver.await("refunds/create").json();
        assertThat(refund.get("order_id")).isEqualTo(created.get("id"));
        assertThat(refund.at("/transactions/0/amount").asText()).isEqualTo("5.00");

        shop.control("POST", "/shopify/orders/" + number, Map.of("delete", true));
        assertThat(receiver.await("orders/delete").json()).hasSize(1);
        assertThat(receiver.hooks("orders/paid")).hasSize(1);
        assertThat(receiver.hooks("orders/updated")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "whole, 120", "cut, 100"})
    void aLargeProductHasTheIdsOfAllItsVariants(String behaviour, int variants) {
        shop.control("PUT", "/behaviour", Map.of("productWebhookVariants", behaviour));
        subscribe("PRODUCTS_CREATE");

        shop.control("POST", "/shopify/products", Map.of("title", "Large", "options", List.of("Size"), "variants",
                IntStream.range(0, 120).mapToObj(size -> Map.of("sku", "S" + size, "options", List.of("Size " + size)))
                        .toList()));

        JsonNode product = receiver.await("products/create").json();
        assertThat(product.get("variants")).hasSize(variants);
        assertThat(product.get("variant_gids")).hasSize(120);
    }

    @Test
    void stockTellsNoProductWhereItIsToldOtherwise() {
        shop.control("PUT", "/behaviour", Map.of("stockTellsProduct", "no"));
        variant("A", "2.00", 5);
        subscribe("INVENTORY_LEVELS_UPDATE");
        subscribe("PRODUCTS_UPDATE");

        level("A", 3);
        shop.control("POST", "/shopify/variants", Map.of("sku", "A", "price", "3.00"));

        receiver.await("products/update");
        assertThat(receiver.hooks("products/update")).singleElement()
                .satisfies(hook -> assertThat(hook.json().at("/variants/0/price").asText()).isEqualTo("3.00"));
    }
}
