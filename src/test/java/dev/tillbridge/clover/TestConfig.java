package dev.tillbridge.clover;

import java.time.Duration;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;

/** The configuration's defaults, for tests without Quarkus. */
final class TestConfig {

    private TestConfig() {}

    static CloverConfig defaults() {
        return new SmallRyeConfigBuilder().addDefaultInterceptors().withMapping(CloverConfig.class)
                .withConverter(Duration.class, 300, new DurationConverter())
                .build().getConfigMapping(CloverConfig.class);
    }
}
