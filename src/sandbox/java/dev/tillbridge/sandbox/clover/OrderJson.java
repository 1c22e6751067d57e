package dev.tillbridge.sandbox.clover;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.core.JsonGenerator;

/** Writes orders. Clover: docs.clover.com/dev/reference/ordergetorders, com.clover.sdk.v3.order.Order. */
final class OrderJson {

    private OrderJson() {}

    static void order(JsonGenerator out, String href, Order order, Expansion expand) throws IOException {
        out.writeStartObject();
        out.writeStringField("href", href);
        out.writeStringField("id", order.id);
        out.writeStringField("currency", order.currency);
        MoneyJson.employee(out, order.merchant, order.employee, expand);
        SaleJson.number(out, "total", order.total);
        SaleJson.text(out, "externalReferenceId", order.externalReferenceId);
        SaleJson.text(out, "paymentState", order.paymentState());
        SaleJson.text(out, "title", order.title);
        SaleJson.text(out, "note", order.note);
        if (expand.has("orderType")) {
            SaleJson.reference(out, "orderType", order.merchant.collection("order_types"), order.orderType, "label", "taxable",
                    "isDefault", "isHidden", "isDeleted");
        } else {
            SaleJson.reference(out, "orderType", order.orderType);
        }
        out.writeBooleanField("taxRemoved", order.taxRemoved);
        out.writeBooleanField("isVat", order.isVat);
        SaleJson.text(out, "state", order.state);
        out.writeBooleanField("manualTransaction", order.manualTransaction);
        out.writeBooleanField("groupLineItems", order.groupLineItems);
        out.writeBooleanField("testMode", order.testMode);
        SaleJson.text(out, "payType", order.payType);
        out.writeNumberField("createdTime", order.createdTime);
        out.writeNumberField("clientCreatedTime", order.clientCreatedTime);
        out.writeNumberField("modifiedTime", order.modifiedTime);
        if (order.deleted()) {
            out.writeNumberField("deletedTimestamp", order.deletedTime);
        }
        SaleJson.reference(out, "device", order.device);
        money(out, order, expand);
        goods(out, order, expand);
        out.writeEndObject();
    }

    private static void money(JsonGenerator out, Order order, Expansion expand) throws IOException {
        // The reference writes payment.tender, the field is called payments.
        Expansion ofPayments = expand.has("payments") ? expand.below("payments") : expand.below("payment");
        if (expand.has("payments") || expand.has("payment")) {
            payments(out, "payments", order.payments, ofPayments);
        }
        if (expand.has("voids")) {
            payments(out, "voids", order.payments.stream().filter(payment -> payment.result.equals("VOIDED")).toList(),
                    expand.below("voids"));
        }
        if (expand.has("refunds")) {
            SaleJson.expanded(out, "refunds", order.refunds,
                    (to, refund) -> MoneyJson.refund(to, refund, expand.below("refunds")));
        }
        if (expand.has("credits")) {
            SaleJson.expanded(out, "credits", order.credits,
                    (to, credit) -> MoneyJson.credit(to, credit, expand.below("credits")));
        }
    }

    private static void payments(JsonGenerator out, String name, List<Payment> payments, Expansion expand) throws IOException {
        SaleJson.expanded(out, name, payments, (to, payment) -> MoneyJson.payment(to, payment, expand));
    }

    private static void goods(JsonGenerator out, Order order, Expansion expand) throws IOException {
        if (expand.has("lineItems")) {
            SaleJson.expanded(out, "lineItems", order.lines,
                    (to, line) -> LineJson.line(to, order, line, expand.below("lineItems")));
        }
        if (expand.has("discounts")) {
            SaleJson.expanded(out, "discounts", order.discounts,
                    (to, discount) -> LineJson.discount(to, discount, "orderRef", order.id));
        }
        if (expand.has("serviceCharge") && order.serviceCharge != null) {
            out.writeObjectFieldStart("serviceCharge");
            out.writeStringField("id", order.serviceCharge.id());
            out.writeStringField("name", order.serviceCharge.name());
            out.writeBooleanField("enabled", true);
            out.writeNumberField("percentageDecimal", order.serviceCharge.percentageDecimal());
            out.writeEndObject();
        }
        if (expand.has("customers")) {
            SaleJson.expanded(out, "customers", order.customers, (to, id) -> {
                to.writeStartObject();
                to.writeStringField("id", id);
                to.writeEndObject();
            });
        }
    }
}
