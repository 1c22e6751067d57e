package dev.tillbridge.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

/** Paying, changing, cancelling and sending orders. */
class ShopOrderLifeTest extends ShopOrderCase {

    private static final String SEND = "mutation FulfillmentCreate($f: FulfillmentInput!) { fulfillmentCreate(fulfillment: $f) { "
            + "fulfillment { id name status trackingInfo(first: 5) { company number url } } userErrors { field message } } }";
    private static final String UNSEND = "mutation($id: ID!) { fulfillmentCancel(id: $id) { fulfillment { status } userErrors { "
            + "message } } }";

    @Test
    void markingAsPaidMakesAManualPaymentOnce() {
        Map<String, Object> order = order(line("Tea", 1, "12.50"));
        order.put("financialStatus", "PENDING");
        String id = created(order).get("id").asText();
        JsonNode marked = markAsPaid(id);
        assertThat(marked.at("/order/displayFinancialStatus").asText()).isEqualTo("PAID");
        assertThat(marked.at("/order/transactions/0/gateway").asText()).isEqualTo("manual");
        assertThat(marked.at("/order/transactions/0/amountSet/shopMoney/amount").asText()).isEqualTo("12.5");
        assertThat(markAsPaid(id).at("/userErrors/0/message").asText()).isEqualTo("Order cannot be marked as paid.");
        assertThat(markAsPaid("gid://shopify/Order/999999999999999").at("/userErrors/0/message").asText())
                .isEqualTo("Order does not exist");
    }

    @Test
    void anUpdateOverwritesLists() {
        Map<String, Object> order = order(line("Tea", 1, "1.00"));
        order.put("tags", List.of("a", "b"));
        order.put("note", "old");
        String id = created(order).get("id").asText();
        JsonNode updated = shop.data("mutation($i: OrderInput!) { orderUpdate(input: $i) { order { tags note } userErrors { "
                + "message } } }", Map.of("i", Map.of("id", id, "tags", List.of("c")))).at("/orderUpdate/order");
        assertThat(updated.get("tags").toString()).isEqualTo("[\"c\"]");
        assertThat(updated.get("note").asText()).isEqualTo("old");
    }

    @Test
    void aCancellationIsDoneSomeTimeAfterItsAnswer() {
        String id = created(paid(variant("C", "1.00", 5), 2, "1.00", "2.00")).get("id").asText();
        shop.control("PUT", "/shopify/settings", Map.of("jobMs", 500));
        JsonNode answer = cancel(id, false, false);
        assertThat(answer.at("/job/done").asBoolean()).isFalse();
        assertThat(answer.at("/jobResult/status").asText()).isEqualTo("STARTED");
        assertThat(read(id, "cancelledAt").get("cancelledAt").isNull()).isTrue();
        done(answer.get("job"));
        JsonNode order = read(id,
                "cancelledAt cancelReason displayFinancialStatus fulfillmentOrders(first: 2) { nodes { status "
                        + "} }");
        assertThat(order.get("cancelReason").asText()).isEqualTo("OTHER");
        assertThat(order.get("displayFinancialStatus").asText()).isEqualTo("PAID");
        assertThat(order.at("/fulfillmentOrders/nodes/0/status").asText()).isEqualTo("CLOSED");
        assertThat(available(stocked("C"))).isEqualTo(5);
        JsonNode again = cancel(id, false, false);
        assertThat(again.at("/orderCancelUserErrors/0/message").asText())
                .isEqualTo("Cannot cancel an order that has already been canceled");
        assertThat(again.get("job").isNull()).isTrue();
        assertThat(shop.data("{ job(id: \"gid://shopify/Job/none\") { id } }").get("job").isNull()).isTrue();
    }

    @Test
    void cancellingMayRestockAndGiveTheMoneyBack() {
        String id = created(paid(variant("C", "1.00", 5), 2, "1.00", "2.00")).get("id").asText();
        done(cancel(id, true, true).get("job"));
        JsonNode order = read(id, "displayFinancialStatus refunds(first: 2) { totalRefundedSet { shopMoney { amount } } }");
        assertThat(order.get("displayFinancialStatus").asText()).isEqualTo("REFUNDED");
        assertThat(order.at("/refunds/0/totalRefundedSet/shopMoney/amount").asText()).isEqualTo("2.0");
        assertThat(available(stocked("C"))).isEqualTo(7);
    }

