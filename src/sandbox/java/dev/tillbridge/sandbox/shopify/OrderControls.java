package dev.tillbridge.sandbox.shopify;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sandbox.control.BadControlInput;
import dev.tillbridge.sandbox.control.ControlRequest;
import dev.tillbridge.sandbox.control.ControlRoutes;

/** What buyers and the shop's people do with orders, through {@code /_sandbox/shopify/orders} and {@code …/fulfillments}. */
final class OrderControls {

    private OrderControls() {}

    static void add(ShopifyControls controls, ControlRoutes routes) {
        controls.add(routes, "POST", "/shopify/orders",
                "A sale of the web shop: takes stock as checkout does, at locationId or wherever it is. Lines that are short are"
                        + " refused, unless \"oversell\". The answer says what was sold; orderId is null if nothing was.",
                "{\"lines\": [{\"sku\": \"TB-000001\", \"quantity\": 2, \"price\": \"4.50\"}], \"paid\": true,"
                        + " \"sourceName\": \"web\", \"locationId\": null, \"oversell\": false}",
                OrderControls::sell);
        controls.add(routes, "POST", "/shopify/orders/:id",
                "Changes an order by hand: its time of creation, \"cancel\" (with \"restock\", \"refund\"), \"delete\", note. The id"
                        + " is the number in the order's gid.",
                "{\"createdAt\": \"2026-01-01T00:00:00Z\", \"note\": \"x\", \"cancel\": true, \"restock\": false, \"refund\": false,"
                        + " \"delete\": false}",
                OrderControls::change);
        controls.add(routes, "POST", "/shopify/fulfillments",
                "Sends everything that is open of an order, or changes the tracking of a fulfilment, or cancels it.",
                "{\"orderId\": \"gid://shopify/Order/1\", \"fulfillmentId\": null, \"company\": \"UPS\", \"number\": \"1Z\","
                        + " \"url\": \"https://…\", \"notify\": true, \"cancel\": false}",
                OrderControls::fulfil);
        controls.add(routes, "DELETE", "/shopify/definitions/:namespace/:key",
                "Deletes the definition of an order's metafield; its values stay, but orders are no longer found by them.", "",
                (request, shop) -> Map.of("deleted", shop.book().metafields().undefine("ORDER",
                        MetafieldFields.namespace(request.path().get("namespace")), request.path().get("key"))));
    }

    private static Object sell(ControlRequest request, Shop shop) {
        request.only("shop", "lines", "paid", "sourceName", "locationId", "oversell");
        ShopifyBook book = shop.book();
        LocationRow only = request.has("locationId")
                ? ShopifyControls.found(() -> book.location(request.text("locationId")))
                : null;
        List<Map<String, Object>> sold = new ArrayList<>();
        List<Map<String, Object>> refused = new ArrayList<>();
        OrderRow order = book.orders().begin(null, shop.profile().currency(), shop.profile().taxesIncluded());
        for (JsonNode each : request.body().path("lines")) {
            LineRow line = line(each, order, book);
            boolean tracked = OrderStock.tracked(line.variant);
            if (tracked && !request.flag("oversell", false) && !line.variant.continueSelling
                    && book.orderStock().enough(line.variant, line.quantity, only) == null) {
                refused.add(told(line));
            } else {
                book.orderStock().commit(line, only);
                order.lines.add(line);
                sold.add(told(line));
            }
        }
        if (sold.isEmpty() && refused.isEmpty()) {
            throw new BadControlInput("Give \"lines\", at least one.");
        }
        if (!sold.isEmpty()) {
            finish(order, request, only, shop);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("orderId", sold.isEmpty() ? null : order.gid());
        answer.put("name", sold.isEmpty() ? null : order.name);
        answer.put("sold", sold);
        answer.put("refused", refused);
        return answer;
    }

    private static LineRow line(JsonNode given, OrderRow order, ShopifyBook book) {
        VariantRow variant = given.hasNonNull("variantId")
                ? book.catalogue().variant(given.get("variantId").asText())
                        .orElseThrow(
                                () -> new BadControlInput("There is no variant \"" + given.get("variantId").asText() + "\"."))
                : ShopifyControls.found(() -> book.bySku(given.path("sku").asText())).get(0);
        int quantity = given.path("quantity").asInt(1);
        if (quantity < 1) {
            throw new BadControlInput("\"quantity\" must be 1 or more.");
        }
        BigDecimal price = given.hasNonNull("price")
                ? ShopifyControls.amount(given.get("price"), Currency.getInstance(order.currency).getDefaultFractionDigits())
                : variant.price;
        return new LineRow(book.orders().nextPart(), order.currency,
                new LineRow.Text(variant.product.title, variant.title, variant.sku), new LineRow.Sold(variant, quantity, price),
                variant.taxable, variant.requiresShipping, List.of(), List.of());
    }

    private static void finish(OrderRow order, ControlRequest request, LocationRow only, Shop shop) {
        order.sourceName = request.text("sourceName", "web");
        order.appName = "Online Store";
        if (request.flag("paid", true)) {
            order.transactions.add(new TransactionRow(shop.book().orders().nextPart(), "SALE", "SUCCESS", "shopify_payments",
                    order.totals().total(), order.currency, shop.now(), shop.now(), false, null));
        } else {
            order.givenFinancial = "PENDING";
        }
        LocationRow from = order.lines.stream().map(line -> line.takenFrom).filter(Objects::nonNull).findFirst()
                .orElseGet(() -> only == null ? shop.book().location(null) : only);
        new Shipments(shop.book()).open(order, from);
        shop.book().orders().add(order);
    }

    private static Map<String, Object> told(LineRow line) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("sku", line.sku);
        told.put("variantId", Catalogue.VARIANTS.gid(line.variant.slot));
        told.put("quantity", line.quantity);
        told.put("locationId", line.takenFrom == null ? null : Catalogue.LOCATIONS.gid(line.takenFrom.slot));
        return told;
    }

