package dev.tillbridge.sandbox.shopify;

import dev.tillbridge.sandbox.SandboxContext;

/** What can be set about the simulated shops while they run; belongs to the sandbox's event loop. */
final class ShopifySettings {

    /** Points per second of the standard plan (facts section 5); the bucket holds 20 times as much. */
    static final int STANDARD_RATE = 100;

    private final SandboxContext context;
    private long searchLagMs;
    private long bulkMs;
    private int pointsPerSecond;
    private String bulkFailure;
    private long jobMs;
    private int ordersPerMinute;

    ShopifySettings(SandboxContext context) {
        this.context = context;
        reset();
    }

    void reset() {
        searchLagMs = context.options().searchLag().toMillis();
        bulkMs = 1_000;
        pointsPerSecond = STANDARD_RATE;
        bulkFailure = null;
        jobMs = 500;
        ordersPerMinute = 0;
    }

    boolean limited() {
        return context.limits().enforced("shopify");
    }

    long searchLagMs() {
        return searchLagMs;
    }

    void searchLagMs(long milliseconds) {
        searchLagMs = milliseconds;
    }

    /** How long a bulk operation takes at least. */
    long bulkMs() {
        return bulkMs;
    }

    void bulkMs(long milliseconds) {
        bulkMs = milliseconds;
    }

    /** How long a job, such as a cancellation, takes. */
    long jobMs() {
        return jobMs;
    }

    void jobMs(long milliseconds) {
        jobMs = milliseconds;
    }

    /** How many new orders a shop takes in a minute; 0 for no limit. */
    int ordersPerMinute() {
        return ordersPerMinute;
    }

    void ordersPerMinute(int orders) {
        ordersPerMinute = orders;
    }

    int pointsPerSecond() {
        return pointsPerSecond;
    }

    void pointsPerSecond(int points) {
        pointsPerSecond = points;
    }

    /** The error code the next bulk operation fails with halfway; taking it clears it; null for none. */
    String takeBulkFailure() {
        String code = bulkFailure;
        bulkFailure = null;
        return code;
    }

    String bulkFailure() {
        return bulkFailure;
    }

    void bulkFailure(String code) {
        bulkFailure = code;
    }
}
