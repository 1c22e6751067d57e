package dev.tillbridge.sandbox;

import java.time.Duration;
import java.util.Locale;

import dev.tillbridge.sandbox.webhook.WebhookOptions;

/**
 * How a sandbox starts.
 *
 * @param host the name or address it listens at; {@code 0.0.0.0} for all of the machine's, whose control API knows no key
 * @param controlPort port of the control API; 0 takes any free one
 * @param cloverPort port of the Clover side; 0 takes any free one
 * @param shopifyPort port of the Shopify side; 0 takes any free one
 * @param cloverLimits whether Clover's rate limits are enforced
 * @param shopifyLimits whether Shopify's cost limits are enforced
 * @param searchLag how long Shopify's search index lags behind writes
 * @param latency added to every answer of both vendors
 * @param seed of everything random: ids, catalogues, faults
 * @param webhooks how webhooks are delivered
 */
public record SandboxOptions(String host, int controlPort, int cloverPort, int shopifyPort, boolean cloverLimits,
        boolean shopifyLimits,
        Duration searchLag, Duration latency, long seed, WebhookOptions webhooks) {

    public static final String HOST = "localhost";
    public static final int CONTROL_PORT = 4180;
    public static final int CLOVER_PORT = 4181;
    public static final int SHOPIFY_PORT = 4182;

    /** The documented ports, real limits, a search lag of 2 s. */
    public static SandboxOptions defaults() {
        return new SandboxOptions(HOST, CONTROL_PORT, CLOVER_PORT, SHOPIFY_PORT, true, true, Duration.ofSeconds(2),
                Duration.ZERO, 1, WebhookOptions.DEFAULTS);
    }

    /** Any free ports, for tests; real limits. */
    public static SandboxOptions onFreePorts() {
        return defaults().withPorts(0, 0, 0);
    }

    /**
     * Options from system properties ({@code sandbox.host}, {@code sandbox.control-port}, {@code sandbox.clover-port}, {@code sandbox.shopify-port},
     * {@code sandbox.clover-limits}, {@code sandbox.shopify-limits}, {@code sandbox.search-lag} and {@code sandbox.latency} as
     * ISO-8601 durations, {@code sandbox.seed}, {@code sandbox.local-webhooks}, {@code sandbox.webhook-retry-span}) or the environment ({@code SANDBOX_CONTROL_PORT}, …).
     *
     * @throws IllegalArgumentException naming the option that cannot be read
     */
    public static SandboxOptions fromEnvironment() {
        SandboxOptions base = defaults();
        return new SandboxOptions(host(base.host), number("control-port", base.controlPort),
                number("clover-port", base.cloverPort),
                number("shopify-port", base.shopifyPort), flag("clover-limits", base.cloverLimits),
                flag("shopify-limits", base.shopifyLimits), duration("search-lag", base.searchLag),
                duration("latency", base.latency), number("seed", (int) base.seed),
                new WebhookOptions(flag("local-webhooks", base.webhooks.local()),
                        duration("webhook-retry-span", base.webhooks.retrySpan())));
    }

    public SandboxOptions withPorts(int control, int clover, int shopify) {
        return new SandboxOptions(host, control, clover, shopify, cloverLimits, shopifyLimits, searchLag, latency, seed,
                webhooks);
    }

    public SandboxOptions withLimits(boolean clover, boolean shopify) {
        return new SandboxOptions(host, controlPort, cloverPort, shopifyPort, clover, shopify, searchLag, latency, seed,
                webhooks);
    }

    public SandboxOptions withSearchLag(Duration lag) {
        return new SandboxOptions(host, controlPort, cloverPort, shopifyPort, cloverLimits, shopifyLimits, lag, latency, seed,
                webhooks);
    }

    public SandboxOptions withLatency(Duration perAnswer) {
        return new SandboxOptions(host, controlPort, cloverPort, shopifyPort, cloverLimits, shopifyLimits, searchLag, perAnswer,
                seed, webhooks);
    }

    public SandboxOptions withSeed(long value) {
        return new SandboxOptions(host, controlPort, cloverPort, shopifyPort, cloverLimits, shopifyLimits, searchLag, latency,
                value, webhooks);
    }

    public SandboxOptions withWebhooks(WebhookOptions options) {
        return new SandboxOptions(host, controlPort, cloverPort, shopifyPort, cloverLimits, shopifyLimits, searchLag, latency,
                seed, options);
    }

    /** A named option as text: system property {@code sandbox.<name>}, else the environment; null where unset. */
    static String text(String name) {
        String value = System.getProperty("sandbox." + name);
        return value != null ? value : System.getenv("SANDBOX_" + name.replace('-', '_').toUpperCase(Locale.ROOT));
    }

    private static String host(String fallback) {
        String value = text("host");
        return value == null || value.isBlank() ? fallback : value.strip();
    }

    static boolean flag(String name, boolean fallback) {
        String value = text(name);
        if (value == null) {
            return fallback;
        }
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException("sandbox." + name + " must be true or false, not \"" + value + "\"");
        }
        return value.equals("true");
    }

    static int number(String name, int fallback) {
        String value = text(name);
        if (value == null) {
            return fallback;
        }
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("sandbox." + name + " must be a whole number, not \"" + value + "\"", e);
        }
    }

    private static Duration duration(String name, Duration fallback) {
        String value = text(name);
        if (value == null) {
            return fallback;
        }
        try {
            return Duration.parse(value);
        } catch (java.time.format.DateTimeParseException e) {
            throw new IllegalArgumentException("sandbox." + name + " must be a duration such as PT2S, not \"" + value + "\"",
                    e);
        }
    }
}
