package dev.tillbridge.sandbox.behaviour;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.tillbridge.sandbox.SandboxOptions;

/** Whether each side enforces its rate limits, and the latency added to its answers. */
public final class Limits {

    private final SandboxOptions options;
    private final Map<String, Boolean> enforced = new LinkedHashMap<>();
    private final Map<String, Long> latencies = new LinkedHashMap<>();

    public Limits(SandboxOptions options) {
        this.options = options;
        reset();
    }

    public boolean enforced(String side) {
        return enforced.get(side);
    }

    public void enforce(String side, boolean on) {
        enforced.put(side, on);
    }

    public long latencyMs(String side) {
        return latencies.get(side);
    }

    public void latencyMs(String side, long milliseconds) {
        latencies.put(side, milliseconds);
    }

    /** As the sandbox was started. */
    public void reset() {
        enforced.put("clover", options.cloverLimits());
        enforced.put("shopify", options.shopifyLimits());
        latencies.put("clover", options.latency().toMillis());
        latencies.put("shopify", options.latency().toMillis());
    }

    /** {@code {"clover": true, "shopify": true, "latencyMs": {"clover": 0, "shopify": 0}}}. */
    public Map<String, Object> all() {
        Map<String, Object> all = new LinkedHashMap<>(enforced);
        all.put("latencyMs", new LinkedHashMap<>(latencies));
        return all;
    }
}
