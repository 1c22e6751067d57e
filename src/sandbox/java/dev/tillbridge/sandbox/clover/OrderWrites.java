package dev.tillbridge.sandbox.clover;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tillbridge.sandbox.clover.SaleRow.Moment;

/**
 * Writes to orders through the REST API. The client owns the total: nothing is added up here. Neither orders nor lines have an
 * idempotency key. Clover: docs.clover.com/dev/reference/ordercreateorder and its neighbours.
 */
final class OrderWrites {

    private static final int MOST_LINES_AT_ONCE = 100;
    private static final String EXTERNAL = "com.clover.tender.external_payment";

    private final Till till;

    OrderWrites(Till till) {
        this.till = till;
    }

    /** A new order; without a state it stays hidden from lists. */
    Order create(Call call) {
        JsonNode body = call.body();
        check(body);
        SaleBook book = call.merchant().sales;
        long now = book.serverNow();
        Order order = new Order(book.newId(), new Moment(now, body.path("clientCreatedTime").asLong(now)), call.merchant(),
                true);
        order.totalGiven = true;
        order.currency = body.path("currency").asText(order.currency);
        apply(order, body);
        book.arrives(order, 0);
        return order;
    }

    void update(Order order, JsonNode body) {
        check(body);
        apply(order, body);
        till.written(order);
    }

    void delete(Order order) {
        till.delete(order);
    }

    /** {@code {item:{id}}} or {@code {name, price}}. */
    OrderLine addLine(Order order, JsonNode body) {
        OrderLine line = line(order, body);
        order.lines.add(line);
        till.linesChanged(order);
        return line;
    }

    /** {@code {items:[…]}}, all or nothing; each needs its price. */
    List<OrderLine> addLines(Order order, JsonNode body) {
        JsonNode items = body.path("items");
        if (!items.isArray() || items.isEmpty() || items.size() > MOST_LINES_AT_ONCE) {
            throw CloverError.badRequest("items must have 1 to " + MOST_LINES_AT_ONCE + " elements");
        }
        List<OrderLine> lines = new ArrayList<>();
        for (JsonNode each : items) {
            if (!each.path("price").isIntegralNumber()) {
                throw CloverError.badRequest("Invalid line item");
            }
            lines.add(line(order, each));
        }
        order.lines.addAll(lines);
        till.linesChanged(order);
        return lines;
    }

    /** Only with the external tender: cards are refused with a message (facts, section 4). */
    Payment pay(Order order, JsonNode body) {
        ObjectNode tender = order.merchant.collection("tenders").find(body.path("tender").path("id").asText());
        if (tender == null || !tender.path("labelKey").asText().equals(EXTERNAL)) {
            throw CloverError.badRequest("Only custom or external tenders may be used");
        }
        if (!body.path("amount").isIntegralNumber()) {
            throw CloverError.badRequest("Invalid value for 'amount': amount is required");
        }
        SaleBook book = order.merchant.sales;
        Payment payment = new Payment(book.newId(), till.moment(order.merchant, null, book.now()), order,
                tender.get("id").textValue(), body.get("amount").longValue());
        payment.tip = body.path("tipAmount").asLong(0);
        till.payNow(payment);
        payment.tax = body.path("taxAmount").asLong(payment.tax);
        return payment;
    }

    private static OrderLine line(Order order, JsonNode body) {
        JsonNode itemId = body.path("item").path("id");
        Item item = null;
        if (itemId.isTextual()) {
            item = order.merchant.items.get(itemId.textValue());
        } else if (!body.path("name").isTextual() || !body.path("price").isIntegralNumber()) {
            throw CloverError.badRequest("Invalid line item");
        }
        OrderLine line = new OrderLine(order.merchant.sales.newId(), item);
        line.name = body.path("name").asText(item == null ? null : item.name);
        line.price = body.path("price").asLong(item == null ? 0 : item.price);
        line.unitQty = body.path("unitQty").isIntegralNumber() ? Long.valueOf(body.get("unitQty").longValue()) : null;
        line.note = body.path("note").textValue();
        line.createdTime = order.merchant.sales.serverNow();
        return line;
    }

    /** Before anything is changed. Lengths of com.clover.sdk.v3.order.Order. */
    private static void check(JsonNode body) {
        text(body, "title", 127);
        text(body, "note", 2_047);
        text(body, "state", 31);
        text(body, "payType", 127);
        String reference = body.path("externalReferenceId").asText("");
        if (!reference.matches("[A-Za-z0-9]{0,12}")) {
            throw CloverError.badRequest("Invoice ID cannot exceed 12 characters");
        }
        if (body.hasNonNull("total") && !body.get("total").isIntegralNumber()) {
            throw CloverError.badRequest("Invalid value for 'total'");
        }
    }

    private static void text(JsonNode body, String field, int longest) {
        JsonNode value = body.path(field);
        if (!value.isMissingNode() && !value.isNull() && (!value.isTextual() || value.textValue().length() > longest)) {
            throw CloverError.badRequest(
                    "Invalid value for '" + field + "': a text of at most " + longest + " characters");
        }
    }

    /** Takes the fields that are there. paymentState cannot be set; unknown fields are ignored. */
    private static void apply(Order order, JsonNode body) {
        order.title = optional(body, "title", order.title);
        order.note = optional(body, "note", order.note);
        order.state = optional(body, "state", order.state);
        order.payType = optional(body, "payType", order.payType);
        order.externalReferenceId = optional(body, "externalReferenceId", order.externalReferenceId);
        if (body.hasNonNull("total")) {
            order.total = body.get("total").longValue();
            order.totalGiven = true;
        }
        order.testMode = body.path("testMode").asBoolean(order.testMode);
        order.taxRemoved = body.path("taxRemoved").asBoolean(order.taxRemoved);
        order.manualTransaction = body.path("manualTransaction").asBoolean(order.manualTransaction);
        order.groupLineItems = body.path("groupLineItems").asBoolean(order.groupLineItems);
        order.employee = body.path("employee").path("id").asText(order.employee);
        order.orderType = body.path("orderType").path("id").asText(order.orderType);
        JsonNode customers = body.path("customers").isObject()
                ? body.get("customers").path("elements")
                : body.path("customers");
        if (customers.isArray()) {
            order.customers.clear();
            customers.forEach(customer -> order.customers.add(customer.path("id").asText()));
        }
    }

    private static String optional(JsonNode body, String field, String present) {
        return body.has(field) ? body.get(field).textValue() : present;
    }
}
