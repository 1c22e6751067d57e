package dev.tillbridge.sandbox.clover;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonGenerator;

/** Writes payments, refunds and credits. Clover: docs.clover.com/dev/reference/paygetpayments and its neighbours. */
final class MoneyJson {

    private MoneyJson() {}

    static void payment(JsonGenerator out, Payment payment, Expansion expand) throws IOException {
        Merchant merchant = payment.order.merchant;
        out.writeStartObject();
        out.writeStringField("id", payment.id);
        SaleJson.reference(out, "order", payment.order.id);
        SaleJson.reference(out, "device", payment.device);
        if (expand.has("tender")) {
            SaleJson.reference(out, "tender", merchant.collection("tenders"), payment.tender, "editable", "labelKey", "label",
                    "opensCashDrawer", "enabled", "visible");
        } else {
            SaleJson.reference(out, "tender", payment.tender);
        }
        out.writeNumberField("amount", payment.amount);
        out.writeNumberField("tipAmount", payment.tip);
        out.writeNumberField("taxAmount", payment.tax);
        out.writeNumberField("cashbackAmount", 0);
        if (payment.cash) {
            out.writeNumberField("cashTendered", payment.amount + payment.tip);
        }
        employee(out, merchant, payment.employee, expand);
        out.writeNumberField("createdTime", payment.createdTime);
        out.writeNumberField("clientCreatedTime", payment.clientCreatedTime);
        out.writeNumberField("modifiedTime", payment.modifiedTime);
        out.writeBooleanField("offline", false);
        out.writeStringField("result", payment.result);
        SaleJson.text(out, "voidReason", payment.voidReason);
        if (expand.has("refunds")) {
            SaleJson.expanded(out, "refunds",
                    payment.order.refunds.stream().filter(refund -> refund.payment == payment).toList(),
                    (to, refund) -> refund(to, refund, expand.below("refunds")));
        }
        out.writeEndObject();
    }

    static void refund(JsonGenerator out, Refund refund, Expansion expand) throws IOException {
        Order order = refund.payment.order;
        out.writeStartObject();
        out.writeStringField("id", refund.id);
        SaleJson.reference(out, "orderRef", order.id);
        SaleJson.reference(out, "device", refund.payment.device);
        out.writeNumberField("amount", refund.amount);
        out.writeNumberField("taxAmount", refund.tax);
        out.writeNumberField("tipAmount", refund.tip);
        out.writeNumberField("createdTime", refund.createdTime);
        out.writeNumberField("clientCreatedTime", refund.clientCreatedTime);
        if (expand.has("payment")) {
            out.writeFieldName("payment");
            payment(out, refund.payment, expand.below("payment"));
        } else {
            SaleJson.reference(out, "payment", refund.payment.id);
        }
        employee(out, order.merchant, refund.payment.employee, expand);
        if (!refund.lines.isEmpty()) {
            SaleJson.expanded(out, "lineItems", refund.lines, (to, line) -> {
                to.writeStartObject();
                to.writeStringField("id", line);
                to.writeEndObject();
            });
        }
        out.writeBooleanField("voided", false);
        out.writeStringField("status", "SUCCESS");
        out.writeEndObject();
    }

    static void credit(JsonGenerator out, Credit credit, Expansion expand) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", credit.id);
        SaleJson.reference(out, "orderRef", credit.order == null ? null : credit.order.id);
        SaleJson.reference(out, "device", credit.device);
        SaleJson.reference(out, "tender", credit.tender);
        SaleJson.reference(out, "employee", credit.employee);
        out.writeNumberField("amount", credit.amount);
        out.writeNumberField("taxAmount", 0);
        out.writeNumberField("createdTime", credit.createdTime);
        out.writeNumberField("clientCreatedTime", credit.clientCreatedTime);
        out.writeBooleanField("voided", false);
        out.writeEndObject();
    }

    static void employee(JsonGenerator out, Merchant merchant, String id, Expansion expand) throws IOException {
        if (expand.has("employee")) {
            SaleJson.reference(out, "employee", merchant.collection("employees"), id, "name", "role");
        } else {
            SaleJson.reference(out, "employee", id);
        }
    }
}
