package dev.tillbridge.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

import dev.tillbridge.channel.FakeVendors;
import dev.tillbridge.testing.SandboxResource;

/** Nothing is traced, and nothing runs for it, until there is somewhere to send traces to. */
@QuarkusTest
@TestProfile(FakeVendors.class)
@QuarkusTestResource(SandboxResource.class)
class TracesOffTest {

    private static final String DISABLED = "quarkus.otel.sdk.disabled";

    @Inject
    Traces traces;

    @Test
    void withoutAnEndpointNothingIsTracedAndNoThreadExports() {
        assertThat(traces.on()).isFalse();
        assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
                .noneMatch(name -> name.contains("BatchSpanProcessor"));
    }

    @Test
    void anEndpointTurnsThemOnAndWhoeverSaysOtherwiseIsBelieved() {
        assertThat(disabled(Map.of())).isTrue();
        assertThat(disabled(Map.of("quarkus.otel.exporter.otlp.endpoint", " "))).isTrue();
        assertThat(disabled(Map.of("quarkus.otel.exporter.otlp.endpoint", "http://collector:4317"))).isFalse();
        assertThat(disabled(Map.of("quarkus.otel.exporter.otlp.traces.endpoint", "http://collector:4317"))).isFalse();
        assertThat(disabled(Map.of("quarkus.otel.exporter.otlp.endpoint", "http://collector:4317", DISABLED, "true"))).isTrue();
    }

    private static boolean disabled(Map<String, String> said) {
        Config config = new SmallRyeConfigBuilder().addDefaultInterceptors()
                .withDefaultValue("quarkus.otel.exporter.otlp.endpoint", "http://localhost:4317/")
                .withSources(new TracingSwitch()).withSources(new PropertiesConfigSource(said, "said", 300)).build();
        return config.getValue(DISABLED, boolean.class);
    }
}
