package dev.tillbridge.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * Parses objects strictly: Kubernetes' own into Fabric8's model classes, custom resources by the schema of their definition
 * ({@code src/test/resources/k8s/crd}). A field that is not known, or a number where a text belongs, is wrong.
 */
final class StrictObjects {

    private static final Path DEFINITIONS = Path.of("src/test/resources/k8s/crd");

    private final KubernetesSerialization kinds = new KubernetesSerialization();
    private final Map<String, Schema> definitions = new TreeMap<>();
    private final ObjectMapper mapper = mapper();

    StrictObjects() {
        try (Stream<Path> files = Files.list(DEFINITIONS)) {
            files.sorted().flatMap(file -> YamlFiles.read(file).stream()).forEach(this::define);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectMapper mapper() {
        ObjectMapper mapper = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .annotationIntrospector(new JacksonAnnotationIntrospector() {
                    private static final long serialVersionUID = 1;

                    /** The models keep what they do not know; here it must be seen. */
                    @Override
                    public Boolean hasAnySetter(Annotated annotated) {
                        return false;
                    }
                }).build();
        for (CoercionInputShape shape : List.of(CoercionInputShape.Integer, CoercionInputShape.Float,
                CoercionInputShape.Boolean)) {
            mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
        }
        return mapper;
    }

    private void define(JsonNode definition) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4);
        for (JsonNode version : definition.at("/spec/versions")) {
            JsonNode schema = version.at("/schema/openAPIV3Schema").deepCopy();
            close(schema);
            definitions.put(definition.at("/spec/group").asText() + "/" + version.path("name").asText() + " "
                    + definition.at("/spec/names/kind").asText(), registry.getSchema(schema));
        }
    }

    /** Kubernetes drops fields that a structural schema does not name; here they are an error. */
    private static void close(JsonNode schema) {
        if (schema.has("properties")) {
            schema.path("properties").forEach(StrictObjects::close);
            if (!schema.has("additionalProperties") && !schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        }
        if (schema.path("additionalProperties").isObject()) {
            close(schema.path("additionalProperties"));
        }
        if (schema.has("items")) {
            close(schema.path("items"));
        }
        if (schema.isObject()) {
            ((ObjectNode) schema).properties().removeIf(entry -> entry.getKey().startsWith("x-kubernetes-"));
        }
    }

    /** What is wrong with these objects; empty where nothing is. */
    List<String> problems(List<? extends JsonNode> objects) {
        List<String> problems = new ArrayList<>();
        for (JsonNode object : objects) {
            String kind = object.path("apiVersion").asText() + " " + object.path("kind").asText();
            String name = kind + " " + object.at("/metadata/name").asText() + ": ";
            var model = kinds.getRegisteredKubernetesResource(object.path("apiVersion").asText(), object.path("kind").asText());
            if (definitions.containsKey(kind)) {
                definitions.get(kind).validate(object).forEach(error -> problems.add(name + error));
                parse(object.path("metadata"), ObjectMeta.class, name, problems);
            } else if (model != null) {
                parse(object, model, name, problems);
            } else {
                problems.add(name + "nothing is known of this kind");
            }
        }
        return problems;
    }

    private void parse(JsonNode node, Class<?> type, String name, List<String> problems) {
        try {
            mapper.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            problems.add(name + e.getMessage());
        }
    }
}
