package dev.tillbridge.sandbox.control;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.tillbridge.sandbox.http.FaultKind;
import dev.tillbridge.sandbox.http.FaultRules;
import dev.tillbridge.sandbox.http.RequestLog;
import dev.tillbridge.sandbox.http.VendorSide;
import dev.tillbridge.sandbox.webhook.WebhookSender;

/** Faults and the request log. */
final class FaultCalls {

    private static final int LAST = 100;

    private final Map<String, VendorSide> sides;
    private final FaultRules faults;
    private final RequestLog log;
    private final WebhookSender webhooks;

    FaultCalls(Map<String, VendorSide> sides, FaultRules faults, RequestLog log, WebhookSender webhooks) {
        this.webhooks = webhooks;
        this.sides = sides;
        this.faults = faults;
        this.log = log;
    }

    void addTo(ControlRoutes routes) {
        routes.add("POST", "/faults",
                "Adds a fault rule. kind: " + kinds() + ". With \"nth\" the n-th matching call is struck, and the next"
                        + " ones up to \"times\"; with \"probability\" each one by chance; with neither every one."
                        + " \"operation\" may hold *. Another \"seed\" draws other calls. WEBHOOK_… kinds strike webhooks"
                        + " instead, \"operation\" being their topic (inventory_levels/update; of Clover O, P, I, IS, IA, joined"
                        + " by + in one post); a WEBHOOK_DELAYED one comes \"latencyMs\" to \"mostMs\" late.",
                "{\"side\":\"clover\",\"operation\":\"item_stocks.post\",\"kind\":\"SERVER_ERROR_AFTER\",\"nth\":3,"
                        + "\"times\":1,\"latencyMs\":0}",
                this::add);
        routes.add("GET", "/faults", "The fault rules, how many calls each has seen and struck.", "",
                unused -> Map.of("faults", faults.all()));
        routes.add("DELETE", "/faults", "Removes all fault rules.", "", unused -> {
            faults.clear();
            return Map.of("faults", faults.all());
        });
        routes.add("GET", "/requests",
                "What was asked of each side: counts per operation and status (0: connection reset), answers 429, most at"
                        + " once, most within a second; ?last=n gives the last n requests (at most 2,000).",
                "?last=20", this::requests);
        routes.add("DELETE", "/requests", "Starts the request log anew.", "", unused -> {
            log.clear();
            return Map.of("cleared", true);
        });
    }

    private Object add(ControlRequest request) {
        request.only("side", "operation", "kind", "probability", "nth", "times", "latencyMs", "mostMs", "seed");
        String side = request.text("side");
        if (!sides.containsKey(side)) {
            throw new BadControlInput("\"side\" must be one of " + String.join(", ", sides.keySet()) + ".");
        }
        String operation = request.text("operation", "*");
        FaultKind kind = kind(request.text("kind"));
        Double probability = request.has("probability") ? Double.valueOf(request.decimal("probability").doubleValue()) : null;
        Integer nth = request.has("nth") ? Integer.valueOf(request.integer("nth", 0)) : null;
        Integer times = request.has("times") ? Integer.valueOf(request.integer("times", 0)) : null;
        int latencyMs = request.integer("latencyMs", 0);
        int mostMs = request.integer("mostMs", latencyMs);
        Long seed = request.has("seed") ? Long.valueOf(request.integer("seed", 0)) : null;
        if (probability != null && nth != null) {
            throw new BadControlInput("Give \"probability\" or \"nth\", not both.");
        }
        if (probability != null && (probability < 0 || probability > 1)) {
            throw new BadControlInput("\"probability\" must be from 0 to 1.");
        }
        if ((nth != null && nth < 1) || (times != null && times < 1) || latencyMs < 0) {
            throw new BadControlInput("\"nth\" and \"times\" must be 1 or more, \"latencyMs\" 0 or more.");
        }
        if ((kind == FaultKind.LATENCY || kind == FaultKind.LATENCY_AFTER) && latencyMs == 0) {
            throw new BadControlInput("A " + kind + " fault needs \"latencyMs\".");
        }
        if (kind == FaultKind.WEBHOOK_DELAYED ? mostMs < Math.max(1, latencyMs) : request.has("mostMs")) {
            throw new BadControlInput("A WEBHOOK_DELAYED fault, and no other, has \"mostMs\", at least \"latencyMs\".");
        }
        return faults.add(side, operation, kind, probability, nth, times, latencyMs, mostMs, seed).view();
    }

    private static FaultKind kind(String name) {
        for (FaultKind kind : FaultKind.values()) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        throw new BadControlInput("\"kind\" must be one of " + kinds() + ".");
    }

    private static String kinds() {
        return Arrays.stream(FaultKind.values()).map(Enum::name).collect(Collectors.joining(", "));
    }

    private Object requests(ControlRequest request) {
        Map<String, Object> answer = ControlApi.object();
        sides.keySet().forEach(side -> answer.put(side, log.summary(side)));
        answer.put("webhooks", webhooks.all());
        String last = request.query().get("last");
        if (last != null) {
            if (!last.matches("\\d{1,4}")) {
                throw new BadControlInput("\"last\" is how many requests to show, such as " + LAST + ".");
            }
            List<RequestLog.Entry> entries = log.last(Integer.parseInt(last));
            answer.put("last", entries);
        }
        return answer;
    }
}
