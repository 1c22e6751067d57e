package dev.tillbridge.order;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Sales and drafts as the database keeps them. The mapper is our own: what is stored must not depend on the API's JSON settings. */
@RegisterForReflection(targets = { Sale.class, SaleLine.class, SaleLine.Modification.class, SaleDiscount.class, TaxRate.class,
        ServiceCharge.class, SalePayment.class, SaleRefund.class, LineOrigin.class, RefundDraft.class, RefundDraft.Line.class,
        RefundDraft.Transaction.class})
final class SaleJson {

    private static final JsonMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            // As text: numbers come back as doubles, 10.00 as 10.0, and what is sent again has to be the very same.
            .withConfigOverride(BigDecimal.class,
                    decimal -> decimal.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING)))
            // A version that kept more must not make older ones fail.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private SaleJson() {}

    static JsonObject object(Object value) {
        return new JsonObject(text(value));
    }

    static JsonArray array(List<?> values) {
        return new JsonArray(text(values));
    }

    /** Null for null. */
    static <T> T read(JsonObject stored, Class<T> type) {
        return stored == null ? null : parse(stored.encode(), type);
    }

    static List<LineOrigin> origins(Object stored) {
        return stored == null ? List.of() : Arrays.asList(parse(Json.encode(stored), LineOrigin[].class));
    }

    private static <T> T parse(String text, Class<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What is stored does not read as a " + type.getSimpleName(), e);
        }
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A " + value.getClass().getSimpleName() + " cannot be stored", e);
        }
    }
}
