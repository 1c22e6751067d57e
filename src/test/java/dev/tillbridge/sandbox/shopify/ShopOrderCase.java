package dev.tillbridge.sandbox.shopify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;

import com.fasterxml.jackson.databind.JsonNode;

/** Makes orders the way an integration does. */
abstract class ShopOrderCase extends ShopTestCase {

    static final String CREATE = "mutation OrderCreate($order: OrderCreateOrderInput!, $options: OrderCreateOptionsInput) { "
            + "orderCreate(order: $order, options: $options) { order { id name displayFinancialStatus displayFulfillmentStatus "
            + "totalPriceSet { shopMoney { amount currencyCode } } lineItems(first: 250) { nodes { id sku title quantity variant { "
            + "id } customAttributes { key value } } } transactions(first: 5) { id kind gateway } fulfillments { id status } } "
            + "userErrors { field message code } } }";

    @BeforeEach
    void quickJobs() {
        shop.control("PUT", "/shopify/settings", Map.of("jobMs", 60));
    }

    static Map<String, Object> money(String amount) {
        return Map.of("shopMoney", Map.of("amount", amount, "currencyCode", "USD"));
    }

    /** A line of no variant. */
    static Map<String, Object> line(String title, int quantity, String price) {
        return new HashMap<>(Map.of("title", title, "quantity", quantity, "priceSet", money(price)));
    }

    static Map<String, Object> order(Object... lines) {
        return new HashMap<>(Map.of("lineItems", List.of(lines)));
    }

    /** An order of one variant line, paid in full. */
    static Map<String, Object> paid(String variant, int quantity, String price, String total) {
        Map<String, Object> line = new HashMap<>(
                Map.of("variantId", variant, "quantity", quantity, "priceSet", money(price), "properties",
                        List.of(Map.of("name", "line", "value", "L1"))));
        Map<String, Object> order = order(line);
        order.put("transactions", List.of(Map.of("kind", "SALE", "status", "SUCCESS", "gateway", "Clover", "amountSet",
                money(total))));
        return order;
    }

    static JsonNode create(Map<String, Object> order) {
        return shop.data(CREATE, Map.of("order", order)).get("orderCreate");
    }

    /** The order that was made. */
    static JsonNode created(Map<String, Object> order) {
        JsonNode answer = create(order);
        if (!answer.get("userErrors").isEmpty()) {
            throw new AssertionError(answer.get("userErrors").toString());
        }
        return answer.get("order");
    }

    static JsonNode read(String id, String fields) {
        return shop.data("query($id: ID!) { order(id: $id) { " + fields + " } }", Map.of("id", id)).get("order");
    }

    static List<String> names(String query) {
        return shop.data("query($q: String) { orders(first: 50, query: $q, sortKey: UPDATED_AT) { nodes { name } } }",
                Map.of("q", query)).findValuesAsText("name");
    }

    static JsonNode cancel(String id, boolean restock, boolean money) {
        return shop.data("mutation($id: ID!, $restock: Boolean!, $money: Boolean) { orderCancel(orderId: $id, reason: OTHER, "
                + "restock: $restock, refundMethod: {originalPaymentMethodsRefund: $money}) { job { id done } jobResult { id "
                + "status order { id } } orderCancelUserErrors { field message code } userErrors { message } } }",
                Map.of("id", id, "restock", restock, "money", money)).get("orderCancel");
    }

    /** Waits until a job has ended. */
    static void done(JsonNode job) {
        org.awaitility.Awaitility.await().until(() -> shop
                .data("query JobStatus($id: ID!) { job(id: $id) { id done } }", Map.of("id", job.get("id").asText()))
                .at("/job/done").asBoolean());
    }
}
