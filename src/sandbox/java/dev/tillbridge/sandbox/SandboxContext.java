package dev.tillbridge.sandbox;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Vertx;

import dev.tillbridge.sandbox.behaviour.Behaviour;
import dev.tillbridge.sandbox.behaviour.Limits;
import dev.tillbridge.sandbox.http.FaultRules;
import dev.tillbridge.sandbox.webhook.WebhookSender;

/** What both vendors' sides share. Belongs to the sandbox's event loop. */
public final class SandboxContext {

    private final Vertx vertx;
    private final SandboxOptions options;
    private final Clock clock;
    private final Behaviour behaviour = new Behaviour();
    private final Limits limits;
    private final ObjectMapper json;
    private final WebhookSender webhooks;
    private final Map<String, String> urls = new HashMap<>();

    SandboxContext(Vertx vertx, SandboxOptions options, Clock clock, FaultRules faults) {
        this.vertx = vertx;
        this.options = options;
        this.clock = clock;
        this.limits = new Limits(options);
        this.webhooks = new WebhookSender(vertx, clock, options.webhooks(), faults);
        // Decimals as written: PER_UNIT quantities must not pass through binary floating point.
        this.json = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES).build();
    }

    public Vertx vertx() {
        return vertx;
    }

    public SandboxOptions options() {
        return options;
    }

    /** The vendors' clock. */
    public Clock clock() {
        return clock;
    }

    public Behaviour behaviour() {
        return behaviour;
    }

    public Limits limits() {
        return limits;
    }

    /** Takes what both vendors tell their receivers. */
    public WebhookSender webhooks() {
        return webhooks;
    }

    public ObjectMapper json() {
        return json;
    }

    /** The address at which a side answers, without a slash at the end; known once its server listens. */
    public String url(String side) {
        String url = urls.get(side);
        if (url == null) {
            throw new IllegalStateException("The side \"" + side + "\" is not listening.");
        }
        return url;
    }

    void listensAt(String side, String url) {
        urls.put(side, url);
    }
}
