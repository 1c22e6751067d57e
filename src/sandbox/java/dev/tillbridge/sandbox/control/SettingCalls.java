package dev.tillbridge.sandbox.control;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sandbox.SandboxContext;
import dev.tillbridge.sandbox.http.VendorSide;

/** Behaviour switches, limits, reset. */
final class SettingCalls {

    private final SandboxContext context;
    private final Map<String, VendorSide> sides;
    private final Runnable reset;

    SettingCalls(SandboxContext context, Map<String, VendorSide> sides, Runnable reset) {
        this.context = context;
        this.sides = sides;
        this.reset = reset;
    }

    void addTo(ControlRoutes routes) {
        routes.add("GET", "/behaviour", "The behaviour switches: what the vendors' documents leave open.", "",
                unused -> context.behaviour().all());
        routes.add("PUT", "/behaviour", "Sets behaviour switches; the others stay.",
                "{\"rightsChecked\":\"afterExistence\"}", this::behave);
        routes.add("GET", "/limits", "Which rate limits are enforced, and the latency of each side.", "",
                unused -> context.limits().all());
        routes.add("POST", "/limits", "Turns rate limits on or off and sets the latency of each side's answers.",
                "{\"clover\":true,\"shopify\":false,\"latencyMs\":{\"clover\":50}}", this::limit);
        routes.add("POST", "/reset", "Empties both books, log and faults; switches and limits as at the start.", "{}",
                unused -> {
                    reset.run();
                    return Map.of("reset", true);
                });
    }

    private Object behave(ControlRequest request) {
        // All are checked first: a call refused for its second switch must not leave the first one changed.
        Map<String, String> before = context.behaviour().all();
        try {
            for (Map.Entry<String, JsonNode> field : request.body().properties()) {
                context.behaviour().set(field.getKey(), field.getValue().asText());
            }
        } catch (IllegalArgumentException e) {
            before.forEach(context.behaviour()::set);
            throw e;
        }
        return context.behaviour().all();
    }

    private Object limit(ControlRequest request) {
        request.only("clover", "shopify", "latencyMs");
        for (String side : sides.keySet()) {
            context.limits().enforce(side, request.flag(side, context.limits().enforced(side)));
        }
        JsonNode latencies = request.body().path("latencyMs");
        if (!latencies.isMissingNode() && !latencies.isObject()) {
            throw new BadControlInput("\"latencyMs\" must be an object such as {\"clover\": 50, \"shopify\": 100}.");
        }
        for (Map.Entry<String, JsonNode> field : latencies.properties()) {
            if (!sides.containsKey(field.getKey()) || !field.getValue().canConvertToInt() || field.getValue().intValue() < 0) {
                throw new BadControlInput("\"latencyMs\" takes milliseconds, 0 or more, for "
                        + String.join(" and ", sides.keySet()) + ".");
            }
            context.limits().latencyMs(field.getKey(), field.getValue().intValue());
        }
        return context.limits().all();
    }
}
