package dev.tillbridge.testing;

import java.util.HashMap;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** As {@link FastTill}, and products at a test's pace: calls that end early, and looks soon after. */
public final class FastProducts implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> config = new HashMap<>(new FastTill().getConfigOverrides());
        config.put("tillbridge.clover.timeout.call", "PT2S");
        config.put("tillbridge.clover.rate.concurrent", "5");
        config.put("tillbridge.product.concurrency", "5");
        config.put("tillbridge.product.look-after", "PT0.1S");
        config.put("tillbridge.product.absent-after", "PT4S");
        config.put("tillbridge.product.first-retry", "PT1S");
        return config;
    }
}
