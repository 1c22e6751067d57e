package dev.tillbridge.sandbox.shopify;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The leaky bucket of calculated cost, one per app and shop (doc: api/usage/limits; rec: maximumAvailable 2000, restoreRate 100
 * on a standard plan): the requested cost is taken up front, what the actual cost is less is given back.
 */
final class CostLimits {

    /** The most points one query may ask for, on any plan. */
    static final int SINGLE_QUERY = 1_000;
    private static final int DEPTH = 20;

    private static final class Bucket {
        private double available;
        private long filledAt;
    }

    private final Clock clock;
    private final ShopifySettings settings;
    private final Map<String, Bucket> buckets = new HashMap<>();
    private long throttled;

    CostLimits(Clock clock, ShopifySettings settings) {
        this.clock = clock;
        this.settings = settings;
    }

    /** Whether a single query may cost that much. */
    boolean tooDear(int requested) {
        return settings.limited() && requested > SINGLE_QUERY;
    }

    /** Takes the points; false, and nothing taken, if there are too few. */
    boolean take(String app, int points) {
        Bucket bucket = filled(app);
        if (settings.limited() && bucket.available < points) {
            throttled++;
            return false;
        }
        bucket.available -= points;
        return true;
    }

    void giveBack(String app, int points) {
        Bucket bucket = filled(app);
        bucket.available = Math.min(maximum(), bucket.available + points);
    }

    /** How many requests were refused as THROTTLED. */
    long throttled() {
        return throttled;
    }

    /** The value of {@code extensions.cost.throttleStatus}. */
    Map<String, Object> status(String app) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("maximumAvailable", (double) maximum());
        status.put("currentlyAvailable", Math.max(0, (int) filled(app).available));
        status.put("restoreRate", (double) settings.pointsPerSecond());
        return status;
    }

    private int maximum() {
        return DEPTH * settings.pointsPerSecond();
    }

    private Bucket filled(String app) {
        long now = clock.millis();
        Bucket bucket = buckets.get(app);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.available = maximum();
            buckets.put(app, bucket);
        } else {
            double restored = (now - bucket.filledAt) * settings.pointsPerSecond() / 1000.0;
            bucket.available = settings.limited() ? Math.min(maximum(), bucket.available + restored) : maximum();
        }
        bucket.filledAt = now;
        return bucket;
    }
}
