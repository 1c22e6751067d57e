package dev.tillbridge.sandbox.clover;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes what the parts of a sale have in common. */
final class SaleJson {

    private SaleJson() {}

    /** Writes one element of a list. */
    interface Element<T> {
        void write(JsonGenerator out, T element) throws IOException;
    }

    /** An expanded list: {@code {"elements":[…]}}, cut at 100 without a sign. Clover: docs.clover.com/docs/expanding-fields. */
    static <T> void expanded(JsonGenerator out, String name, List<T> all, Element<T> element) throws IOException {
        out.writeObjectFieldStart(name);
        out.writeArrayFieldStart("elements");
        for (T each : all.subList(0, Math.min(ItemJson.EXPANDED, all.size()))) {
            element.write(out, each);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    /** {@code "name":{"id":…}}, or nothing where there is no id. */
    static void reference(JsonGenerator out, String name, String id) throws IOException {
        if (id != null) {
            out.writeObjectFieldStart(name);
            out.writeStringField("id", id);
            out.writeEndObject();
        }
    }

    /** A reference with some of what it names; only the id where that is gone. */
    static void reference(JsonGenerator out, String name, ObjectStore store, String id, String... fields)
            throws IOException {
        ObjectNode named = id == null ? null : store.find(id);
        if (named == null) {
            reference(out, name, id);
            return;
        }
        out.writeObjectFieldStart(name);
        out.writeStringField("id", id);
        for (String field : fields) {
            if (named.has(field)) {
                out.writeFieldName(field);
                out.writeTree(named.get(field));
            }
        }
        out.writeEndObject();
    }

    static void text(JsonGenerator out, String name, String value) throws IOException {
        if (value != null) {
            out.writeStringField(name, value);
        }
    }

    static void number(JsonGenerator out, String name, Long value) throws IOException {
        if (value != null) {
            out.writeNumberField(name, value);
        }
    }
}
