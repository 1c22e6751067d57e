package dev.tillbridge.k8s;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;

/** Whether everything that an object names is there: config maps, secrets, services, volumes, ports, scale targets. */
final class References {

    private final Set<String> there = new HashSet<>();
    private final Set<String> secrets;
    private final List<String> problems = new ArrayList<>();

    private References(List<? extends JsonNode> objects, Set<String> secretsByHand) {
        this.secrets = new TreeSet<>(secretsByHand);
        for (JsonNode object : objects) {
            String name = object.at("/metadata/name").asText();
            there.add(object.path("kind").asText() + " " + name);
            if (object.path("kind").asText().equals("Cluster")) {
                // CloudNativePG, "Connecting from an application": the owner's credentials and the authority of its certificates.
                secrets.addAll(List.of(name + "-app", name + "-ca"));
                there.add("Service " + name + "-rw");
            }
            if (object.path("kind").asText().equals("ExternalSecret")) {
                secrets.add(object.at("/spec/target/name").asText());
            }
        }
    }

    /** @param secretsByHand secrets that the README has people make */
    static List<String> problems(List<? extends JsonNode> objects, Set<String> secretsByHand) {
        var references = new References(objects, secretsByHand);
        objects.forEach(references::look);
        PodTemplate.of(objects).forEach(references::pods);
        return references.problems;
    }

    private void look(JsonNode object) {
        String name = object.path("kind").asText() + " " + object.at("/metadata/name").asText();
        JsonNode spec = object.path("spec");
        switch (object.path("kind").asText()) {
            case "Ingress" -> ingress(name, spec);
            case "HorizontalPodAutoscaler" -> mustBe(name, spec.at("/scaleTargetRef/kind").asText() + " "
                    + spec.at("/scaleTargetRef/name").asText());
            case "ScheduledBackup" -> mustBe(name, "Cluster " + spec.at("/cluster/name").asText());
            case "Cluster" -> spec.path("plugins")
                    .forEach(plugin -> mustBe(name, "ObjectStore " + plugin.at("/parameters/barmanObjectName").asText()));
            case "ObjectStore" -> spec.at("/configuration/s3Credentials")
                    .forEach(credential -> secret(name, credential.path("name").asText()));
            default -> {
                // Names nothing but what its pods do.
            }
        }
    }

    private void ingress(String name, JsonNode spec) {
        Set<String> hosts = new TreeSet<>(spec.path("rules").findValuesAsText("host"));
        Set<String> secured = new TreeSet<>();
        spec.path("tls").forEach(tls -> tls.path("hosts").forEach(host -> secured.add(host.asText())));
        expect(hosts.equals(secured), name + " has TLS for " + secured + " and rules for " + hosts);
        spec.findValues("backend").forEach(backend -> mustBe(name, "Service " + backend.at("/service/name").asText()));
    }

    private void pods(PodTemplate pods) {
        String owner = pods.owner();
        if (pods.spec().has("serviceAccountName")) {
            mustBe(owner, "ServiceAccount " + pods.spec().path("serviceAccountName").asText());
        }
        Set<String> volumes = new TreeSet<>(List.of("data"));
        for (JsonNode volume : pods.spec().path("volumes")) {
            volumes.add(volume.path("name").asText());
            if (volume.has("secret")) {
                secret(owner, volume.at("/secret/secretName").asText());
            }
        }
        for (JsonNode container : pods.containers()) {
            container.path("volumeMounts").forEach(mount -> expect(volumes.contains(mount.path("name").asText()),
                    owner + " has no volume " + mount.path("name")));
            container.findValues("configMapRef").forEach(map -> mustBe(owner, "ConfigMap " + map.path("name").asText()));
            container.findValues("secretKeyRef").forEach(key -> secret(owner, key.path("name").asText()));
            container.findValues("httpGet").forEach(probe -> expect(pods.hasPort(probe.path("port").asText()),
                    owner + " has no port " + probe.path("port") + " to be asked at"));
        }
    }

    private void secret(String owner, String name) {
        expect(secrets.contains(name), owner + " needs the secret " + name + ", which nothing here makes");
    }

    private void mustBe(String owner, String reference) {
        expect(there.contains(reference), owner + " names the " + reference + ", which is not there");
    }

    private void expect(boolean right, String otherwise) {
        if (!right) {
            problems.add(otherwise);
        }
    }
}
