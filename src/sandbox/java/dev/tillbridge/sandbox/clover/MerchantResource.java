package dev.tillbridge.sandbox.clover;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.tillbridge.sandbox.http.VendorAnswer;

/**
 * The merchant himself and his properties. The properties hold bank fields, as with Clover: who logs answers gets caught.
 * Clover: docs.clover.com/dev/reference/merchantgetmerchant, …/merchantgetmerchantproperties.
 */
final class MerchantResource implements Resource {

    private static final List<String> LINKED = List.of("tenders", "orders", "payments", "employees");

    private final boolean properties;

    /** @param properties whether it answers {@code properties} rather than the merchant */
    MerchantResource(boolean properties) {
        this.properties = properties;
    }

    @Override
    public String permission() {
        return "MERCHANT";
    }

    @Override
    public String operation(Call call) {
        return call.rest().isEmpty() && call.reads() ? "get" : null;
    }

    @Override
    public void mustExist(Call call) {
        // A merchant that does not exist is found out with the token.
    }

    @Override
    public VendorAnswer answer(Call call) {
        return ItemJson.answer(call, out -> {
            if (properties) {
                properties(out, call.merchant(), call.href());
            } else {
                merchant(out, call);
            }
        });
    }

    private static void merchant(JsonGenerator out, Call call) throws IOException {
        Merchant merchant = call.merchant();
        out.writeStartObject();
        out.writeStringField("href", call.href());
        out.writeStringField("id", merchant.id);
        out.writeStringField("name", merchant.name);
        link(out, "owner", call.href() + "/employees/owner");
        link(out, "address", call.href() + "/address");
        out.writeObjectFieldStart("merchantPlan");
        out.writeStringField("id", "FKNKX0SAATWAG");
        out.writeEndObject();
        out.writeNumberField("createdTime", merchant.createdTime);
        for (String linked : LINKED) {
            link(out, linked, call.href() + "/" + linked);
        }
        if (call.expand().contains("properties")) {
            out.writeFieldName("properties");
            properties(out, merchant, call.href() + "/properties");
        }
        out.writeEndObject();
    }

    private static void properties(JsonGenerator out, Merchant merchant, String href) throws IOException {
        out.writeStartObject();
        out.writeStringField("href", href);
        out.writeStringField("defaultCurrency", merchant.currency);
        out.writeStringField("timezone", merchant.timezone);
        out.writeStringField("locale", "en-US");
        out.writeBooleanField("vat", merchant.vat);
        out.writeBooleanField("trackStock", merchant.trackStock);
        out.writeBooleanField("updateStock", merchant.updateStock);
        out.writeBooleanField("groupLineItems", true);
        out.writeBooleanField("tipsEnabled", true);
        out.writeStringField("abaAccountNumber", "021000021");
        out.writeStringField("ddaAccountNumber", "8675309867530");
        out.writeEndObject();
    }

    private static void link(JsonGenerator out, String name, String href) throws IOException {
        out.writeObjectFieldStart(name);
        out.writeStringField("href", href);
        out.writeEndObject();
    }
}
