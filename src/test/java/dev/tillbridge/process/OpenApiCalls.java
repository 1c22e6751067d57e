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

/** Calls operations of the OpenAPI document, holds each answer against it, and knows which never succeeded. */
final class OpenApiCalls {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    private final JsonClient http;
    private final JsonNode document;
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Set<String> succeeded = new TreeSet<>();

    OpenApiCalls(JsonClient http) {
        this.http = http;
        this.document = closed(http.get("/q/openapi?format=json"));
    }

    /** The operations that were not called with success, as {@code METHOD path}. */
    Set<String> missing() {
        Set<String> all = new TreeSet<>();
        document.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(operation -> METHODS.contains(operation.getKey()))
                .forEach(operation -> all.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())));
        assertThat(all).hasSizeGreaterThan(40);
        all.removeAll(succeeded);
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
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(operation, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Holds an answer that was got elsewhere against what the document says of its operation. */
    void check(String operation, JsonClient.Answer answer) {
        JsonNode described = responses(operation).path(Integer.toString(answer.status()));
        assertThat(described.isObject()).as("%s documents its %d", operation, answer.status()).isTrue();
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        JsonNode schema = described.path("content").path(type).path("schema");
        if (type.endsWith("json") && schema.isObject()) {
            valid(operation, schema, answer.json());
        } else {
            assertThat(answer.body().isEmpty()).as("%s: a body without a schema: %s", operation, answer.body())
                    .isEqualTo(!described.has("content"));
        }
        if (answer.status() < 300) {
            succeeded.add(operation);
        }
    }

    /** The same of one of the events that an operation streams. */
    void checkEvent(String operation, JsonNode data) {
        JsonNode schema = responses(operation).path("200").path("content").path("text/event-stream").path("schema");
        assertThat(schema.isObject()).as("%s documents its events", operation).isTrue();
        valid(operation, schema, data);
        succeeded.add(operation);
    }

    private JsonNode responses(String operation) {
        String[] methodAndPath = operation.split(" ", 2);
        JsonNode described = document.path("paths").path(methodAndPath[1]).path(methodAndPath[0].toLowerCase(Locale.ROOT));
        assertThat(described.isObject()).as("%s is in the document", operation).isTrue();
        return described.path("responses");
    }

    private void valid(String operation, JsonNode schema, JsonNode json) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.path("components"));
        assertThat(schemas.getSchema(whole).validate(withoutNulls(json))).as("%s: %s", operation, json).isEmpty();
    }

    /** What the document does not name must not be there: an answer's fields are all described. */
    private static JsonNode closed(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("properties").isObject() && object.path("type").asText()
                .equals("object") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(OpenApiCalls::closed);
        return node;
    }

    /** Null says that there is none; the document names what may be there. */
    private static JsonNode withoutNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(field -> field.getValue().isNull());
        }
        node.forEach(OpenApiCalls::withoutNulls);
        return node;
    }
}
