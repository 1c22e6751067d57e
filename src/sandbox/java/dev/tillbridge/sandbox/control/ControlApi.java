package dev.tillbridge.sandbox.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

import dev.tillbridge.sandbox.SandboxContext;
import dev.tillbridge.sandbox.http.FaultRules;
import dev.tillbridge.sandbox.http.RequestLog;
import dev.tillbridge.sandbox.http.VendorSide;

/** The HTTP server of the control API; {@code GET /_sandbox} lists every call with an example. */
public final class ControlApi implements ControlRoutes {

    private static final Logger LOG = Logger.getLogger(ControlApi.class.getName());
    private static final String BASE = "/_sandbox";

    private final Router router;
    private final ObjectMapper json;
    private final List<Entry> entries = new ArrayList<>();

    public ControlApi(SandboxContext context, Map<String, VendorSide> sides, FaultRules faults, RequestLog log,
            Runnable reset) {
        this.router = Router.router(context.vertx());
        this.json = context.json().copy().enable(SerializationFeature.INDENT_OUTPUT);
        router.route().handler(BodyHandler.create(false));
        new CatalogCalls(sides).addTo(this);
        new FaultCalls(sides, faults, log, context.webhooks()).addTo(this);
        new WebhookCalls(context.webhooks()).addTo(this);
        new FleetCalls(sides).addTo(this);
        new SettingCalls(context, sides, reset).addTo(this);
        sides.values().forEach(side -> side.controls(this));
        add("GET", "", "This list.", "", unused -> Map.of("calls", entries));
        router.errorHandler(404, routing -> answer(routing, 404, "There is no such call. GET " + BASE + " lists all."));
        router.errorHandler(405, routing -> answer(routing, 405, "Not with this method. GET " + BASE + " lists all calls."));
    }

    public Handler<HttpServerRequest> handler() {
        return router;
    }

    @Override
    public void add(String method, String path, String summary, String example, Function<ControlRequest, Object> answer) {
        entries.add(new Entry(method, BASE + path, summary, example));
        router.route(HttpMethod.valueOf(method), BASE + path).handler(routing -> {
            try {
                Object result = answer.apply(new ControlRequest(body(routing), routing.queryParams(), routing.pathParams()));
                send(routing, 200, result);
            } catch (BadControlInput e) {
                answer(routing, e.status(), e.getMessage());
            } catch (IllegalArgumentException e) {
                answer(routing, 400, e.getMessage());
            } catch (RuntimeException e) {
                LOG.log(Level.SEVERE, "A control call failed", e);
                answer(routing, 500, "The sandbox itself failed, see its log: " + e);
            }
        });
    }

    private JsonNode body(RoutingContext routing) {
        Buffer buffer = routing.body().buffer();
        if (buffer == null || buffer.length() == 0) {
            return json.createObjectNode();
        }
        try {
            JsonNode node = json.readTree(buffer.getBytes());
            if (node.isObject()) {
                return node;
            }
        } catch (java.io.IOException e) {
            throw new BadControlInput("The body is no JSON: " + e.getMessage());
        }
        throw new BadControlInput("The body must be a JSON object.");
    }

    private void answer(RoutingContext routing, int status, String message) {
        send(routing, status, Map.of("message", message));
    }

    private void send(RoutingContext routing, int status, Object value) {
        try {
            routing.response().setStatusCode(status).putHeader("Content-Type", "application/json")
                    .end(Buffer.buffer(json.writeValueAsBytes(value)))
                    .onFailure(gone -> LOG.log(Level.FINE, "A control client did not wait for its answer.", gone));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A JSON object in the order of its pairs. */
    static Map<String, Object> object(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    /** One call as {@code GET /_sandbox} lists it. */
    record Entry(String method, String path, String summary, String example) {}
}
