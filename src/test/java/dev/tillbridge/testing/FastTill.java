package dev.tillbridge.testing;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** The engine at a test's pace: polls and waits of a fraction of a second, and a till that does not make it wait. */
public final class FastTill implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "tillbridge.clover.rate.per-second", "1000",
                "tillbridge.sync.stock-poll", "PT0.3S",
                "tillbridge.sync.quiet-poll", "PT0.6S",
                "tillbridge.sync.till-scan", "PT0.5S",
                "tillbridge.stock.recount-after", "PT2S",
                "tillbridge.stock.recheck", "PT0.3S");
    }
}
