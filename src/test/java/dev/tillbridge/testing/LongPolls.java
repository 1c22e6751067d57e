package dev.tillbridge.testing;

import java.util.HashMap;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** Nothing is found by the clock within a test: what arrives was told of. */
public final class LongPolls implements QuarkusTestProfile {

    public static final String CLOVER_CODE = "code-of-the-dashboard";
    public static final String OLD_CLOVER_CODE = "code-before";

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> config = new HashMap<>(new FastSales().getConfigOverrides());
        config.put("tillbridge.sync.stock-poll", "PT10M");
        config.put("tillbridge.sync.quiet-poll", "PT10M");
        config.put("tillbridge.sync.till-scan", "PT10M");
        config.put("tillbridge.sync.order-poll", "PT10M");
        config.put("tillbridge.webhook.public-url", "https://till.example.com/");
        config.put("tillbridge.webhook.item-gather", "PT0.1S");
        config.put("tillbridge.webhook.silence", "PT1S");
        config.put("tillbridge.webhook.silence-check", "PT0.3S");
        config.put("tillbridge.clover.webhook.auth-code", CLOVER_CODE);
        config.put("tillbridge.clover.webhook.previous-auth-code", OLD_CLOVER_CODE);
        return config;
    }
}
