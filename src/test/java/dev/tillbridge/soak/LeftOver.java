package dev.tillbridge.soak;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.testing.ServiceDatabase;

/** What must not be left over of a fleet that is quiet, though its books agree. */
final class LeftOver {

    /** Quarkus's default size of a reactive pool. */
    private static final int POOL = 20;
    /** What a migration may leave open for some minutes. */
    private static final int MIGRATION = 2;

    private final SoakWorld world;
    private final List<FleetStore> stores;

    LeftOver(SoakWorld world, List<FleetStore> stores) {
        this.world = world;
        this.stores = stores;
    }

    /**
     * Nobody counted anything at a till: each reading is to be explained by sales and by what was written. But for items of sales
     * that were taken back before anybody read them.
     */
    List<String> unexplained() {
        Set<String> gone = stores.stream().flatMap(store -> store.books().itemsOfGone().stream()).collect(Collectors.toSet());
        return world.database().rows("""
                select j.at, c.merchant_id || '/' || substr(j.subject, 7) as item, j.before, j.after, j.cause
                from journal j join channel c on c.id = j.channel_id
                where j.kind = 'recount-opened' and j.store_id = any (?::uuid[]) order by j.id""", ids()).stream()
                .filter(row -> !gone.contains(String.valueOf(row.get("item"))))
                .map(row -> "not explained: " + row).limit(3).toList();
    }

    /** One that was made of a sale after its first; it may be cancelled by now. */
    record Second(String identity, Instant at, JsonNode order) {
        @Override
        public String toString() {
            return "sale " + identity + " was made an order once more: " + order;
        }
    }

    /** Orders that were made although their sale had one. */
    List<Second> doubled() {
        List<Second> doubled = new ArrayList<>();
        for (FleetStore store : stores) {
            Map<String, List<JsonNode>> byIdentity = new LinkedHashMap<>();
            world.sandbox().control("GET",
                    "/state?shop=" + store.domain() + "&merchantId=" + store.tills().get(0).merchantId(), null)
                    .path("shopifyOrders").forEach(order -> {
                        if (order.hasNonNull("sourceIdentifier") && !order.path("sourceIdentifier").asText().isEmpty()) {
                            byIdentity.computeIfAbsent(order.path("sourceIdentifier").asText(), id -> new ArrayList<>())
                                    .add(order);
                        }
                    });
            byIdentity.forEach((identity, orders) -> orders.stream()
                    .map(order -> new Second(identity, Instant.parse(order.path("createdAt").asText()), order))
                    .sorted(Comparator.comparing(Second::at)).skip(1).forEach(doubled::add));
        }
        return doubled;
    }

    /** Each store is held by a replica that lives, or is free for whoever asks. */
    List<String> stuckLeases() {
        return world.database()
                .rows("""
                select store_id, owner, fence, held_until, due_at, clock_timestamp() as now from store_lease
                where store_id = any (?::uuid[])
                  and (owner is null or held_until < clock_timestamp()) and due_at < clock_timestamp() - interval '5 seconds'""",
                        ids())
                .stream().map(Object::toString).toList();
    }

    /** Connections of nobody, more than a replica may have, or stuck in a transaction. */
    List<String> leakedConnections() {
        List<String> leaked = new ArrayList<>();
        List<String> pools = IntStream.range(0, world.replicas().count()).mapToObj(world.replicas()::connectionsOf).toList();
        world.database().rows("""
                select application_name as name, count(*) as connections,
                  count(*) filter (where state like 'idle in transaction%' and state_change < clock_timestamp() - interval '5 seconds')
                    as stuck
                from pg_stat_activity where datname = current_database() and application_name <> ?
                group by application_name""", ServiceDatabase.OBSERVER).forEach(row -> {
            int most = pools.contains(String.valueOf(row.get("name"))) ? POOL : MIGRATION * world.replicas().count();
            if (((Number) row.get("connections")).intValue() > most || ((Number) row.get("stuck")).intValue() > 0) {
                leaked.add("connections: " + row);
            }
        });
        return leaked;
    }

    private Object ids() {
        return "{" + String.join(",", stores.stream().map(FleetStore::id).toList()) + "}";
    }
}
