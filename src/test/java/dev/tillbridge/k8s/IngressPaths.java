package dev.tillbridge.k8s;

import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/** What an Ingress lets in, by Kubernetes' rules: {@code Exact} is the path alone, {@code Prefix} goes by whole elements. */
record IngressPaths(List<JsonNode> paths) {

    static IngressPaths of(List<? extends JsonNode> objects) {
        return new IngressPaths(objects.stream().filter(object -> object.path("kind").asText().equals("Ingress"))
                .flatMap(ingress -> StreamSupport.stream(ingress.at("/spec/rules").spliterator(), false))
                .flatMap(rule -> StreamSupport.stream(rule.at("/http/paths").spliterator(), false)).toList());
    }

    boolean letIn(String path) {
        return paths.stream().anyMatch(rule -> switch (rule.path("pathType").asText()) {
            case "Exact" -> path.equals(rule.path("path").asText());
            case "Prefix" -> (path + "/").startsWith(rule.path("path").asText().replaceFirst("/*$", "/"));
            default -> throw new IllegalArgumentException("What it lets in is up to the controller: " + rule);
        });
    }
}
