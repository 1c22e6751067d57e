package dev.tillbridge.sandbox.clover;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.buffer.Buffer;

import dev.tillbridge.sandbox.SandboxContext;
import dev.tillbridge.sandbox.behaviour.Switch;
import dev.tillbridge.sandbox.webhook.WebhookPost;

/**
 * What happens at the tills, gathered for a short time and posted to the apps: several merchants and events in one post, no
 * signature, no event id (facts section 6).
 */
final class CloverEvents {

    /** More are split over several posts. */
    private static final int MOST_IN_A_POST = 200;
    /** Where lost posts are sent again at all. */
    private static final List<Double> RETRIES = List.of(10 / 14_400.0, 60 / 14_400.0, 300 / 14_400.0);

    private final SandboxContext context;
    private final Map<String, CloverApp> apps = new LinkedHashMap<>();
    /** By merchant; an object's same events within a post are one. */
    private final Map<String, Map<What, Long>> gathered = new LinkedHashMap<>();
    private boolean due;

    CloverEvents(SandboxContext context) {
        this.context = context;
    }

    /** What changes of an item. */
    enum ItemChange {
        CREATED,
        ATTRIBUTES,
        STOCK,
        AVAILABILITY,
        DELETED
    }

    /** The same app is replaced: its code can be changed so. */
    void put(CloverApp app) {
        apps.put(app.appId(), app);
    }

    CloverApp app(String id) {
        return apps.get(id);
    }

    Collection<CloverApp> apps() {
        return apps.values();
    }

    boolean remove(String id) {
        return apps.remove(id) != null;
    }

    /** An item's event: {@code I}, or split {@code IS} for stock and {@code IA} for availability. */
    void item(String merchantId, String itemId, ItemChange change) {
        boolean split = context.behaviour().is(Switch.ITEM_WEBHOOKS, "split");
        String key = split && change == ItemChange.STOCK ? "IS" : split && change == ItemChange.AVAILABILITY ? "IA" : "I";
        String type = change == ItemChange.CREATED ? "CREATE" : change == ItemChange.DELETED ? "DELETE" : "UPDATE";
        tell(merchantId, key + ":" + itemId, type);
    }

    /**
     * @param objectId such as {@code O:4PVVHQQRZ9X8C}
     * @param type CREATE, UPDATE or DELETE
     */
    void tell(String merchantId, String objectId, String type) {
        if (apps.values().stream().noneMatch(app -> app.concerns(merchantId))) {
            return;
        }
        gathered.computeIfAbsent(merchantId, unused -> new LinkedHashMap<>()).putIfAbsent(new What(objectId, type),
                context.clock().millis());
        if (!due) {
            due = true;
            context.vertx().setTimer(context.webhooks().settings().groupMs(), unused -> flush());
        }
    }

    /** Runs something at a time to come, so that what happens by itself then is told without anybody looking. */
    void wake(Runnable work, long inMs) {
        if (!apps.isEmpty()) {
            context.vertx().setTimer(Math.max(1, inMs), unused -> work.run());
        }
    }

    private void flush() {
        due = false;
        Map<String, Map<What, Long>> events = new LinkedHashMap<>(gathered);
        gathered.clear();
        List<Told> all = new ArrayList<>();
        events.forEach((merchant, told) -> told.forEach((what, ts) -> all.add(new Told(merchant, what, ts))));
        for (CloverApp app : apps.values()) {
            List<Told> wanted = all.stream().filter(each -> app.concerns(each.merchantId) && isTold(app, each.what)).toList();
            for (int from = 0; from < wanted.size(); from += MOST_IN_A_POST) {
                post(app, wanted.subList(from, Math.min(wanted.size(), from + MOST_IN_A_POST)));
            }
        }
    }

    /** Keys that the sandbox never tells by itself are told when somebody makes them by hand. */
    private static boolean isTold(CloverApp app, What what) {
        return app.keys().contains(what.key()) || !CloverApp.KEYS.contains(what.key());
    }

    private void post(CloverApp app, List<Told> events) {
        Map<String, List<Map<String, Object>>> merchants = new LinkedHashMap<>();
        Set<String> keys = new LinkedHashSet<>();
        for (Told each : events) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("objectId", each.what.objectId);
            event.put("type", each.what.type);
            event.put("ts", each.ts);
            merchants.computeIfAbsent(each.merchantId, unused -> new ArrayList<>()).add(event);
            keys.add(each.what.key());
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("appId", app.appId());
        body.put("merchants", merchants);
        boolean retried = context.behaviour().is(Switch.CLOVER_WEBHOOK_RETRIES, "yes");
        send(app, keys.stream().sorted().collect(Collectors.joining("+")), String.join("+", merchants.keySet()), body,
                retried ? RETRIES : List.of());
    }

    /** {@code {"verificationCode":"…"}}, which a person pastes back. */
    void verify(CloverApp app) {
        send(app, "verification", app.appId(), Map.of("verificationCode", app.verificationCode()), List.of());
    }

    private void send(CloverApp app, String topic, String owner, Map<String, Object> body, List<Double> gaps) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("X-Clover-Auth", app.authCode());
        context.webhooks().post(new WebhookPost("clover", topic, owner, app.url(), headers, json(body), gaps,
                new WebhookPost.Receipt() {
                }));
    }

    private Buffer json(Map<String, Object> body) {
        try {
            return Buffer.buffer(context.json().writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    void reset() {
        apps.clear();
        gathered.clear();
    }

    private record What(String objectId, String type) {
        String key() {
            return objectId.substring(0, Math.max(0, objectId.indexOf(':')));
        }
    }

    private record Told(String merchantId, What what, long ts) {}
}
