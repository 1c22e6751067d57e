package dev.tillbridge.k8s;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What an object makes pods of.
 *
 * @param owner kind and name of the object
 * @param labels of its pods
 * @param spec of its pods; missing where an operator makes them
 */
record PodTemplate(String owner, Map<String, String> labels, JsonNode spec) {

    /** Of Deployments, StatefulSets and CronJobs; of CloudNativePG's clusters the labels. */
    static List<PodTemplate> of(List<? extends JsonNode> objects) {
        List<PodTemplate> templates = new ArrayList<>();
        for (JsonNode object : objects) {
            String owner = object.path("kind").asText() + " " + object.at("/metadata/name").asText();
            switch (object.path("kind").asText()) {
                case "Deployment", "StatefulSet" -> templates.add(of(owner, object.at("/spec/template")));
                case "CronJob" -> templates.add(of(owner, object.at("/spec/jobTemplate/spec/template")));
                case "Cluster" -> templates.add(new PodTemplate(owner, labels(object.at("/spec/inheritedMetadata/labels")),
                        object.path("no pod spec")));
                default -> {
                    // Makes no pods.
                }
            }
        }
        return templates;
    }

    private static PodTemplate of(String owner, JsonNode template) {
        return new PodTemplate(owner, labels(template.at("/metadata/labels")), template.path("spec"));
    }

    static Map<String, String> labels(JsonNode node) {
        Map<String, String> labels = new TreeMap<>();
        node.properties().forEach(entry -> labels.put(entry.getKey(), entry.getValue().asText()));
        return labels;
    }

    /** Whether a selector of these labels takes its pods; one without labels takes none here, though Kubernetes' takes all. */
    boolean isSelectedBy(JsonNode matchLabels) {
        var wanted = labels(matchLabels);
        return !wanted.isEmpty() && labels.entrySet().containsAll(wanted.entrySet());
    }

    /** Its containers, those that run before the others first. */
    List<JsonNode> containers() {
        List<JsonNode> containers = new ArrayList<>();
        spec.path("initContainers").forEach(containers::add);
        spec.path("containers").forEach(containers::add);
        return containers;
    }

    boolean hasPort(String name) {
        return containers().stream().flatMap(container -> container.path("ports").findValuesAsText("name").stream())
                .anyMatch(name::equals);
    }
}
