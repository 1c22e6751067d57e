package dev.tillbridge.sandbox.clover;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonGenerator;

/** Writes the lines of an order. Clover: docs.clover.com/dev/reference/ordergetlineitems, com.clover.sdk.v3.order.LineItem. */
final class LineJson {

    private LineJson() {}

    static void line(JsonGenerator out, Order order, OrderLine line, Expansion expand) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", line.id);
        SaleJson.reference(out, "orderRef", order.id);
        if (line.item != null) {
            SaleJson.reference(out, "item", line.item.id);
        }
        out.writeStringField("name", line.name);
        out.writeNumberField("price", line.price);
        SaleJson.number(out, "unitQty", line.unitQty);
        if (line.item != null) {
            if (line.unitQty != null) {
                SaleJson.text(out, "unitName", line.item.unitName);
            }
            // The barcode, or the item's own id: both were seen (facts, section 4).
            out.writeStringField("itemCode", line.item.code == null ? line.item.id : line.item.code);
        }
        SaleJson.text(out, "note", line.note);
        out.writeBooleanField("printed", false);
        out.writeNumberField("createdTime", line.createdTime);
        out.writeNumberField("orderClientCreatedTime", order.clientCreatedTime);
        out.writeBooleanField("exchanged", line.exchanged);
        out.writeBooleanField("refunded", line.refunded);
        SaleJson.reference(out, "refund", line.refund);
        out.writeBooleanField("isRevenue", line.item == null || line.item.isRevenue);
        out.writeBooleanField("isOrderFee", line.fee);
        if (expand.has("discounts") && !line.discounts.isEmpty()) {
            SaleJson.expanded(out, "discounts", line.discounts,
                    (to, discount) -> discount(to, discount, "lineItemRef", line.id));
        }
        if (expand.has("modifications") && !line.modifications.isEmpty()) {
            SaleJson.expanded(out, "modifications", line.modifications, (to, modification) -> {
                to.writeStartObject();
                to.writeStringField("id", modification.id());
                SaleJson.reference(to, "lineItemRef", line.id);
                to.writeStringField("name", modification.name());
                to.writeNumberField("amount", modification.amount());
                to.writeEndObject();
            });
        }
        if (expand.has("taxRates") && !line.taxRates.isEmpty()) {
            SaleJson.expanded(out, "taxRates", line.taxRates, (to, tax) -> tax(to, line, tax));
        }
        out.writeEndObject();
    }

    private static void tax(JsonGenerator out, OrderLine line, OrderLine.Tax tax) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", tax.id());
        SaleJson.reference(out, "lineItemRef", line.id);
        out.writeStringField("name", tax.name());
        out.writeNumberField("rate", tax.rate());
        out.writeBooleanField("isDefault", false);
        SaleJson.number(out, "taxAmount", tax.flat());
        out.writeEndObject();
    }

    /** @param reference name of what it belongs to: orderRef or lineItemRef */
    static void discount(JsonGenerator out, Discount discount, String reference, String id) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", discount.id());
        SaleJson.reference(out, reference, id);
        out.writeStringField("name", discount.name());
        SaleJson.number(out, "percentage", discount.percentage());
        SaleJson.number(out, "amount", discount.amount());
        out.writeEndObject();
    }
}
