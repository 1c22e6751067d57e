package dev.tillbridge.k8s;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;

/**
 * The environment variables that the service reads when it starts: those of its {@code @ConfigMapping} interfaces, and of
 * Quarkus' extensions, as the model in each of their jars says. Keys that are fixed when it is built are none of them.
 */
final class ConfigurationKeys {

    private static final String MODEL = "META-INF/quarkus-config-doc/quarkus-config-model.json";
    /** Read by the JVM. */
    private static final Set<String> OTHERS = Set.of("JAVA_TOOL_OPTIONS");

    private final Set<String> known = new TreeSet<>();

    ConfigurationKeys() {
        for (JavaClass type : new ClassFileImporter().withImportOption(location -> location.contains("Config.class"))
                .importPackages("dev.tillbridge")) {
            if (type.isAnnotatedWith(ConfigMapping.class)) {
                ConfigMappings.getProperties(ConfigClass.configClass(type.reflect())).keySet()
                        .forEach(key -> known.add(key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT)));
            }
        }
        try {
            for (URL model : Collections.list(getClass().getClassLoader().getResources(MODEL))) {
                try (InputStream stream = model.openStream()) {
                    collect(new ObjectMapper().readTree(stream));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void collect(JsonNode node) {
        if (node.path("phase").asText().equals("RUN_TIME")) {
            known.addAll(node.findValuesAsText("environmentVariable"));
        }
        node.forEach(this::collect);
    }

    Set<String> known() {
        return known;
    }

    /** Keys of containers that run the service, and of config maps they take whole, that the service does not read. */
    List<String> problems(List<? extends JsonNode> objects) {
        List<String> problems = new ArrayList<>();
        Set<String> maps = new TreeSet<>();
        for (PodTemplate pods : PodTemplate.of(objects)) {
            for (JsonNode container : pods.containers()) {
                if (container.path("image").asText().contains("/tillbridge:")) {
                    container.path("env").forEach(variable -> look(pods.owner(), variable.path("name").asText(), problems));
                    container.path("envFrom").findValues("configMapRef").forEach(map -> maps.add(map.path("name").asText()));
                }
            }
        }
        for (JsonNode object : objects) {
            if (object.path("kind").asText().equals("ConfigMap") && maps.contains(object.at("/metadata/name").asText())) {
                object.path("data").fieldNames().forEachRemaining(
                        key -> look("ConfigMap " + object.at("/metadata/name").asText(), key, problems));
            }
        }
        return problems;
    }

    private void look(String where, String key, List<String> problems) {
        if (!known.contains(key) && !OTHERS.contains(key)) {
            problems.add(where + ": the service has no configuration " + key);
        }
    }
}
