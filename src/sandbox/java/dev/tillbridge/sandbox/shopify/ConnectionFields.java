package dev.tillbridge.sandbox.shopify;

import java.util.List;

/** Pages, edges and pageInfo, the same for every connection. */
final class ConnectionFields {

    static final List<String> NODES = List.of("Location", "InventoryLevel", "InventoryItem", "Product", "ProductVariant",
            "Collection",
            "Metafield", "MetafieldDefinition", "Order", "LineItem", "ShippingLine", "OrderTransaction", "RefundLineItem",
            "FulfillmentLineItem", "FulfillmentOrder", "FulfillmentOrderLineItem", "BulkOperation", "DeliveryProfile",
            "WebhookSubscription",
            "DeliveryLocationGroupZone", "DeliveryMethodDefinition");

    private ConnectionFields() {}

    static void add(FieldTable table) {
        for (String node : NODES) {
            table.type(node + "Connection", Page.class).plain("nodes", Page::rows).plain("edges", Page::edges)
                    .plain("pageInfo", page -> page);
            table.type(node + "Edge", Page.Edge.class).plain("node", Page.Edge::node)
                    .plain("cursor", edge -> edge.cursor().text());
        }
        table.type("PageInfo", Page.class).plain("hasNextPage", Page::hasNext).plain("hasPreviousPage", Page::hasPrevious)
                .plain("startCursor", Page::startCursor).plain("endCursor", Page::endCursor);
    }
}
