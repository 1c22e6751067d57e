package dev.tillbridge.shopify;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What Shopify answers about orders, field by field as written there; what a document does not select is null. */
@RegisterForReflection
final class OrderWire {

    private OrderWire() {}

    record MoneyBag(Money shopMoney) {}

    /** The amount comes as a text, not padded evenly: "5.0", "42.5", "20.00". */
    record Money(BigDecimal amount, String currencyCode) {}

    record ShopOrder(String id, String name, Instant createdAt, Instant cancelledAt, String sourceIdentifier,
            String displayFinancialStatus, Metafield metafield, MoneyBag totalPriceSet, MoneyBag totalTaxSet,
            MoneyBag totalRefundedSet, LineConnection lineItems, List<Transaction> transactions,
            List<Fulfillment> fulfillments) {}

    record Metafield(String value) {}

    record LineConnection(List<LineItem> nodes, Wire.PageInfo pageInfo) {}

    record LineItem(String id, String title, int quantity, int refundableQuantity, Wire.Id variant,
            MoneyBag originalUnitPriceSet, List<Attribute> customAttributes) {}

    record Attribute(String key, String value) {}

    record Transaction(String id, String kind, String status, String gateway, MoneyBag amountSet, Wire.Id parentTransaction) {}

    record Fulfillment(String id, String status) {}

    /** What is read of an order to follow its shipments. */
    record ShippedOrder(String id, Instant updatedAt, Instant cancelledAt, ShippingLines shippingLines,
            List<Shipment> fulfillments) {}

    record ShippingLines(List<ShippingLine> nodes) {}

    record ShippingLine(String title) {}

    record Shipment(String id, String name, String status, Instant createdAt, List<Tracking> trackingInfo) {}

    record Tracking(String company, String number, String url) {}

    record ShippedConnection(List<ShippedOrder> nodes, Wire.PageInfo pageInfo) {}

    record ShippedOrders(ShippedConnection orders) {}

    record OrderShipments(ShippedOrder order) {}

    record DeliveryProfiles(ProfileConnection deliveryProfiles) {}

    record ProfileConnection(List<Profile> nodes, Wire.PageInfo pageInfo) {}

    record Profile(List<LocationGroup> profileLocationGroups) {}

    record LocationGroup(ZoneConnection locationGroupZones) {}

    record ZoneConnection(List<Zone> nodes, Wire.PageInfo pageInfo) {}

    record Zone(MethodConnection methodDefinitions) {}

    record MethodConnection(List<Method> nodes, Wire.PageInfo pageInfo) {}

    record Method(String name, boolean active) {}

    record OrderConnection(List<ShopOrder> nodes, Wire.PageInfo pageInfo) {}

    record OrderById(ShopOrder order) {}

    record OrdersByIdentity(ShopOrder byCustomId, OrderConnection bySource) {}

    record OrdersPage(OrderConnection orders) {}

    record OrderPayload(ShopOrder order, List<Wire.UserError> userErrors) {}

    record OrderCreated(OrderPayload orderCreate) {}

    record MarkedAsPaid(OrderPayload orderMarkAsPaid) {}

    record RefundCreated(RefundPayload refundCreate) {}

    record RefundPayload(Wire.Id refund, List<Wire.UserError> userErrors) {}

    record FulfillmentCancelled(FulfillmentPayload fulfillmentCancel) {}

    record FulfillmentPayload(Fulfillment fulfillment, List<Wire.UserError> userErrors) {}

    record OrderCancelled(CancelPayload orderCancel) {}

    record CancelPayload(Wire.Id job, List<Wire.UserError> orderCancelUserErrors) {}

    record JobStatus(Job job) {}

    record Job(String id, boolean done) {}
}
