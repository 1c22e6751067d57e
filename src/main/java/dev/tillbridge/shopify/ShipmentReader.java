package dev.tillbridge.shopify;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.shipment.Shipment;
import dev.tillbridge.shipment.ShippedOrder;
import dev.tillbridge.shipment.ShippedPage;

/** Reads what was sent of orders: of those changed since a time, or of one. */
@Singleton
class ShipmentReader {

    /** As many as the list's document selects: who has so many may have more. */
    private static final int LISTED_SHIPMENTS = 5;
    private static final int LISTED_PARCELS = 2;
    /** Nothing was sent: the request to whoever sends it failed (schema: FulfillmentStatus). */
    private static final Set<String> NOT_SENT = Set.of("ERROR", "FAILURE");

    private final ShopifyCalls calls;

    ShipmentReader(ShopifyCalls calls) {
        this.calls = calls;
    }

    /** Pages deeper than Shopify goes start anew at the last order's second; what was seen of it comes once more. */
    Multi<ShippedPage> since(ShopConnection shop, Instant since) {
        return Multi.createFrom().deferred(() -> {
            var cursor = new PageCursor(PageCursor.since("updated_at", since));
            return Multi.createBy().repeating().uni(() -> cursor, state -> page(shop, state)).whilst(page -> cursor.more());
        });
    }

    /** Null where the order is gone or too old to be seen. */
    Uni<ShippedOrder> order(ShopConnection shop, String orderId) {
        return Uni.createFrom().deferred(() -> calls.call(shop, ShopifyOperation.ORDER_SHIPMENTS,
                Map.of("id", Gid.of("Order", orderId)), Priority.CATALOGUE))
                .map(answer -> answer.as(OrderWire.OrderShipments.class, ShopifyOperation.ORDER_SHIPMENTS).order())
                .onItem().ifNotNull()
                .transform(order -> mapped(order, ShopifyOperation.ORDER_SHIPMENTS, true))
                .onFailure(failure -> ConnectorException.rejectedAs(failure, "order-too-old")).recoverWithNull();
    }

    private Uni<ShippedPage> page(ShopConnection shop, PageCursor cursor) {
        return calls.call(shop, ShopifyOperation.ORDERS_SHIPPED_SINCE, cursor.variables(), Priority.CATALOGUE)
                .map(answer -> page(answer, cursor))
                .onFailure(failure -> ConnectorException.rejectedAs(failure, "max-cost-exceeded") && cursor.shrink())
                .recoverWithUni(() -> page(shop, cursor));
    }

    private static ShippedPage page(GraphqlAnswer answer, PageCursor cursor) {
        var page = answer.as(OrderWire.ShippedOrders.class, ShopifyOperation.ORDERS_SHIPPED_SINCE).orders();
        if (page == null || page.nodes() == null || page.pageInfo() == null) {
            throw ShopifyFailures.invalid(ShopifyOperation.ORDERS_SHIPPED_SINCE);
        }
        var orders = page.nodes().stream()
                .map(order -> mapped(order, ShopifyOperation.ORDERS_SHIPPED_SINCE, notCut(order))).toList();
        cursor.advance(page.pageInfo(), orders.size(), ShopifyOperation.ORDERS_SHIPPED_SINCE);
        if (cursor.tooDeep()) {
            restart(cursor, PageCursor.since("updated_at", orders.get(orders.size() - 1).updatedAt()));
        }
        return new ShippedPage(orders, cursor.startedAt(answer));
    }

    private static void restart(PageCursor cursor, String with) {
        if (cursor.reads(with)) {
            throw new ConnectorException.Rejected("too-many-changes", 200,
                    "More orders were changed in one second than Shopify pages through");
        }
        cursor.restart(with);
    }

    private static boolean notCut(OrderWire.ShippedOrder order) {
        return order.fulfillments() != null && order.fulfillments().size() < LISTED_SHIPMENTS && order.fulfillments().stream()
                .allMatch(each -> each.trackingInfo() != null && each.trackingInfo().size() < LISTED_PARCELS);
    }

    private static ShippedOrder mapped(OrderWire.ShippedOrder order, ShopifyOperation operation, boolean whole) {
        if (order.updatedAt() == null || order.fulfillments() == null) {
            throw ShopifyFailures.invalid(operation);
        }
        var method = order.shippingLines() == null || order.shippingLines().nodes() == null
                ? null
                : order.shippingLines().nodes().stream().map(OrderWire.ShippingLine::title).filter(Objects::nonNull).findFirst()
                        .orElse(null);
        return new ShippedOrder(Gid.number("Order", order.id()), order.updatedAt(), order.cancelledAt() != null, method,
                order.fulfillments().stream().filter(each -> !NOT_SENT.contains(each.status())).map(ShipmentReader::mapped)
                        .sorted(Comparator.comparing(Shipment::createdAt).thenComparing(shipment -> shipment.id().length())
                                .thenComparing(Shipment::id))
                        .toList(),
                whole);
    }

    private static Shipment mapped(OrderWire.Shipment shipment) {
        var parcels = shipment.trackingInfo() == null ? List.<OrderWire.Tracking>of() : shipment.trackingInfo();
        return new Shipment(Gid.number("Fulfillment", shipment.id()), shipment.name(), "CANCELLED".equals(shipment.status()),
                shipment.createdAt(), parcels.stream()
                        .map(parcel -> new Shipment.Parcel(said(parcel.company()), said(parcel.number()), said(parcel.url())))
                        .filter(parcel -> parcel.carrier() != null || parcel.number() != null || parcel.link() != null)
                        .toList());
    }

    private static String said(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
