package dev.tillbridge.channel;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

import dev.tillbridge.testing.FastTill;
import dev.tillbridge.testing.SandboxResource;

/** Walks the whole document: a new operation without example, error answers or security fails here. */
@QuarkusTest
@TestProfile(FastTill.class)
@QuarkusTestResource(SandboxResource.class)
class ApiDocumentTest {

    /** What is there for whoever has no key yet. */
    private static final Set<String> OPEN = Set.of("signIn", "listWaysToSignIn");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    @Test
    void everyOperationIsDescribedWithExamplesErrorsAndSecurity() throws IOException {
        var document = document();
        var softly = new SoftAssertions();
        var operationIds = new ArrayList<String>();
        fields(document.get("paths")).forEachRemaining(path -> fields(path.getValue()).forEachRemaining(method -> {
            if (path.getKey().startsWith("/api/v1/") && METHODS.contains(method.getKey())) {
                var operation = method.getValue();
                operationIds.add(operation.path("operationId").asText());
                check(softly, method.getKey() + " " + path.getKey(), operation);
            }
        }));
        softly.assertThat(operationIds).hasSizeGreaterThanOrEqualTo(20).doesNotHaveDuplicates();
        softly.assertAll();
    }

    @Test
    void everyExampleHasOnlyFieldsOfItsSchema() throws IOException {
        var document = document();
        var softly = new SoftAssertions();
        fields(document.get("paths")).forEachRemaining(path -> fields(path.getValue()).forEachRemaining(method -> {
            if (METHODS.contains(method.getKey())) {
                var operation = method.getValue();
                var name = operation.path("operationId").asText();
                compare(softly, name, operation.path("requestBody").path("content"), document);
                fields(operation.path("responses")).forEachRemaining(response -> {
                    if (response.getKey().startsWith("2")) {
                        compare(softly, name, response.getValue().path("content"), document);
                    }
                });
            }
        }));
        softly.assertAll();
    }

    private static void check(SoftAssertions softly, String name, JsonNode operation) {
        softly.assertThat(operation.path("operationId").asText()).as(name + ": operationId").isNotEmpty();
        softly.assertThat(operation.path("summary").asText()).as(name + ": summary").isNotEmpty();
        softly.assertThat(operation.path("description").asText()).as(name + ": description").isNotEmpty();
        softly.assertThat(operation.path("tags").size()).as(name + ": tags").isEqualTo(1);
        boolean open = OPEN.contains(operation.path("operationId").asText());
        softly.assertThat(operation.at("/security/0/apiKey").isMissingNode()).as(name + ": needs no key").isEqualTo(open);
        softly.assertThat(operation.at("/security/1/session").isMissingNode()).as(name + ": takes no session").isEqualTo(open);
        fields(operation.path("requestBody").path("content")).forEachRemaining(media -> softly
                .assertThat(media.getValue().has("example")).as(name + ": example of the request").isTrue());
        var errors = new TreeSet<String>();
        var success = new ArrayList<String>();
        fields(operation.path("responses")).forEachRemaining(response -> {
            if (response.getKey().startsWith("2")) {
                success.add(response.getKey());
                fields(response.getValue().path("content")).forEachRemaining(media -> softly
                        .assertThat(media.getValue().has("example")).as(name + ": example of the answer").isTrue());
            } else {
                errors.add(response.getKey());
                softly.assertThat(response.getValue().at("/content/application~1problem+json/examples").size())
                        .as(name + ": examples of " + response.getKey()).isPositive();
            }
        });
        softly.assertThat(success).as(name + ": one success").hasSize(1);
        softly.assertThat(errors).as(name + ": errors").contains("500");
        if (!open) {
            softly.assertThat(errors).as(name + ": errors").contains("401", "403", "429");
        }
        if (operation.has("requestBody")) {
            softly.assertThat(errors).as(name + ": errors of a body").contains("400", "413", "415", "422");
        }
    }

    private static void compare(SoftAssertions softly, String name, JsonNode content, JsonNode document) {
        fields(content).forEachRemaining(media -> {
            var example = media.getValue().get("example");
            if (example != null) {
                compare(softly, name, example, media.getValue().get("schema"), document);
            }
        });
    }

    private static void compare(SoftAssertions softly, String where, JsonNode example, JsonNode schema, JsonNode document) {
        var resolved = resolve(schema, document);
        if (example.isObject() && resolved.has("properties")) {
            fields(example).forEachRemaining(field -> {
                var property = resolved.get("properties").get(field.getKey());
                softly.assertThat(property).as(where + "." + field.getKey() + " is not in the schema").isNotNull();
                if (property != null) {
                    compare(softly, where + "." + field.getKey(), field.getValue(), property, document);
                }
            });
        } else if (example.isArray() && resolved.has("items")) {
            example.forEach(item -> compare(softly, where + "[]", item, resolved.get("items"), document));
        }
    }

    private static JsonNode resolve(JsonNode schema, JsonNode document) {
        var reference = schema.path("$ref").asText();
        return reference.isEmpty() ? schema : resolve(document.at(reference.substring(1)), document);
    }

    private static JsonNode document() throws IOException {
        var text = given().queryParam("format", "json").get("/q/openapi").then().statusCode(200).extract().asString();
        assertThat(text).contains("bearer");
        return new ObjectMapper().readTree(text);
    }

    private static Iterator<Map.Entry<String, JsonNode>> fields(JsonNode node) {
        return node.properties().iterator();
    }
}
