package dev.tillbridge.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class ShopOrderCreateTest extends ShopOrderCase {

    private static final String SUMS = "subtotalPriceSet { shopMoney { amount } } totalShippingPriceSet { shopMoney { amount } } "
            + "totalTaxSet { shopMoney { amount } } totalDiscountsSet { shopMoney { amount } } totalPriceSet { shopMoney { "
            + "amount } } totalOutstandingSet { shopMoney { amount } } totalReceivedSet { shopMoney { amount } } ";

    @Test
    void anOrderKeepsWhatItWasMadeOfAndLeavesTheStockAlone() {
        String variant = variant("MUG", "9.00", 10);
        Map<String, Object> order = paid(variant, 2, "19.99", "44.48");
        order.put("name", "C-1");
        order.put("tags", List.of("pos", "clover"));
        order.put("note", "Sold at the register");
        order.put("sourceIdentifier", "clover-1");
        order.put("sourceUrl", "https://www.clover.com/orders/1");
        order.put("customAttributes", List.of(Map.of("key", "clover_order_id", "value", "1")));
        order.put("customer", Map.of("toUpsert", Map.of("firstName", "Test", "email", "test.buyer@example.com")));
        order.put("fulfillmentStatus", "FULFILLED");
        JsonNode made = created(order);
        assertThat(made.get("name").asText()).isEqualTo("C-1");
        assertThat(made.get("displayFinancialStatus").asText()).isEqualTo("PAID");
        assertThat(made.at("/lineItems/nodes/0/variant/id").asText()).isEqualTo(variant);
        assertThat(made.at("/lineItems/nodes/0/customAttributes/0/key").asText()).isEqualTo("line");
        assertThat(made.at("/fulfillments/0/status").asText()).isEqualTo("SUCCESS");
        JsonNode read = read(made.get("id").asText(),
                "tags note sourceIdentifier registeredSourceUrl email customer { firstName "
                        + "} customAttributes { key value } displayFulfillmentStatus paymentGatewayNames confirmed legacyResourceId "
                        + "app { name } lineItems(first: 5) { nodes { sku refundableQuantity currentQuantity originalUnitPriceSet { "
                        + "shopMoney { amount } } } } fulfillmentOrders(first: 5) { nodes { status supportedActions { action } "
                        + "lineItems(first: 5) { nodes { remainingQuantity totalQuantity } } } }");
        assertThat(read.get("tags").toString()).isEqualTo("[\"clover\",\"pos\"]");
        assertThat(read.at("/customer/firstName").asText()).isEqualTo("Test");
        assertThat(read.get("email").asText()).isEqualTo("test.buyer@example.com");
        assertThat(read.get("displayFulfillmentStatus").asText()).isEqualTo("FULFILLED");
        assertThat(read.at("/lineItems/nodes/0/sku").asText()).isEqualTo("MUG");
        assertThat(read.at("/lineItems/nodes/0/refundableQuantity").asInt()).isEqualTo(2);
        assertThat(read.at("/lineItems/nodes/0/originalUnitPriceSet/shopMoney/amount").asText()).isEqualTo("19.99");
        assertThat(read.at("/fulfillmentOrders/nodes/0/status").asText()).isEqualTo("CLOSED");
        assertThat(read.at("/fulfillmentOrders/nodes/0/lineItems/nodes/0/remainingQuantity").asInt()).isZero();
        assertThat(available(stocked("MUG"))).isEqualTo(10);
    }

    @Test
    void twiceTheSameWithTheSameNameMakesTwoOrdersWhateverTheDirectiveSays() {
        Map<String, Object> order = order(line("Tea", 1, "4.00"));
        order.put("name", "SAME");
        String twice = CREATE.replace("options: $options)", "options: $options) @idempotent(key: \"k\")");
        String first = shop.data(twice, Map.of("order", order)).at("/orderCreate/order/id").asText();
        String second = shop.data(twice, Map.of("order", order)).at("/orderCreate/order/id").asText();
        assertThat(first).isNotEqualTo(second);
        assertThat(names("name:SAME")).hasSize(2);
        assertThat(created(order(line("Tea", 1, "4.00"))).get("name").asText()).isEqualTo("#1003");
    }

    @Test
    void withoutStatusAndTransactionsThereIsNoFinancialStatus() {
        assertThat(created(order(line("Tea", 1, "4.00"))).get("displayFinancialStatus").isNull()).isTrue();
        Map<String, Object> pending = order(line("Tea", 1, "4.00"));
        pending.put("financialStatus", "PENDING");
        assertThat(created(pending).get("displayFinancialStatus").asText()).isEqualTo("PENDING");
    }

    @Test
    void aTotalIsLinesAndShippingAndTaxesThatAreNotIncludedLessTheDiscount() {
        Map<String, Object> line = line("Tea", 3, "10.00");
        line.put("taxLines", List.of(Map.of("title", "State tax", "rate", "0.1", "priceSet", money("3.00"))));
        Map<String, Object> order = order(line, line("Cup", 1, "5.00"));
        order.put("shippingLines", List.of(Map.of("title", "Post", "priceSet", money("4.00"))));
        order.put("discountCode", Map.of("itemFixedDiscountCode", Map.of("code", "OFF", "amountSet", money("1.00"))));
        JsonNode sums = read(created(order).get("id").asText(), SUMS + "discountCodes lineItems(first: 5) { nodes { "
                + "discountAllocations { allocatedAmountSet { shopMoney { amount } } } } }");
        assertThat(amount(sums, "subtotalPriceSet")).isEqualByComparingTo("34.00");
        assertThat(amount(sums, "totalTaxSet")).isEqualByComparingTo("3.00");
        assertThat(amount(sums, "totalPriceSet")).isEqualByComparingTo("41.00");
        assertThat(amount(sums, "totalDiscountsSet")).isEqualByComparingTo("1.00");
        assertThat(sums.get("lineItems").findValuesAsText("amount")).containsExactly("0.86", "0.14");
        order.put("taxesIncluded", true);
        assertThat(amount(read(created(order).get("id").asText(), SUMS), "totalPriceSet")).isEqualByComparingTo("38.00");
    }

    @Test
    void whatIsWrongIsToldWithFieldAndCodeAndNothingIsMade() {
        Map<String, Object> taxed = line("Tea", 1, "1.00");
        taxed.put("taxLines", List.of(Map.of("title", "Tax", "rate", "", "priceSet", money("1.00"))));
        JsonNode rate = create(order(taxed));
        assertThat(rate.at("/userErrors/0/code").asText()).isEqualTo("TAX_LINE_RATE_MISSING");
        assertThat(rate.at("/userErrors/0/field").toString()).contains("lineItems", "taxLines", "rate");
        assertThat(rate.get("order").isNull()).isTrue();
        Map<String, Object> redundant = order(line("Tea", 1, "1.00"));
        redundant.put("customerId", "gid://shopify/Customer/1");
        redundant.put("customer", Map.of("toUpsert", Map.of("email", "a@example.com")));
        assertThat(create(redundant).at("/userErrors/0/code").asText()).isEqualTo("REDUNDANT_CUSTOMER_FIELDS");
        assertThat(create(order()).at("/userErrors/0/code").asText()).isEqualTo("INVALID");
        assertThat(create(paid("gid://shopify/ProductVariant/1", 1, "1.00", "1.00")).at("/userErrors/0/field/3").asText())
                .isEqualTo("variantId");
        assertThat(create(order(line("Tea", 0, "1.00"))).at("/userErrors/0/field/3").asText()).isEqualTo("quantity");
        assertThat(names("")).isEmpty();
    }

    @Test
    void aTimeInTheFutureIsNowSince202607AndWasRefusedBefore() {
        Map<String, Object> order = order(line("Tea", 1, "1.00"));
        order.put("processedAt", "2099-01-01T00:00:00Z");
        JsonNode read = read(created(order).get("id").asText(), "processedAt createdAt");
        assertThat(Instant.parse(read.get("processedAt").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(shop.at("/admin/api/2026-04/graphql.json").data(CREATE, Map.of("order", order))
                .at("/orderCreate/userErrors/0/code").asText()).isEqualTo("PROCESSED_AT_INVALID");
        order.put("processedAt", "2026-01-02T03:04:05Z");
        assertThat(read(created(order).get("id").asText(), "processedAt").get("processedAt").asText())
                .isEqualTo("2026-01-02T03:04:05Z");
    }

    @Test
    void twoHundredAndFiftyLinesAreTakenAndOneMoreIsNot() {
        Object[] lines = Collections.nCopies(250, line("Tea", 1, "1.00")).toArray();
        assertThat(created(order(lines)).at("/lineItems/nodes")).hasSize(250);
        JsonNode refused = shop.ask(CREATE,
                Map.of("order", order(Collections.nCopies(251, line("Tea", 1, "1.00")).toArray())));
        assertThat(refused.at("/errors/0/message").asText())
                .isEqualTo("The input array size of 251 is greater than the maximum allowed of 250.");
        assertThat(names("")).hasSize(1);
    }

    @Test
    void stockIsTakenOnlyWhereItIsAskedForAndObeyingMayRefuse() {
        String variant = variant("S", "1.00", 3);
        Map<String, Object> order = paid(variant, 2, "1.00", "2.00");
        decremented(order, "DECREMENT_OBEYING_POLICY");
        assertThat(available(stocked("S"))).isEqualTo(1);
        JsonNode refused = decremented(order, "DECREMENT_OBEYING_POLICY");
        assertThat(refused.at("/userErrors/0/code").asText()).isEqualTo("INVENTORY_CLAIM_FAILED");
        assertThat(available(stocked("S"))).isEqualTo(1);
        decremented(order, "DECREMENT_IGNORING_POLICY");
        assertThat(available(stocked("S"))).isEqualTo(-1);
        decremented(order, "BYPASS");
        assertThat(available(stocked("S"))).isEqualTo(-1);
    }

    @Test
    void aTrialShopTakesFiveOrdersAMinuteIfToldSo() {
        shop.control("PUT", "/shopify/settings", Map.of("ordersPerMinute", 5));
        for (int i = 0; i < 5; i++) {
            created(order(line("Tea", 1, "1.00")));
        }
        assertThat(create(order(line("Tea", 1, "1.00"))).at("/userErrors/0/message").asText()).contains("Too many attempts");
    }

    @Test
    void makingOrdersNeedsItsScope() {
        shop.control("POST", "/shopify/tokens", Map.of("token", "shpat_reader", "scopes", List.of("read_orders")));
        JsonNode denied = shop.as("shpat_reader").ask(CREATE, Map.of("order", order(line("Tea", 1, "1.00"))));
        assertThat(denied.at("/errors/0/extensions/code").asText()).isEqualTo("ACCESS_DENIED");
        assertThat(denied.at("/errors/0/message").asText()).contains("write_orders");
    }

    private static JsonNode decremented(Map<String, Object> order, String behaviour) {
        return shop.data(CREATE, Map.of("order", new HashMap<>(order), "options", Map.of("inventoryBehaviour", behaviour)))
                .get("orderCreate");
    }

    private static BigDecimal amount(JsonNode order, String field) {
        return new BigDecimal(order.at("/" + field + "/shopMoney/amount").asText());
    }
}
