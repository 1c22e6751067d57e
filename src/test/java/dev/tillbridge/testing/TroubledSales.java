package dev.tillbridge.testing;

import java.util.HashMap;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/**
 * As {@link FastSales}, where most calls fail some time: no wait is longer than two seconds. An order is looked for only after the
 * longest that its call may have waited, been held up and stayed out of the index, as with the waits of the defaults.
 */
public final class TroubledSales implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> config = new HashMap<>(new FastSales().getConfigOverrides());
        config.put("tillbridge.order.longest-retry", "PT2S");
        config.put("tillbridge.order.quiet", "PT1.5S");
        config.put("tillbridge.order.look-up-after", "PT4S");
        config.put("tillbridge.order.sweep-after", "PT2S");
        config.put("tillbridge.clover.timeout.call", "PT1.5S");
        config.put("tillbridge.clover.retry.first-pause", "PT0.05S");
        config.put("tillbridge.clover.retry.longest-pause", "PT0.5S");
        config.put("tillbridge.clover.breaker.pause", "PT0.5S");
        config.put("tillbridge.shopify.timeout", "PT1.5S");
        config.put("tillbridge.shopify.write-wait", "PT0.5S");
        return config;
    }
}
