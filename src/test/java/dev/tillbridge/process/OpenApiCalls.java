package dev.tillbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import dev.tillbridge.testing.JsonClient;

/** Calls operations of the OpenAPI document, holds each answer against it, and knows which were never called. */
final class OpenApiCalls {

    private final JsonClient http;
    private final JsonNode document;
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Set<String> called = new TreeSet<>();

    OpenApiCalls(JsonClient http) {
        this.http = http;
        this.document = http.get("/q/openapi?format=json");
    }

    /** The operations that were not called, as {@code METHOD path}. */
    Set<String> uncalled() {
        Set<String> all = new TreeSet<>();
        document.path("paths").properties().forEach(path -> path.getValue().properties()
                .forEach(operation -> all.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())));
        assertThat(all).hasSizeGreaterThan(40);
        all.removeAll(called);
        return all;
    }

    JsonNode get(String template, String... ids) {
        return call(200, "GET", template, null, ids);
    }

    /**
     * The answer's JSON; null where it has no body.
     *
     * @param template the operation's path as the document has it, perhaps with a query
     * @param ids in the place of the template's parameters
     */
    JsonNode call(int status, String method, String template, String body, String... ids) {
        JsonClient.Answer answer = send(status, method, template, body, List.of(), ids);
        return answer.body().isEmpty() ? null : answer.json();
    }

    /** @param headers names and values by turns */
    JsonClient.Answer send(int status, String method, String template, String body, List<String> headers, String... ids) {
        String path = template;
        for (String id : ids) {
            path = path.replaceFirst("\\{[^}]+}", id);
        }
        String operation = method + " " + template.replaceFirst("\\?.*", "");
        try {
            JsonClient.Answer answer = http.send(method, path, body, headers.toArray(String[]::new));
            assertThat(answer.status()).as("%s: %s", operation, answer.body()).isEqualTo(status);
            check(operation, answer);
            called.add(operation);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(operation, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Null says that there is none; the document names what may be there. */
    private static JsonNode withoutNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(field -> field.getValue().isNull());
        }
        node.forEach(OpenApiCalls::withoutNulls);
        return node;
    }

    private void check(String operation, JsonClient.Answer answer) {
        String[] methodAndPath = operation.split(" ", 2);
        JsonNode described = document.path("paths").path(methodAndPath[1])
                .path(methodAndPath[0].toLowerCase(Locale.ROOT)).path("responses").path(Integer.toString(answer.status()));
        assertThat(described.isObject()).as("%s documents its %d", operation, answer.status()).isTrue();
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        JsonNode schema = described.path("content").path(type).path("schema");
        if (type.endsWith("json") && schema.isObject()) {
            ObjectNode whole = schema.deepCopy();
            whole.set("components", document.path("components"));
            assertThat(schemas.getSchema(whole).validate(withoutNulls(answer.json()))).as("%s: %s", operation, answer.body())
                    .isEmpty();
        } else {
            assertThat(answer.body().isEmpty()).as("%s: a body without a schema: %s", operation, answer.body())
                    .isEqualTo(!described.has("content"));
        }
    }
}
