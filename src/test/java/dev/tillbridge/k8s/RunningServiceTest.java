package dev.tillbridge.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;

import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.JsonClient;
import dev.tillbridge.testing.SandboxResource;
import dev.tillbridge.testing.ServiceApi;

/** What probes, alerts, dashboards and the autoscaler ask of the service is there when a shop and a till are in step. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class RunningServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** What the dashboard's document loads. */
    private static final Pattern FILE = Pattern.compile("(?:src|href)=\"(/[^\"]*)\"");

    @TestHTTPResource
    URL address;
    private JsonClient http;

    @BeforeEach
    void emptyHouse() {
        String base = address.toString();
        http = new JsonClient(base.endsWith("/") ? base.substring(0, base.length() - 1) : base, SandboxResource.BOOTSTRAP_KEY);
        disconnectAll();
        ControlApi.send("POST", "/reset", "{}");
    }

    @AfterEach
    void disconnectAll() {
        http.get("/api/v1/channels").path("items").findValuesAsText("id").forEach(id -> http.call("DELETE",
                "/api/v1/channels/" + id, null));
        http.get("/api/v1/stores").path("items").forEach(store -> http.call("DELETE",
                "/api/v1/stores/" + store.path("id").asText(), null));
    }

    @Test
    void everyMetricOfAlertsDashboardsAndAutoscalerIsTold() {
        // Given
        ControlApi.send("POST", "/seed", "{\"seed\":11,\"variants\":20}");
        for (String fault : List.of("\"clover\",\"operation\":\"items.list\"", "\"shopify\",\"operation\":\"VariantsSince\"")) {
            ControlApi.send("POST", "/faults", "{\"side\":" + fault + ",\"kind\":\"TOO_MANY_REQUESTS\",\"nth\":1,\"times\":1}");
        }
        Map<String, String> expressions = Expressions.of(Kustomization.render(Manifests.PRODUCTION));
        assertThat(expressions).hasSizeGreaterThan(25);
        expressions.putAll(Expressions.ofTheAdapter());

        // When
        var api = new ServiceApi(http);
        api.connectDemoChannel(api.connectDemoStore());

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            var exposed = new ExposedMetrics(http.send("GET", "/q/metrics", null).body());
            List<String> problems = new ArrayList<>();
            expressions.forEach((name, expression) -> problems.addAll(exposed.problems(name, expression)));
            assertThat(problems).isEmpty();
        });
    }

    @Test
    void theIngressLetsInThePagesAndTheirFilesButNotWhatIsForTheCluster() throws Exception {
        var ingress = IngressPaths.of(Kustomization.render(Manifests.PRODUCTION));
        List<String> wanted = new ArrayList<>(List.of("/", "/login", "/access", "/connect", "/connect/store",
                "/channels/7b1c/items", "/api/v1/stores", "/q/swagger-ui/", "/q/openapi"));
        FILE.matcher(http.send("GET", "/", null).body()).results().forEach(file -> wanted.add(file.group(1)));
        assertThat(wanted).anyMatch(file -> file.endsWith(".css")).anyMatch(file -> file.endsWith(".js"));

        for (String path : wanted) {
            assertThat(http.send("GET", path, null).status()).as(path).isIn(200, 302);
            assertThat(ingress.letIn(path)).as(path + " is let in").isTrue();
        }
        for (String path : List.of("/q/health/ready", "/q/metrics", "/q/dev-ui", "/loginx")) {
            assertThat(ingress.letIn(path)).as(path + " is let in").isFalse();
        }
    }

    @Test
    void everyPathThatIsProbedOrScrapedAnswers() throws Exception {
        List<String> paths = new ArrayList<>();
        for (JsonNode object : Kustomization.render(Manifests.PRODUCTION)) {
            object.findValues("httpGet").forEach(probe -> paths.add(probe.path("path").asText()));
            object.at("/spec/endpoints").forEach(endpoint -> paths.add(endpoint.path("path").asText()));
        }
        assertThat(paths).hasSize(4);
        for (String path : paths) {
            assertThat(http.send("GET", path, null).status()).as(path).isEqualTo(200);
        }
    }
}