    @Test
    void anOrderThatWasSentIsNotCancelledBeforeItsFulfilment() {
        Map<String, Object> sent = paid(variant("F", "1.00", 5), 2, "1.00", "2.00");
        sent.put("fulfillment", Map.of("locationId", stocked("F").location()));
        JsonNode order = created(sent);
        String id = order.get("id").asText();
        assertThat(order.get("displayFulfillmentStatus").asText()).isEqualTo("FULFILLED");
        assertThat(cancel(id, false, false).at("/orderCancelUserErrors/0/message").asText())
                .isEqualTo("Cannot cancel an order that has outstanding fulfillments");
        assertThat(shop.data(UNSEND, Map.of("id", order.at("/fulfillments/0/id").asText()))
                .at("/fulfillmentCancel/fulfillment/status").asText()).isEqualTo("CANCELLED");
        assertThat(read(id, "displayFulfillmentStatus").get("displayFulfillmentStatus").asText()).isEqualTo("UNFULFILLED");
        done(cancel(id, false, false).get("job"));
        assertThat(read(id, "cancelledAt").get("cancelledAt").isNull()).isFalse();
        assertThat(available(stocked("F"))).isEqualTo(5);
    }

    @Test
    void aTooLongNoteOrTwoRefundWaysAreRefused() {
        String id = created(order(line("Tea", 1, "1.00"))).get("id").asText();
        String cancel = "mutation($id: ID!, $n: String, $r: Boolean, $m: OrderCancelRefundMethodInput) { orderCancel(orderId: "
                + "$id, reason: OTHER, restock: false, staffNote: $n, refund: $r, refundMethod: $m) { job { id } "
                + "orderCancelUserErrors { message code } } }";
        assertThat(shop.data(cancel, Map.of("id", id, "n", "x".repeat(256))).at("/orderCancel/orderCancelUserErrors/0/message")
                .asText()).isEqualTo("Staff note is too long. Maximum length is 255 characters.");
        assertThat(shop.data(cancel, Map.of("id", id, "r", true, "m", Map.of("originalPaymentMethodsRefund", true)))
                .at("/orderCancel/orderCancelUserErrors/0/code").asText()).isEqualTo("INVALID");
    }

    @Test
    void partsAreSentAndTrackedAndWhatIsTooMuchIsRefused() {
        String id = created(paid(variant("F", "1.00", 5), 3, "1.00", "3.00")).get("id").asText();
        JsonNode open = read(id, "fulfillmentOrders(first: 5) { nodes { id status lineItems(first: 5) { nodes { id "
                + "remainingQuantity inventoryItemId } } } }").at("/fulfillmentOrders/nodes/0");
        assertThat(open.at("/lineItems/nodes/0/inventoryItemId").asText()).isEqualTo(stocked("F").item());
        String group = open.get("id").asText();
        String part = open.at("/lineItems/nodes/0/id").asText();
        JsonNode first = send(group, part, 2);
        String fulfillment = first.at("/fulfillment/id").asText();
        assertThat(first.at("/fulfillment/trackingInfo/0/number").asText()).isEqualTo("1Z");
        assertThat(read(id, "displayFulfillmentStatus").get("displayFulfillmentStatus").asText())
                .isEqualTo("PARTIALLY_FULFILLED");
        assertThat(send(group, part, 2).at("/userErrors/0/message").asText())
                .isEqualTo("Invalid fulfillment order line item quantity requested.");
        assertThat(send(group, part, 0).at("/userErrors/0/message").asText()).isEqualTo("Quantity must be greater than 0");
        assertThat(send("gid://shopify/FulfillmentOrder/1", part, 1).at("/userErrors/0/message").asText())
                .isEqualTo("Fulfillment order does not exist.");
        send(group, part, 1);
        assertThat(send(group, part, 1).at("/userErrors/0/message").asText()).endsWith("has an unfulfillable status= closed.");
        assertThat(shop.data("mutation($id: ID!, $t: FulfillmentTrackingInput!) { fulfillmentTrackingInfoUpdate(fulfillmentId: "
                + "$id, trackingInfoInput: $t) { fulfillment { trackingInfo(first: 5) { number } } userErrors { message } } }",
                Map.of("id", fulfillment, "t", Map.of("number", "NEW")))
                .at("/fulfillmentTrackingInfoUpdate/fulfillment/trackingInfo/0/number").asText()).isEqualTo("NEW");
    }

    private static JsonNode send(String group, String part, int units) {
        return shop.data(SEND, Map.of("f", Map.of("trackingInfo", Map.of("company", "UPS", "number", "1Z"),
                "lineItemsByFulfillmentOrder", List.of(Map.of("fulfillmentOrderId", group, "fulfillmentOrderLineItems",
                        List.of(Map.of("id", part, "quantity", units)))))))
                .get("fulfillmentCreate");
    }

    private static JsonNode markAsPaid(String id) {
        return shop.data("mutation OrderMarkAsPaid($i: OrderMarkAsPaidInput!) { orderMarkAsPaid(input: $i) { order { "
                + "displayFinancialStatus transactions(first: 5) { gateway amountSet { shopMoney { amount } } } } userErrors { "
                + "field message } } }", Map.of("i", Map.of("id", id))).get("orderMarkAsPaid");
    }
}
