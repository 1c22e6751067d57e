package dev.tillbridge.shopify;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.channel.ConnectorException;

/**
 * An answer, read but not judged.
 *
 * @param date the shop's time, null where the header is missing
 * @param requestId what Shopify's support asks for, null where the header is missing
 * @param data null where there is none
 * @param cost null where the call got no further than HTTP
 * @param ignored the warnings of filters that were not applied
 */
record GraphqlAnswer(int status, Instant date, String requestId, JsonNode data, List<Problem> errors, Wire.Cost cost,
        List<String> ignored) {

    /** A top-level error; {@code code} is empty where there is none, {@code requiredAccess} names a scope. */
    record Problem(String code, String message, String requiredAccess) {}

    /** Reads the body; one that is not an answer's JSON object fails with the parser's exception. */
    static GraphqlAnswer read(HttpAnswer http) throws IOException {
        var envelope = Wire.JSON.readValue(http.body(), Wire.Envelope.class);
        if (envelope == null) {
            throw new IOException("The body holds null");
        }
        var data = envelope.data() == null || envelope.data().isNull() ? null : envelope.data();
        var extensions = envelope.extensions();
        return new GraphqlAnswer(http.status(), date(http.date()), http.requestId(), data, problems(envelope.errors()),
                extensions == null ? null : extensions.cost(), ignored(extensions));
    }

    /** The answer's data as the record that mirrors the document. */
    <T> T as(Class<T> type, ShopifyOperation operation) {
        try {
            return Wire.JSON.treeToValue(data, type);
        } catch (JsonProcessingException e) {
            throw ShopifyFailures.invalid(operation, e);
        }
    }

    /** Whether a field at the top of the data has a value: a mutation among them has been executed, whatever errors say. */
    boolean executed() {
        if (data != null) {
            for (var field : data) {
                if (!field.isNull()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The shop's time; an answer without it is no start for a cursor. */
    Instant vendorTime() {
        if (date == null) {
            throw new ConnectorException.Transient("invalid-answer", "Shopify's answer lacks a Date header", false, null);
        }
        return date;
    }

    private static List<Problem> problems(JsonNode errors) {
        var problems = new ArrayList<Problem>();
        if (errors == null || errors.isNull()) {
            return problems;
        }
        if (!errors.isArray()) {
            problems.add(new Problem("", errors.isTextual() ? errors.asText() : errors.toString(), ""));
            return problems;
        }
        for (var error : errors) {
            var extensions = error.path("extensions");
            problems.add(new Problem(extensions.path("code").asText(""), error.path("message").asText(""),
                    extensions.path("requiredAccess").asText("")));
        }
        return problems;
    }

    private static List<String> ignored(Wire.Extensions extensions) {
        if (extensions == null || extensions.search() == null) {
            return List.of();
        }
        return extensions.search().stream().filter(search -> search.warnings() != null)
                .flatMap(search -> search.warnings().stream()).map(warning -> warning.field() + ": " + warning.message())
                .toList();
    }

    private static Instant date(String header) {
        if (header == null) {
            return null;
        }
        try {
            return ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
