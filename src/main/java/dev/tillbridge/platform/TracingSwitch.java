package dev.tillbridge.platform;

import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.config.spi.ConfigSource;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;

/**
 * Turns OpenTelemetry on where it is told where to send traces to, and off elsewhere: Quarkus' own default is a collector on the
 * same machine, which nobody may have. Decided when the service starts, because the same image runs everywhere.
 */
public class TracingSwitch implements ConfigSourceFactory {

    private static final List<String> ENDPOINTS = List.of("quarkus.otel.exporter.otlp.endpoint",
            "quarkus.otel.exporter.otlp.traces.endpoint");
    private static final String DISABLED = "quarkus.otel.sdk.disabled";
    /** Whoever says it in a file or in the environment is believed. */
    private static final int ORDINAL = 100;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        boolean wanted = ENDPOINTS.stream().map(context::getValue).anyMatch(TracingSwitch::isSet);
        return List.of(new PropertiesConfigSource(Map.of(DISABLED, Boolean.toString(!wanted)), "Traces", ORDINAL));
    }

    /** By somebody: files, environment and system properties have ranks of 100 and more, Quarkus' own defaults are far below zero. */
    private static boolean isSet(ConfigValue value) {
        return value != null && value.getValue() != null && !value.getValue().isBlank()
                && value.getConfigSourceOrdinal() >= 0;
    }
}
