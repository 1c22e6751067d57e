package dev.tillbridge.k8s;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.testing.JsonClient;

/** The PromQL of what is delivered, by where it stands: alerts, panels of dashboards, the adapter's rules. */
final class Expressions {

    private static final Path ADAPTER = Path.of("k8s/prometheus-adapter/values.yaml");

    private Expressions() {}

    static Map<String, String> of(List<? extends JsonNode> objects) {
        Map<String, String> all = new LinkedHashMap<>();
        for (JsonNode object : objects) {
            if (object.path("kind").asText().equals("PrometheusRule")) {
                rules(object).forEach(rule -> all.put("alert " + rule.path("alert").asText(), rule.path("expr").asText()));
            }
            if (object.at("/metadata/labels/grafana_dashboard").asText().equals("1")) {
                object.path("data").forEach(dashboard -> panels(JsonClient.read(dashboard.asText()), all));
            }
        }
        return all;
    }

    static List<JsonNode> rules(JsonNode prometheusRule) {
        return prometheusRule.at("/spec/groups").findValues("rules").stream()
                .flatMap(rules -> rules.findParents("alert").stream())
                .toList();
    }

    private static void panels(JsonNode dashboard, Map<String, String> all) {
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                all.put("panel " + panel.path("title").asText() + " " + target.path("refId").asText(),
                        target.path("expr").asText());
            }
        }
    }

    /** By the name of the external metric. */
    static Map<String, String> ofTheAdapter() {
        Map<String, String> all = new LinkedHashMap<>();
        for (JsonNode rule : YamlFiles.read(ADAPTER).get(0).at("/rules/external")) {
            all.put(rule.at("/name/as").asText(), rule.path("metricsQuery").asText().replace("<<.LabelMatchers>>", ""));
        }
        return all;
    }
}
