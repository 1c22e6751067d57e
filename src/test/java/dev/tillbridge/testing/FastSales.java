package dev.tillbridge.testing;

import java.util.HashMap;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** As {@link FastTill}, and sales at a test's pace: polls, looks and retries of a fraction of a second. */
public final class FastSales implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> config = new HashMap<>(new FastTill().getConfigOverrides());
        config.put("tillbridge.sync.order-poll", "PT0.3S");
        config.put("tillbridge.order.first-retry", "PT0.2S");
        config.put("tillbridge.order.first-look", "PT1S");
        config.put("tillbridge.order.quiet", "PT2S");
        config.put("tillbridge.order.look-up-after", "PT3S");
        config.put("tillbridge.order.look-up-again", "PT0.5S");
        config.put("tillbridge.order.sweep-after", "PT4S");
        config.put("tillbridge.clover.timeout.call", "PT2S");
        config.put("tillbridge.shopify.timeout", "PT2S");
        config.put("tillbridge.shopify.retry-delay", "PT0.05S");
        return config;
    }
}
