package dev.tillbridge.k8s;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;

/**
 * Renders a directory as {@code kubectl kustomize} does, for the part of Kustomize that {@code k8s/} uses: resources,
 * components, config maps, JSON patches, images, the namespace. A key beyond it is refused, and so is a patch that meets
 * nothing. Names of config maps get no hash. Where {@code kubectl} is there, a test compares both.
 */
final class Kustomization {

    private static final Set<String> KNOWN = Set.of("apiVersion", "kind", "namespace", "resources", "components",
            "configMapGenerator", "patches", "images");

    private final Path directory;
    private final JsonNode file;

    private Kustomization(Path directory) {
        this.directory = directory;
        this.file = YamlFiles.read(directory.resolve("kustomization.yaml")).get(0);
        file.fieldNames().forEachRemaining(key -> refuse(!KNOWN.contains(key), "does not know the key " + key));
    }

    static List<ObjectNode> render(Path directory) {
        List<ObjectNode> objects = new ArrayList<>();
        new Kustomization(directory.normalize()).into(objects);
        return objects;
    }

    private void into(List<ObjectNode> objects) {
        for (JsonNode entry : file.path("resources")) {
            Path path = directory.resolve(entry.asText()).normalize();
            if (Files.isDirectory(path)) {
                objects.addAll(render(path));
            } else {
                YamlFiles.read(path).forEach(object -> objects.add((ObjectNode) object));
            }
        }
        for (JsonNode generator : file.path("configMapGenerator")) {
            new ConfigMapGenerator(directory, generator).into(objects);
        }
        for (JsonNode component : file.path("components")) {
            new Kustomization(directory.resolve(component.asText()).normalize()).into(objects);
        }
        for (JsonNode patch : file.path("patches")) {
            patch(objects, patch);
        }
        if (file.has("namespace")) {
            objects.stream().filter(object -> !object.path("kind").asText().equals("Namespace"))
                    .forEach(object -> object.withObject("/metadata").put("namespace", file.path("namespace").asText()));
        }
        for (JsonNode image : file.path("images")) {
            objects.forEach(object -> rename(object, image));
        }
    }

    private void patch(List<ObjectNode> objects, JsonNode patch) {
        JsonNode target = patch.path("target");
        JsonNode operations = YamlFiles.read(directory.resolve(patch.path("path").asText())).get(0);
        refuse(!operations.isArray(), "knows JSON patches alone");
        int met = 0;
        for (int i = 0; i < objects.size(); i++) {
            ObjectNode object = objects.get(i);
            if (object.path("kind").equals(target.path("kind")) && object.at("/metadata/name").equals(target.path("name"))) {
                objects.set(i, (ObjectNode) JsonPatch.apply(operations, object));
                met++;
            }
        }
        refuse(met != 1, "patches " + met + " objects with " + patch.path("path"));
    }

    private static void rename(JsonNode node, JsonNode image) {
        for (String containers : List.of("containers", "initContainers")) {
            for (JsonNode container : node.path(containers)) {
                String before = container.path("image").asText();
                int colon = before.lastIndexOf(':');
                if (before.substring(0, colon).equals(image.path("name").asText())) {
                    ((ObjectNode) container).put("image", image.path("newName").asText(before.substring(0, colon)) + ":"
                            + image.path("newTag").asText(before.substring(colon + 1)));
                }
            }
        }
        StreamSupport.stream(node.spliterator(), false).forEach(child -> rename(child, image));
    }

    private void refuse(boolean wrong, String what) {
        if (wrong) {
            throw new IllegalArgumentException(directory + ": this check " + what);
        }
    }

    /** One entry of {@code configMapGenerator}. */
    private record ConfigMapGenerator(Path directory, JsonNode entry) {

        private static final Set<String> KNOWN = Set.of("name", "behavior", "literals", "envs", "files", "options");

        void into(List<ObjectNode> objects) {
            entry.fieldNames().forEachRemaining(key -> {
                if (!KNOWN.contains(key)) {
                    throw new IllegalArgumentException("This check does not know configMapGenerator's " + key);
                }
            });
            ObjectNode data = present(objects).withObject("/data");
            entry.path("literals").forEach(literal -> put(data, literal.asText()));
            entry.path("envs").forEach(env -> YamlFiles.text(directory.resolve(env.asText())).lines().map(String::stripLeading)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#")).forEach(line -> put(data, line)));
            entry.path("files").forEach(
                    name -> data.put(name.asText(), YamlFiles.text(directory.resolve(name.asText()))));
        }

        private ObjectNode present(List<ObjectNode> objects) {
            var there = objects.stream().filter(object -> object.path("kind").asText().equals("ConfigMap")
                    && object.at("/metadata/name").equals(entry.path("name"))).findFirst();
            if (there.isPresent() != entry.path("behavior").asText().equals("merge")) {
                throw new IllegalArgumentException(
                        "The config map " + entry.path("name") + " is made twice, or merged into none");
            }
            return there.orElseGet(() -> {
                ObjectNode made = JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
                made.withObject("/metadata").set("name", entry.path("name"));
                if (entry.at("/options/labels").isObject()) {
                    made.withObject("/metadata").set("labels", entry.at("/options/labels"));
                }
                objects.add(made);
                return made;
            });
        }

        private static void put(ObjectNode data, String assignment) {
            int equals = assignment.indexOf('=');
            data.put(assignment.substring(0, equals), assignment.substring(equals + 1));
        }
    }
}
