package dev.tillbridge.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class ShopRefundTest extends ShopOrderCase {

    private static final String REFUND = "mutation RefundCreate($input: RefundInput!, $key: String!) { refundCreate(input: $input) "
            + "@idempotent(key: $key) { refund { id totalRefundedSet { shopMoney { amount } } refundLineItems(first: 20) { nodes { "
            + "quantity restockType restocked location { id } } } transactions(first: 3) { nodes { gateway parentTransaction { id "
            + "} } } } order { displayFinancialStatus } userErrors { field message } } }";

    private String id;
    private String line;
    private String payment;

    @BeforeEach
    void sell() {
        JsonNode order = created(paid(variant("R", "10.00", 10), 3, "10.00", "30.00"));
        id = order.get("id").asText();
        line = order.at("/lineItems/nodes/0/id").asText();
        payment = order.at("/transactions/0/id").asText();
    }

    @Test
    void aRefundOfUnitsAndMoneyIsWrittenIntoTheOrder() {
        JsonNode answer = refund("k", input(1, "NO_RESTOCK", "10.00"));
        assertThat(answer.get("userErrors")).isEmpty();
        assertThat(answer.at("/refund/totalRefundedSet/shopMoney/amount").asText()).isEqualTo("10.0");
        assertThat(answer.at("/refund/transactions/nodes/0/parentTransaction/id").asText()).isEqualTo(payment);
        assertThat(answer.at("/refund/transactions/nodes/0/gateway").asText()).as("the parent's, whatever is given")
                .isEqualTo("Clover");
        assertThat(answer.at("/order/displayFinancialStatus").asText()).isEqualTo("PARTIALLY_REFUNDED");
        JsonNode order = read(id, "currentTotalPriceSet { shopMoney { amount } } totalOutstandingSet { shopMoney { amount } } "
                + "lineItems(first: 5) { nodes { quantity currentQuantity refundableQuantity } } refunds(first: 5) { id } "
                + "transactions(first: 5) { kind parentTransaction { id } }");
        assertThat(order.at("/lineItems/nodes/0/refundableQuantity").asInt()).isEqualTo(2);
        assertThat(order.at("/lineItems/nodes/0/currentQuantity").asInt()).isEqualTo(2);
        assertThat(order.at("/currentTotalPriceSet/shopMoney/amount").asText()).isEqualTo("20.0");
        assertThat(order.at("/totalOutstandingSet/shopMoney/amount").asText()).isEqualTo("0.0");
        assertThat(order.at("/transactions/1/kind").asText()).isEqualTo("REFUND");
        assertThat(available(stocked("R"))).isEqualTo(10);
        assertThat(refund("k2", input(2, "NO_RESTOCK", "20.00")).at("/order/displayFinancialStatus").asText())
                .isEqualTo("REFUNDED");
    }

    @Test
    void aRepeatUnderTheSameKeyIsTheSameRefund() {
        String first = refund("k", input(1, "RETURN", "10.00")).at("/refund/id").asText();
        JsonNode again = refund("k", input(1, "RETURN", "10.00"));
        assertThat(again.at("/refund/id").asText()).isEqualTo(first);
        assertThat(again.get("userErrors")).isEmpty();
        assertThat(read(id, "refunds(first: 5) { id }").get("refunds")).hasSize(1);
        assertThat(available(stocked("R"))).isEqualTo(11);
        assertThat(refund("k", input(2, "RETURN", "20.00")).at("/userErrors/0/message").asText())
                .contains("different operation parameters");
        JsonNode without = shop.ask("mutation($i: RefundInput!) { refundCreate(input: $i) { userErrors { message } } }",
                Map.of("i", input(1, "RETURN", "1.00")));
        assertThat(without.at("/errors/0/extensions/code").asText()).isEqualTo("BAD_REQUEST");
    }

    @Test
    void unitsGoBackIntoStockOnlyWhereTheRestockTypeSaysSo() {
        refund("a", input(1, "NO_RESTOCK", null));
        assertThat(available(stocked("R"))).isEqualTo(10);
        JsonNode cancelled = refund("b", input(1, "CANCEL", null));
        assertThat(cancelled.at("/refund/refundLineItems/nodes/0/restocked").asBoolean()).isTrue();
        assertThat(available(stocked("R"))).isEqualTo(11);
        assertThat(cancelled.at("/order/displayFinancialStatus").asText()).isEqualTo("PAID");
    }

    @Test
    void noMoreIsRefundedThanThereIs() {
        assertThat(message("a", input(4, "NO_RESTOCK", null))).contains("more items than were purchased");
        assertThat(message("b", input(1, "NO_RESTOCK", "30.01"))).contains("greater than net payment");
        Map<String, Object> over = input(1, "NO_RESTOCK", "30.01");
        over.put("allowOverRefunding", true);
        refund("c", input(3, "NO_RESTOCK", "10.00"));
        assertThat(message("d", input(1, "NO_RESTOCK", null))).contains("more items than were purchased");
        over.remove("refundLineItems");
        assertThat(refund("e", over).get("userErrors")).isEmpty();
    }

    @Test
    void moneyIsGivenBackOnAPaymentOfThatOrderOnly() {
        String other = created(paid(variant("O", "1.00", 1), 1, "1.00", "1.00")).at("/transactions/0/id").asText();
        Map<String, Object> wrong = input(1, "NO_RESTOCK", "1.00");
        wrong.put("transactions", List.of(transaction(other, "REFUND", "1.00")));
        JsonNode refused = refund("a", wrong);
        assertThat(refused.at("/userErrors/0/message").asText())
                .isEqualTo("Transactions require a parent_id associated with the order");
        assertThat(refused.get("refund").isNull()).isTrue();
        wrong.put("transactions", List.of(transaction(payment, "AUTHORIZATION", "1.00")));
        assertThat(message("b", wrong)).isEqualTo("Kind authorization is not a valid transaction");
    }

    private String message(String key, Map<String, Object> input) {
        JsonNode refused = refund(key, input);
        assertThat(refused.get("refund").isNull()).isTrue();
        return refused.at("/userErrors/0/message").asText();
    }

    private static JsonNode refund(String key, Map<String, Object> input) {
        return shop.data(REFUND, Map.of("input", input, "key", key)).get("refundCreate");
    }

    private Map<String, Object> input(int units, String restock, String amount) {
        Map<String, Object> input = new HashMap<>(Map.of("orderId", id, "refundLineItems",
                List.of(Map.of("lineItemId", line, "quantity", units, "restockType", restock))));
        if (amount != null) {
            input.put("transactions", List.of(transaction(payment, "REFUND", amount)));
        }
        return input;
    }

    private Map<String, Object> transaction(String parent, String kind, String amount) {
        return Map.of("orderId", id, "parentId", parent, "kind", kind, "gateway", "other", "amount", amount);
    }
}
