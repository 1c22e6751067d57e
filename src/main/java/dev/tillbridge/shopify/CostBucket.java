package dev.tillbridge.shopify;

/**
 * A leaky bucket as Shopify keeps it (shopify.dev/docs/api/usage/limits): so many points at most, so many restored each
 * second. It only counts; who may take is not its business. Not safe for several threads.
 */
final class CostBucket {

    private double maximum;
    private double perSecond;
    private double available;
    private long at;

    CostBucket(double maximum, double perSecond, double available, long now) {
        this.maximum = maximum;
        this.perSecond = perSecond;
        this.available = available;
        this.at = now;
    }

    double available(long now) {
        available = Math.min(maximum, available + (now - at) / 1e9 * perSecond);
        at = now;
        return available;
    }

    void take(double points, long now) {
        available = available(now) - points;
    }

    void set(double maximum, double perSecond, double available, long now) {
        this.maximum = maximum;
        this.perSecond = perSecond;
        this.available = Math.min(maximum, available);
        this.at = now;
    }

    double maximum() {
        return maximum;
    }

    double perSecond() {
        return perSecond;
    }

    /** Nanoseconds until so many points are there; at least one, for rounding must not make a waiter spin. */
    long until(double points, long now) {
        return Math.max(1_000_000, (long) Math.ceil((points - available(now)) / perSecond * 1e9));
    }
}