    private static Object change(ControlRequest request, Shop shop) {
        request.only("shop", "createdAt", "note", "cancel", "restock", "refund", "delete");
        OrderRow order = order(request.path().get("id"), shop);
        if (request.has("createdAt")) {
            long at = time(request.text("createdAt"));
            shop.book().orders().change(order, () -> {
                order.createdAt = at;
                order.processedAt = Math.min(order.processedAt, at);
            });
        }
        if (request.has("note")) {
            shop.book().orders().change(order, () -> order.note = request.text("note"));
        }
        if (request.flag("cancel", false) && !order.cancelled()) {
            OrderMutations.cancel(order, "STAFF", request.flag("restock", false), request.flag("refund", false), shop.book());
        }
        boolean delete = request.flag("delete", false);
        if (delete) {
            shop.book().delete(order);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("orderId", order.gid());
        answer.put("cancelled", order.cancelled());
        answer.put("deleted", delete);
        return answer;
    }

    private static Object fulfil(ControlRequest request, Shop shop) {
        request.only("shop", "orderId", "fulfillmentId", "company", "number", "url", "notify", "cancel");
        List<FulfillmentRow.Tracking> tracking = new ArrayList<>(1);
        if (request.has("company") || request.has("number") || request.has("url")) {
            tracking.add(new FulfillmentRow.Tracking(request.text("company", null), request.text("number", null),
                    request.text("url", null)));
        }
        FulfillmentRow fulfillment;
        if (request.has("fulfillmentId")) {
            fulfillment = shop.book().orders().fulfillment(request.text("fulfillmentId"))
                    .orElseThrow(() -> new BadControlInput("There is no such fulfillment."));
            if (request.flag("cancel", false) && !fulfillment.cancelled) {
                FulfillmentMutations.cancel(fulfillment, shop.book());
            } else if (!tracking.isEmpty()) {
                FulfillmentMutations.track(fulfillment, tracking, shop.book());
            }
        } else {
            OrderRow order = order(request.text("orderId"), shop);
            if (order.cancelled() || order.lines.stream().noneMatch(line -> line.unfulfilled() > 0)) {
                throw new BadControlInput("Nothing of the order is left to send.");
            }
            shop.book().orders().change(order, () -> new Shipments(shop.book()).sendAll(order, tracking));
            fulfillment = order.fulfillments.get(order.fulfillments.size() - 1);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("fulfillmentId", fulfillment.gid());
        answer.put("orderId", fulfillment.order.gid());
        answer.put("cancelled", fulfillment.cancelled);
        return answer;
    }

    private static OrderRow order(String id, Shop shop) {
        return shop.book().orders().find(id).orElseThrow(() -> new BadControlInput("There is no order \"" + id + "\"."));
    }

    private static long time(String text) {
        try {
            return Timestamps.millis(text);
        } catch (java.time.DateTimeException e) {
            throw new BadControlInput("\"createdAt\" must be a time such as \"2026-01-01T00:00:00Z\".");
        }
    }
}
