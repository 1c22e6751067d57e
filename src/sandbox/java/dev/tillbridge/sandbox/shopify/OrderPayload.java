package dev.tillbridge.sandbox.shopify;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Orders and what belongs to them, of the topics {@code orders/…}, {@code fulfillments/…}, {@code refunds/create} …. */
final class OrderPayload {

    private final ZoneId zone;

    OrderPayload(ZoneId zone) {
        this.zone = zone;
    }

    Map<String, Object> of(OrderRow row) {
        OrderTotals totals = row.totals();
        Map<String, Object> order = ShopPayloads.object("id", OrderBook.ORDERS.id(row.slot), "admin_graphql_api_id", row.gid(),
                "app_id", row.appName.equals("Tillbridge") ? Long.parseLong(OrderFields.APP) : 580_111, "cancel_reason",
                lower(row.cancelReason), "cancelled_at", time(row.cancelledAt), "closed_at", time(row.closedAt),
                "confirmed", true, "contact_email", row.email, "created_at", time(row.createdAt), "currency", row.currency,
                "email", row.email, "financial_status", lower(row.financialStatus()), "fulfillment_status",
                fulfillmentStatus(row), "name", row.name, "note", row.note, "number", row.number - 1_000, "order_number",
                row.number, "phone", row.phone, "po_number", row.poNumber, "presentment_currency",
                row.presentmentCurrency, "processed_at", time(row.processedAt), "source_identifier", row.sourceIdentifier,
                "source_name", row.sourceName, "source_url", row.sourceUrl, "tags", String.join(", ", row.tags),
                "taxes_included", row.taxesIncluded, "test", row.test, "updated_at", time(row.updatedAt));
        order.put("subtotal_price", money(totals.subtotal()));
        order.put("current_subtotal_price", money(totals.currentSubtotal()));
        order.put("total_tax", money(totals.tax()));
        order.put("current_total_tax", money(totals.currentTax()));
        order.put("total_discounts", money(totals.discounts()));
        order.put("current_total_discounts", money(totals.currentDiscounts()));
        order.put("total_price", money(totals.total()));
        order.put("current_total_price", money(totals.currentTotal()));
        order.put("total_outstanding", money(totals.outstanding()));
        order.put("discount_codes", row.discountCode == null
                ? List.of()
                : List.of(ShopPayloads.object("code", row.discountCode, "amount", money(totals.discounts()))));
        order.put("note_attributes", row.attributes.stream()
                .map(each -> ShopPayloads.object("name", each.key(), "value", each.value())).toList());
        order.put("payment_gateway_names",
                row.transactions.stream().map(TransactionRow::gateway).filter(Objects::nonNull).distinct().toList());
        order.put("tax_lines", taxes(row.taxes));
        order.put("customer", row.customer == null
                ? null
                : ShopPayloads.object("id", row.customer.id(), "email", row.email, "first_name", row.customer.firstName(),
                        "last_name", row.customer.lastName(), "admin_graphql_api_id",
                        Gid.of("Customer", row.customer.id())));
        order.put("fulfillments", row.fulfillments.stream().map(this::fulfillment).toList());
        order.put("line_items", row.lines.stream().map(line -> line(line, line.quantity)).toList());
        order.put("refunds", row.refunds.stream().map(this::refund).toList());
        order.put("shipping_lines", row.shippingLines.stream().map(OrderPayload::shipping).toList());
        return order;
    }

    Map<String, Object> fulfillment(FulfillmentRow row) {
        List<FulfillmentRow.Tracking> tracking = row.tracking;
        return ShopPayloads.object("id", row.id, "order_id", OrderBook.ORDERS.id(row.order.slot), "status",
                row.cancelled ? "cancelled" : "success", "created_at", time(row.createdAt), "service", "manual", "updated_at",
                time(row.updatedAt), "tracking_company", tracking.isEmpty() ? null : tracking.get(0).company(),
                "shipment_status", null, "location_id", Catalogue.LOCATIONS.id(row.location.slot), "email", row.order.email,
                "tracking_number", tracking.isEmpty() ? null : tracking.get(0).number(), "tracking_numbers",
                tracking.stream().map(FulfillmentRow.Tracking::number).filter(Objects::nonNull).toList(), "tracking_url",
                tracking.isEmpty() ? null : tracking.get(0).url(), "tracking_urls",
                tracking.stream().map(FulfillmentRow.Tracking::url).filter(Objects::nonNull).toList(), "receipt", Map.of(),
                "name", row.name, "admin_graphql_api_id", row.gid(), "line_items",
                row.parts.stream().map(part -> line(part.line(), part.quantity())).toList());
    }

