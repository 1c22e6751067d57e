package dev.tillbridge.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.testing.JsonClient;
import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.SandboxResource;
import dev.tillbridge.testing.ServiceApi;
import dev.tillbridge.testing.ServiceProcess;
import dev.tillbridge.testing.TraceCollector;
import dev.tillbridge.testing.TraceCollector.Span;

/** The packaged service sends traces by OTLP where it is told where to, and tells them nothing that is secret or personal. */
class TracesIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String CLIENT_SECRET = "shpss_demo";
    private static final Set<String> ATTRIBUTES = Set.of("tillbridge.stream", "tillbridge.store.id", "tillbridge.channel.id",
            "tillbridge.vendor", "tillbridge.operation", "error.type");

    @Test
    void aPassIsATraceWithItsPagesAndWritesAndTheVendorsAreToldOfIt() throws Exception {
        try (SandboxProcess sandbox = SandboxProcess.start("traces-sandbox", "-Dsandbox.clover-limits=false");
                TraceCollector collector = new TraceCollector()) {
            sandbox.seed("{\"seed\":5,\"variants\":40}");
            Map<String, String> config = ServiceProcess.configWithTls(SandboxResource.freshDatabase(), sandbox);
            config.put("quarkus.otel.exporter.otlp.endpoint", collector.endpoint());
            config.put("quarkus.otel.exporter.otlp.protocol", "http/protobuf");
            config.put("quarkus.otel.bsp.schedule.delay", "200ms");
            config.put("tillbridge.clover.rate.per-second", "200");
            config.put("tillbridge.sync.stock-poll", "PT1S");
            config.put("tillbridge.sync.order-poll", "PT1S");
            try (ServiceProcess service = ServiceProcess.start("traces", config, "-Xmx256m")) {
                connect(service.api());
                await().atMost(SOON).until(() -> sandbox.stock().stream().anyMatch(pair -> pair.follows() && pair.inStep(1)));
                await().atMost(SOON).untilAsserted(() -> {
                    assertThatAPassIsATrace(collector.spans(), "pass stock", "clover read_stock", "clover write_stock");
                    assertThatAPassIsATrace(collector.spans(), "pass sales", "clover read_orders");
                    assertThatAPassIsATrace(collector.spans(), "pass storefront", "shopify variants-since");
                });
                assertThatVendorsAreTold(sandbox, collector);
            }
            assertThatNothingSecretIsTold(collector);
        }
    }

    private static void connect(ServiceApi api) throws Exception {
        JsonClient http = api.http();
        String store = http.call("POST", "/api/v1/stores", "{\"shopDomain\":\"" + SandboxResource.SHOP
                + "\",\"clientId\":\"tillbridge-demo-app\",\"clientSecret\":\"" + CLIENT_SECRET + "\"}").path("id").asText();
        String channel = api.connectDemoChannel(store);
        api.turnOnInventorySync(channel, 1);
        api.turnOnOrderSync(channel);
    }

    private static void assertThatAPassIsATrace(List<Span> spans, String pass, String... requests) {
        List<Span> roots = spans.stream().filter(span -> span.name().equals(pass)).toList();
        assertThat(roots).as(pass + " among " + spans.stream().map(Span::name).distinct().toList()).isNotEmpty()
                .allMatch(root -> root.parentId().isEmpty());
        assertThat(roots).extracting(Span::traceId).as("each in a trace of its own").doesNotHaveDuplicates();
        assertThat(roots).anySatisfy(root -> {
            List<Span> inside = spans.stream()
                    .filter(span -> span.traceId().equals(root.traceId()) && !span.id().equals(root.id()))
                    .toList();
            assertThat(inside).extracting(Span::name).contains(requests);
            assertThat(inside).allMatch(span -> span.parentId().equals(root.id()));
        });
    }

    private static void assertThatVendorsAreTold(SandboxProcess sandbox, TraceCollector collector) {
        JsonNode last = sandbox.control("GET", "/requests?last=2000", null).path("last");
        Map<String, List<String>> told = new java.util.TreeMap<>();
        last.forEach(entry -> told.computeIfAbsent(entry.path("side").asText(), side -> new ArrayList<>())
                .add(entry.path("traceparent").asText("")));
        await().atMost(SOON).untilAsserted(() -> {
            Set<String> sent = collector.spans().stream().map(span -> "00-" + span.traceId() + "-" + span.id() + "-01")
                    .collect(Collectors.toSet());
            for (String side : List.of("clover", "shopify")) {
                // All but the file of a bulk operation, whose storage is none of the vendor's API.
                assertThat(told.get(side).stream().filter(header -> !header.isEmpty())).as(side).hasSizeGreaterThan(5)
                        .allMatch(sent::contains);
            }
            assertThat(told.get("clover")).doesNotContain("");
        });
    }

    private static void assertThatNothingSecretIsTold(TraceCollector collector) {
        assertThat(collector.spans()).allSatisfy(span -> assertThat(ATTRIBUTES).containsAll(span.attributes().keySet()));
        assertThat(collector.raw()).contains("tillbridge", "write_stock")
                .doesNotContain(SandboxResource.CLOVER_TOKEN, CLIENT_SECRET, "tillbridge-demo-app", ServiceProcess.ADMIN_KEY,
                        ServiceProcess.ENCRYPTION_KEY, SandboxResource.SHOP, SandboxResource.MERCHANT, "http://localhost",
                        "filter=", "modifiedTime", "Bearer");
    }
}
