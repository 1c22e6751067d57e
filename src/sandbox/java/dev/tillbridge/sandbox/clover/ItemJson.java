package dev.tillbridge.sandbox.clover;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;

import dev.tillbridge.sandbox.http.VendorAnswer;

/** Writes items and stocks straight into the answer: pages of 1,000 need no trees in between. */
final class ItemJson {

    /** Expanded lists are cut here, without a sign. Clover: docs.clover.com/docs/expanding-fields. */
    static final int EXPANDED = 100;

    /** What can be expanded besides itemStock, and the resource that holds it. */
    private static final Map<String, String> JOINED = Map.of("tags", "tags", "categories", "categories", "taxRates",
            "tax_rates", "modifierGroups", "modifier_groups", "options", "options");

    private ItemJson() {}

    /** Writes one body. */
    interface Writer {
        void write(JsonGenerator out) throws IOException;
    }

    static VendorAnswer answer(Call call, Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 10);
        try (JsonGenerator out = call.json().createGenerator(bytes)) {
            writer.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return VendorAnswer.json(200, Buffer.buffer(bytes.toByteArray()));
    }

    /** The envelope: elements and href, no total, no next. Clover: docs.clover.com/docs/paginating-elements. */
    static VendorAnswer list(Call call, String allowedFilters, Writer elements) {
        return answer(call, out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("elements");
            elements.write(out);
            out.writeEndArray();
            out.writeStringField("href", call.listHref());
            out.writeEndObject();
        }).with("X-Clover-Allowed-Filter-Fields", allowedFilters);
    }

    static void item(JsonGenerator out, Merchant merchant, Item item, Set<String> expand) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", item.id);
        out.writeBooleanField("hidden", item.hidden);
        out.writeBooleanField("available", item.available);
        out.writeBooleanField("autoManage", item.autoManage);
        if (item.itemGroup != null) {
            out.writeObjectFieldStart("itemGroup");
            out.writeStringField("id", item.itemGroup);
            out.writeEndObject();
        }
        out.writeStringField("name", item.name);
        text(out, "alternateName", item.alternateName);
        text(out, "code", item.code);
        text(out, "sku", item.sku);
        out.writeNumberField("price", item.price);
        out.writeStringField("priceType", item.priceType);
        out.writeBooleanField("defaultTaxRates", item.defaultTaxRates);
        text(out, "unitName", item.unitName);
        out.writeNumberField("cost", item.cost);
        out.writeBooleanField("isRevenue", item.isRevenue);
        // Deprecated here and often 0 whatever the stock is (facts, section 3).
        out.writeNumberField("stockCount", 0);
        text(out, "colorCode", item.colorCode);
        out.writeNumberField("modifiedTime", item.modifiedTime);
        if (item.deleted()) {
            out.writeBooleanField("deleted", true);
            out.writeNumberField("deletedTime", item.deletedTime);
        }
        for (String name : expand) {
            if (name.equals("itemStock")) {
                out.writeFieldName("itemStock");
                stock(out, item);
            } else if (JOINED.containsKey(name)) {
                joined(out, name, merchant.collection(JOINED.get(name)), item.joined(JOINED.get(name)));
            }
        }
        out.writeEndObject();
    }

    /** {@code {item:{id}, stockCount, quantity, modifiedTime}}; only {@code {item:{id}}} if never set. */
    static void stock(JsonGenerator out, Item item) throws IOException {
        out.writeStartObject();
        out.writeObjectFieldStart("item");
        out.writeStringField("id", item.id);
        out.writeEndObject();
        if (item.quantity != null) {
            out.writeNumberField("stockCount", item.quantity.setScale(0, RoundingMode.HALF_UP).longValue());
            out.writeFieldName("quantity");
            out.writeNumber(item.quantity.toPlainString());
            out.writeNumberField("modifiedTime", item.stockModifiedTime);
        }
        out.writeEndObject();
    }

    private static void joined(JsonGenerator out, String name, ObjectStore store, List<String> ids) throws IOException {
        out.writeObjectFieldStart(name);
        out.writeArrayFieldStart("elements");
        for (String id : ids.subList(0, Math.min(EXPANDED, ids.size()))) {
            ObjectNode other = store.find(id);
            if (other != null) {
                out.writeTree(other);
            }
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void text(JsonGenerator out, String name, String value) throws IOException {
        if (value != null) {
            out.writeStringField(name, value);
        }
    }
}
