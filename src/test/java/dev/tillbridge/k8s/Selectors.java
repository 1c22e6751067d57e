package dev.tillbridge.k8s;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;

/** Whether every selector takes what it is meant to: a label that is misspelt selects nothing, and Kubernetes says nothing. */
final class Selectors {

    private final List<? extends JsonNode> objects;
    private final List<PodTemplate> pods;
    private final List<String> problems = new ArrayList<>();

    private Selectors(List<? extends JsonNode> objects) {
        this.objects = objects;
        this.pods = PodTemplate.of(objects);
    }

    static List<String> problems(List<? extends JsonNode> objects) {
        var selectors = new Selectors(objects);
        objects.forEach(selectors::look);
        return selectors.problems;
    }

    private void look(JsonNode object) {
        String name = object.path("kind").asText() + " " + object.at("/metadata/name").asText();
        JsonNode spec = object.path("spec");
        switch (object.path("kind").asText()) {
            case "Service" -> service(name, spec);
            case "Deployment", "StatefulSet" -> workload(name, spec);
            case "PodDisruptionBudget" -> mustTake(name, spec.at("/selector/matchLabels"));
            case "NetworkPolicy" -> policy(name, spec);
            case "ServiceMonitor" -> monitor(name, spec);
            default -> {
                // Selects nothing.
            }
        }
    }

    private void workload(String name, JsonNode spec) {
        expect(pods.stream().anyMatch(pod -> pod.owner().equals(name) && pod.isSelectedBy(spec.at("/selector/matchLabels"))),
                name + " does not select its own pods");
        for (JsonNode spread : spec.at("/template/spec/topologySpreadConstraints")) {
            expect(pods.stream().anyMatch(pod -> pod.owner().equals(name)
                    && pod.isSelectedBy(spread.at("/labelSelector/matchLabels"))), name + " spreads other pods than its own");
        }
    }

    private void service(String name, JsonNode spec) {
        mustTake(name, spec.path("selector"));
        for (JsonNode port : spec.path("ports")) {
            expect(pods.stream().anyMatch(pod -> pod.isSelectedBy(spec.path("selector"))
                    && pod.hasPort(port.path("targetPort").asText())),
                    name + ": no pod has the port " + port.path("targetPort"));
        }
    }

    private void policy(String name, JsonNode spec) {
        JsonNode own = spec.at("/podSelector/matchLabels");
        mustTake(name, own);
        for (String direction : List.of("ingress", "egress")) {
            for (JsonNode rule : spec.path(direction)) {
                for (JsonNode peer : rule.path(direction.equals("ingress") ? "from" : "to")) {
                    if (peer.has("podSelector") && !peer.has("namespaceSelector")) {
                        mustTake(name + " (" + direction + ")", peer.at("/podSelector/matchLabels"));
                    }
                }
            }
        }
        for (JsonNode port : spec.at("/ingress/0/ports")) {
            expect(port.path("port").isInt() || pods.stream().anyMatch(pod -> pod.isSelectedBy(own)
                    && pod.hasPort(port.path("port").asText())), name + ": no pod has the port " + port.path("port"));
        }
    }

    private void monitor(String name, JsonNode spec) {
        Map<String, String> wanted = PodTemplate.labels(spec.at("/selector/matchLabels"));
        Predicate<JsonNode> taken = service -> service.path("kind").asText().equals("Service") && !wanted.isEmpty()
                && PodTemplate.labels(service.at("/metadata/labels")).entrySet().containsAll(wanted.entrySet());
        for (JsonNode endpoint : spec.path("endpoints")) {
            expect(objects.stream().filter(taken).anyMatch(service -> service.at("/spec/ports").findValuesAsText("name")
                    .contains(endpoint.path("port").asText())),
                    name + " selects no service with the port " + endpoint.path("port"));
        }
    }

    private void mustTake(String name, JsonNode matchLabels) {
        expect(pods.stream().anyMatch(pod -> pod.isSelectedBy(matchLabels)), name + " selects no pod by " + matchLabels);
    }

    private void expect(boolean right, String otherwise) {
        if (!right) {
            problems.add(otherwise);
        }
    }
}
