package dev.tillbridge.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.order.OrderDraft;
import dev.tillbridge.order.RefundDraft;
import dev.tillbridge.order.SaleCustomer;

class OrderInputTest {

    private static final Instant AT = Instant.parse("2026-11-22T18:04:31Z");

    @Test
    void anOrderIsWrittenAsShopifyWantsIt() {
        var order = json(OrderInput.order(Orders.draft("4VX9Q2ZK7M1TA")));

        assertThat(order).isEqualTo(Orders.json("""
                {"sourceIdentifier": "4VX9Q2ZK7M1TA",
                 "metafields": [{"namespace": "tillbridge", "key": "clover_order_id", "type": "id", "value": "4VX9Q2ZK7M1TA"}],
                 "name": "C-4VX9Q2ZK7M1TA", "note": "Sold at the till", "sourceName": "clover",
                 "sourceUrl": "https://www.clover.com/orders/4VX9Q2ZK7M1TA", "currency": "USD", "taxesIncluded": false,
                 "test": true, "processedAt": "2026-11-22T18:04:31Z", "financialStatus": "PAID", "tags": ["clover", "till"],
                 "customAttributes": [{"key": "clover_employee", "value": "Jo"}],
                 "lineItems": [
                   {"variantId": "gid://shopify/ProductVariant/43729076", "title": "Mug", "sku": "MUG", "quantity": 2,
                    "priceSet": {"shopMoney": {"amount": "19.99", "currencyCode": "USD"}}, "taxable": true,
                    "requiresShipping": false,
                    "taxLines": [{"title": "State tax", "rate": "0.0625",
                      "priceSet": {"shopMoney": {"amount": "2.50", "currencyCode": "USD"}}}],
                    "properties": [{"name": "Colour", "value": "blue"}, {"name": "_tillbridge_line", "value": "1"}]},
                   {"title": "Gift wrap", "quantity": 1,
                    "priceSet": {"shopMoney": {"amount": "5.00", "currencyCode": "USD"}}, "taxable": false,
                    "requiresShipping": false, "properties": [{"name": "_tillbridge_line", "value": "2"}]}],
                 "transactions": [{"kind": "SALE", "status": "SUCCESS", "gateway": "Cash",
                   "amountSet": {"shopMoney": {"amount": "47.48", "currencyCode": "USD"}},
                   "processedAt": "2026-11-22T18:04:31Z"}],
                 "fulfillment": {"locationId": "gid://shopify/Location/5"}, "fulfillmentStatus": "FULFILLED"}"""));
        assertThat(json(OrderInput.OPTIONS)).isEqualTo(Orders.json(
                "{\"inventoryBehaviour\": \"BYPASS\", \"sendReceipt\": false, \"sendFulfillmentReceipt\": false}"));
    }

    @Test
    void whatADraftLeavesOpenIsLeftOut() {
        var order = json(OrderInput.order(new OrderDraft("A", null, null, null, null, "JPY", true, false, false, AT, null,
                List.of(), List.of(), List.of(), List.of(), new OrderDraft.ShippingLine("Courier", new BigDecimal("1E+3")),
                new SaleCustomer("Ann", "Lee", "ann@example.com", " "))));

        assertThat(order.has("name")).isFalse();
        assertThat(order.has("fulfillment")).isFalse();
        assertThat(order.has("fulfillmentStatus")).isFalse();
        assertThat(order.path("financialStatus").asText()).isEqualTo("PENDING");
        assertThat(order.path("email").asText()).isEqualTo("ann@example.com");
        assertThat(order.has("phone")).isFalse();
        assertThat(order.has("customer")).isFalse();
        assertThat(order.at("/shippingLines/0")).isEqualTo(Orders.json(
                "{\"title\": \"Courier\", \"priceSet\": {\"shopMoney\": {\"amount\": \"1000\", \"currencyCode\": \"JPY\"}}}"));
    }

    @Test
    void aRefundNeverRestocksAndTellsNobody() {
        var refund = json(OrderInput.refund(new RefundDraft("key", "7", null, AT, List.of(new RefundDraft.Line("8", 2)),
                List.of(new RefundDraft.Transaction("9", "Cash", new BigDecimal("5.50"))))));

        assertThat(refund).isEqualTo(Orders.json("""
                {"orderId": "gid://shopify/Order/7", "notify": false, "allowOverRefunding": false,
                 "processedAt": "2026-11-22T18:04:31Z",
                 "refundLineItems": [{"lineItemId": "gid://shopify/LineItem/8", "quantity": 2, "restockType": "NO_RESTOCK"}],
                 "transactions": [{"orderId": "gid://shopify/Order/7", "parentId": "gid://shopify/OrderTransaction/9",
                   "kind": "REFUND", "gateway": "Cash", "amount": "5.50"}]}"""));
    }

    @Test
    void moreLinesThanAnArgumentHoldsAreRefused() {
        var line = Orders.draft("A").lines().get(1);
        assertThat(OrderInput.order(Orders.draft("A", Collections.nCopies(250, line)))).isNotEmpty();
        assertThatThrownBy(() -> OrderInput.order(Orders.draft("A", Collections.nCopies(251, line))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("250");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "A'B", "A\\", "A B", "A\"", "-A", "A:B", "A*", "(A)"})
    void anIdentityThatWouldMeanSomethingInASearchIsRefused(String identity) {
        assertThatThrownBy(() -> OrderInput.order(Orders.draft(identity))).isInstanceOfSatisfying(
                ConnectorException.Rejected.class, refused -> assertThat(refused.code()).isEqualTo("identity-malformed"));
    }

    @Test
    void anIdThatIsNoneOfShopifysIsRefused() {
        assertThatThrownBy(() -> OrderInput.refund(
                new RefundDraft("key", "gid://shopify/Order/7", null, AT, List.of(), List.of())))
                .isInstanceOf(ConnectorException.Rejected.class);
    }

    private static JsonNode json(Map<String, Object> input) {
        return Wire.JSON.valueToTree(input);
    }
}
