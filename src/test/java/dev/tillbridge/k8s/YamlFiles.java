package dev.tillbridge.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** YAML as JSON trees; a key that stands there twice is refused. */
final class YamlFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private YamlFiles() {}

    /** All documents of a file. */
    static List<JsonNode> read(Path file) {
        return parse(text(file));
    }

    static List<JsonNode> parse(String text) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(200);
        List<JsonNode> documents = new ArrayList<>();
        new Yaml(new SafeConstructor(options)).loadAll(text).forEach(document -> documents.add(JSON.valueToTree(document)));
        documents.removeIf(JsonNode::isNull);
        return documents;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
