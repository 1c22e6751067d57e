package dev.tillbridge.sandbox.shopify;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The webhook subscriptions of one shop; an app sees its own alone. */
final class Subscriptions {

    private static final long FIRST_ID = 1_929_113_141_554L;
    private static final long STEP = 32_768;

    private final Map<Long, SubscriptionRow> rows = new LinkedHashMap<>();
    /** How many subscribe to a topic: what nobody wants is not even looked at. */
    private final Map<WebhookTopic, Integer> wanted = new EnumMap<>(WebhookTopic.class);
    private long made;

    boolean wants(WebhookTopic topic) {
        return wanted.containsKey(topic);
    }

    SubscriptionRow create(String app, String topic, long now) {
        SubscriptionRow row = new SubscriptionRow(FIRST_ID + made++ * STEP, app, topic, now);
        rows.put(row.id, row);
        WebhookTopic.named(topic).ifPresent(each -> wanted.merge(each, 1, Integer::sum));
        return row;
    }

    void remove(SubscriptionRow row) {
        row.gone = true;
        if (rows.remove(row.id) != null) {
            WebhookTopic.named(row.topic)
                    .ifPresent(each -> wanted.computeIfPresent(each, (topic, count) -> count == 1 ? null : count - 1));
        }
    }

    Optional<SubscriptionRow> find(Object gid, String app) {
        return Optional.ofNullable(rows.get(Gid.number(SubscriptionRow.TYPE, gid))).filter(row -> row.app.equals(app));
    }

    List<SubscriptionRow> of(String app) {
        return rows.values().stream().filter(row -> row.app.equals(app)).toList();
    }

    List<SubscriptionRow> to(WebhookTopic topic) {
        return rows.values().stream().filter(row -> row.topic.equals(topic.name())).toList();
    }

    List<SubscriptionRow> all() {
        return new ArrayList<>(rows.values());
    }
}
