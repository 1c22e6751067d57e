package dev.tillbridge.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

/** What the control API does with orders. */
class ShopWebSaleTest extends ShopOrderCase {

    @Test
    void aWebSaleTakesStockAndRefusesWhatIsShort() {
        variant("A", "2.00", 3);
        variant("B", "1.00", 0);
        JsonNode answer = sell(Map.of("lines",
                List.of(Map.of("sku", "A", "quantity", 2, "price", "4.50"), Map.of("sku", "B", "quantity", 1))));
        assertThat(answer.get("sold").findValuesAsText("sku")).containsExactly("A");
        assertThat(answer.get("refused").findValuesAsText("sku")).containsExactly("B");
        assertThat(available(stocked("A"))).isEqualTo(1);
        assertThat(quantity("A", "committed")).isEqualTo(2);
        JsonNode order = read(answer.get("orderId").asText(), "sourceName displayFinancialStatus totalPriceSet { shopMoney { "
                + "amount } } app { name }");
        assertThat(order.get("sourceName").asText()).isEqualTo("web");
        assertThat(order.get("displayFinancialStatus").asText()).isEqualTo("PAID");
        assertThat(order.at("/totalPriceSet/shopMoney/amount").asText()).isEqualTo("9.0");
        JsonNode nothing = sell(Map.of("lines", List.of(Map.of("sku", "B", "quantity", 1))));
        assertThat(nothing.get("orderId").isNull()).isTrue();
        sell(Map.of("lines", List.of(Map.of("sku", "B", "quantity", 1)), "oversell", true, "paid", false));
        assertThat(available(stocked("B"))).isEqualTo(-1);
        JsonNode state = shop.control("GET", "/state", Map.of()).get("shopifyOrders");
        assertThat(state).hasSize(2);
        assertThat(state.at("/0/total").asText()).isEqualTo("9.00");
        assertThat(state.at("/0/lines/0/quantity").asInt()).isEqualTo(2);
        assertThat(state.at("/1/financialStatus").asText()).isEqualTo("PENDING");
    }

    @Test
    void itsGoodsStayCommittedUntilTheyAreSent() {
        variant("A", "2.00", 3);
        String id = sell(Map.of("lines", List.of(Map.of("sku", "A", "quantity", 2)))).get("orderId").asText();
        JsonNode sent = shop.control("POST", "/shopify/fulfillments",
                Map.of("orderId", id, "company", "UPS", "number", "1Z", "notify", true));
        assertThat(quantity("A", "committed")).isZero();
        assertThat(available(stocked("A"))).isEqualTo(1);
        String fulfillment = sent.get("fulfillmentId").asText();
        shop.control("POST", "/shopify/fulfillments", Map.of("fulfillmentId", fulfillment, "number", "2Z"));
        assertThat(read(id, "fulfillments(first: 2) { trackingInfo(first: 1) { number } }")
                .at("/fulfillments/0/trackingInfo/0/number").asText()).isEqualTo("2Z");
        shop.control("POST", "/shopify/fulfillments", Map.of("fulfillmentId", fulfillment, "cancel", true));
        assertThat(quantity("A", "committed")).isEqualTo(2);
        shop.control("POST", "/shopify/orders/" + Gid.number("Order", id), Map.of("cancel", true, "restock", true));
        assertThat(quantity("A", "committed")).isZero();
        assertThat(available(stocked("A"))).isEqualTo(3);
        assertThatThrownBy(() -> shop.control("POST", "/shopify/fulfillments", Map.of("orderId", id)))
                .hasMessageContaining("left to send");
    }

    @Test
    void changesMoveTheTimeOfUpdateAndADeletedOrderIsGone() {
        variant("A", "2.00", 3);
        String id = sell(Map.of("lines", List.of(Map.of("sku", "A", "quantity", 1)))).get("orderId").asText();
        String before = read(id, "updatedAt").get("updatedAt").asText();
        await().pollDelay(Duration.ofMillis(1100)).until(() -> true);
        shop.control("POST", "/shopify/fulfillments", Map.of("orderId", id));
        assertThat(read(id, "updatedAt").get("updatedAt").asText()).isGreaterThan(before);
        shop.control("POST", "/shopify/orders/" + Gid.number("Order", id), Map.of("delete", true));
        assertThat(read(id, "id").isNull()).isTrue();
        assertThat(names("")).isEmpty();
    }

    private static JsonNode sell(Map<String, Object> body) {
        return shop.control("POST", "/shopify/orders", body);
    }

    private static int quantity(String sku, String name) {
        Stocked stocked = stocked(sku);
        return shop.data("query($i: ID!, $l: ID!, $n: [String!]!) { inventoryItem(id: $i) { inventoryLevel(locationId: $l) { "
                + "quantities(names: $n) { quantity } } } }",
                Map.of("i", stocked.item(), "l", stocked.location(), "n", List.of(name)))
                .at("/inventoryItem/inventoryLevel/quantities/0/quantity").asInt();
    }
}
