package dev.tillbridge.sandbox.shopify;

import java.util.List;
import java.util.Map;

/** Fulfilments and fulfilment orders. */
final class FulfillmentFields {

    private FulfillmentFields() {}

    static void add(FieldTable table) {
        table.type("Fulfillment", FulfillmentRow.class).plain("id", FulfillmentRow::gid)
                .plain("legacyResourceId", row -> Long.toString(row.id)).plain("name", row -> row.name)
                .plain("status", row -> row.cancelled ? "CANCELLED" : "SUCCESS")
                .plain("displayStatus", row -> row.cancelled ? "CANCELED" : "FULFILLED")
                .plain("createdAt", row -> Timestamps.text(row.createdAt))
                .plain("updatedAt", row -> Timestamps.text(row.updatedAt)).plain("location", row -> row.location)
                .plain("order", row -> row.order)
                .plain("totalQuantity", row -> row.parts.stream().mapToInt(FulfillmentRow.Part::quantity).sum())
                .with("trackingInfo", (row, arguments, call) -> OrderFields.first(row.tracking, arguments))
                .plain("fulfillmentLineItems", row -> Listing.byId(row.parts, FulfillmentRow.Part::id));
        table.type("FulfillmentTrackingInfo", FulfillmentRow.Tracking.class)
                .plain("company", FulfillmentRow.Tracking::company).plain("number", FulfillmentRow.Tracking::number)
                .plain("url", FulfillmentRow.Tracking::url);
        table.type("FulfillmentLineItem", FulfillmentRow.Part.class)
                .plain("id", row -> Gid.of("FulfillmentLineItem", row.id())).plain("lineItem", FulfillmentRow.Part::line)
                .plain("quantity", FulfillmentRow.Part::quantity);
        addOrder(table);
    }

    private static void addOrder(FieldTable table) {
        table.type("FulfillmentOrder", FulfillmentOrderRow.class).plain("id", FulfillmentOrderRow::gid)
                .plain("orderId", row -> row.order.gid()).plain("status", row -> row.status)
                .plain("requestStatus", row -> "UNSUBMITTED").plain("createdAt", row -> Timestamps.text(row.createdAt))
                .plain("updatedAt", row -> Timestamps.text(row.updatedAt))
                .plain("supportedActions", row -> row.status.equals("CLOSED")
                        ? List.of()
                        : List.of(Map.of("action", "CREATE_FULFILLMENT"), Map.of("action", "MOVE"), Map.of("action", "HOLD")))
                .plain("assignedLocation", row -> Map.of("name", row.location.name, "location", row.location))
                .plain("lineItems", row -> Listing.byId(row.parts, part -> part.id));
        table.type("FulfillmentOrderLineItem", FulfillmentOrderRow.Part.class)
                .plain("id", part -> Gid.of("FulfillmentOrderLineItem", part.id)).plain("sku", part -> part.line.sku)
                .plain("totalQuantity", part -> part.total).plain("remainingQuantity", part -> part.remaining)
                .plain("inventoryItemId", part -> part.line.liveVariant() == null
                        ? null
                        : Catalogue.ITEMS.gid(part.line.variant.slot))
                .plain("lineItem", part -> part.line).plain("variant", part -> part.line.liveVariant());
    }
}
