package dev.tillbridge.soak;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Who tells of changes by webhook, by seed: the shops of stores with a client secret, to the replica that is never killed, and half of
 * the tills, to one that may be. Clover's posts are lost with it unless it sends them again, which it does or not by the seed.
 */
final class Hooks {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final SoakWorld world;

    Hooks(SoakWorld world) {
        this.world = world;
    }

    void open(List<FleetStore> stores, Random random) {
        String told = stores.stream().flatMap(store -> store.tills().stream()).filter(till -> random.nextBoolean())
                .map(till -> "\"" + till.merchantId() + "\"").collect(Collectors.joining(","));
        // No merchants would be all of them.
        if (!told.isEmpty()) {
            String address = world.replicas().get(1 % world.replicas().count()).base() + "/webhooks/clover";
            if (!world.sandbox().control("PUT", "/clover/webhooks", "{\"url\":\"" + address + "\",\"authCode\":\""
                    + SoakScale.CLOVER_CODE + "\",\"merchants\":[" + told + "],\"verified\":true}").isObject()) {
                throw new IllegalStateException("The tills' webhooks were not set up");
            }
        }
        Awaitility.await("each store with a client secret has its subscriptions").atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200)).until(() -> world.database().number("""
                        select count(*) from store s left join webhook_status w on w.store_id = s.id
                        where s.webhooks_verifiable and w.subscriptions is distinct from 'ACTIVE'""") == 0);
    }

    /** What became of them since the fleet was opened. */
    Outcome outcome() {
        JsonNode counts = world.sandbox().control("GET", "/webhooks", null);
        return new Outcome(counts.at("/shopify/delivered").asLong(), counts.at("/clover/delivered").asLong(),
                counts.at("/shopify/lost").asLong() + counts.at("/clover/lost").asLong(),
                counts.at("/shopify/failed").asLong() + counts.at("/clover/failed").asLong());
    }

    /** @param failed attempts that were not answered as they should */
    record Outcome(long fromShops, long fromTills, long lost, long failed) {

        static final Outcome NONE = new Outcome(0, 0, 0, 0);

        Outcome plus(Outcome other) {
            return new Outcome(fromShops + other.fromShops, fromTills + other.fromTills, lost + other.lost,
                    failed + other.failed);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%d webhooks of shops and %d of tills delivered, %d lost, %d attempts failed",
                    fromShops, fromTills, lost, failed);
        }
    }
}