    Map<String, Object> refund(RefundRow row) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (RefundRow.Line each : row.lines()) {
            lines.add(ShopPayloads.object("id", each.id(), "line_item_id", each.line().id, "location_id",
                    each.location() == null ? null : Catalogue.LOCATIONS.id(each.location().slot), "quantity",
                    each.quantity(), "restock_type", lower(each.restockType()), "subtotal",
                    money(each.line().net(each.quantity())), "total_tax", money(each.line().tax(each.quantity())),
                    "line_item", line(each.line(), each.line().quantity)));
        }
        return ShopPayloads.object("id", row.id(), "admin_graphql_api_id", Gid.of("Refund", row.id()), "order_id",
                OrderBook.ORDERS.id(row.order().slot), "created_at", time(row.createdAt()), "note", row.note(), "user_id", null,
                "processed_at", time(row.processedAt()), "restock",
                row.lines().stream().anyMatch(each -> each.location() != null), "transactions",
                row.transactions().stream().map(each -> transaction(row.order(), each)).toList(), "refund_line_items", lines);
    }

    Map<String, Object> transaction(OrderRow order, TransactionRow row) {
        return ShopPayloads.object("id", row.id(), "order_id", OrderBook.ORDERS.id(order.slot), "kind", lower(row.kind()),
                "gateway", row.gateway(), "status", lower(row.status()), "message", null, "created_at",
                time(row.createdAt()), "test", row.test(), "authorization", null, "location_id", null, "user_id", null,
                "parent_id", row.parent() == null ? null : row.parent().id(), "processed_at", time(row.processedAt()),
                "amount", money(row.amount()), "currency", row.currency(), "admin_graphql_api_id", row.gid());
    }

    private static Map<String, Object> line(LineRow row, int quantity) {
        VariantRow variant = row.liveVariant();
        return ShopPayloads.object("id", row.id, "admin_graphql_api_id", row.gid(), "current_quantity", row.current(),
                "fulfillable_quantity", row.unfulfilled(), "fulfillment_service", "manual", "fulfillment_status",
                row.fulfilled == 0 ? null : row.unfulfilled() == 0 ? "fulfilled" : "partial", "gift_card", false, "name",
                row.variantTitle == null ? row.title : row.title + " - " + row.variantTitle, "price",
                Amounts.text(row.unitPrice), "product_exists", variant != null, "product_id",
                variant == null ? null : Catalogue.PRODUCTS.id(variant.product.slot), "properties",
                row.properties.stream().map(each -> ShopPayloads.object("name", each.key(), "value", each.value())).toList(),
                "quantity", quantity, "requires_shipping", row.requiresShipping, "sku", row.sku, "taxable", row.taxable,
                "title", row.title, "total_discount", money(row.discount), "variant_id",
                variant == null ? null : Catalogue.VARIANTS.id(variant.slot), "variant_title", row.variantTitle, "tax_lines",
                taxes(row.taxes));
    }

    private static Map<String, Object> shipping(ShippingRow row) {
        return ShopPayloads.object("id", row.id(), "code", row.code(), "discounted_price",
                money(row.price().subtract(row.discount())), "price", money(row.price()), "source", row.source(), "title",
                row.title(), "tax_lines", taxes(row.taxes()));
    }

    private static List<Map<String, Object>> taxes(List<TaxRow> taxes) {
        return taxes.stream()
                .map(tax -> ShopPayloads.object("title", tax.title(), "price", money(tax.amount()), "rate", tax.rate()))
                .toList();
    }

    /** Null where nothing is sent. */
    private static String fulfillmentStatus(OrderRow row) {
        return switch (row.fulfillmentStatus()) {
            case "UNFULFILLED" -> null;
            case "PARTIALLY_FULFILLED" -> "partial";
            default -> lower(row.fulfillmentStatus());
        };
    }

    private String time(long millis) {
        return ShopPayloads.time(millis, zone);
    }

    private static String money(BigDecimal amount) {
        return Amounts.cents(amount).toPlainString();
    }

    private static String lower(String word) {
        return word == null ? null : word.toLowerCase(Locale.ROOT);
    }
}
