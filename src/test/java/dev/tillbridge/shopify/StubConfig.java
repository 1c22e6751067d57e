package dev.tillbridge.shopify;

import java.time.Duration;

/** Short times, so that a test of what happens after them does not last. Records, for CDI looks at anonymous classes too. */
record StubConfig(String url, String apiVersion, Duration connectTimeout, Duration timeout, int concurrency,
        Duration retryDelay, Bulk bulk, Duration writeWait) implements ShopifyConfig {

    StubConfig(String url) {
        this(url, "2026-10", Duration.ofSeconds(2), Duration.ofSeconds(2), 8, Duration.ofMillis(5), new StubBulk(
                Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofSeconds(20), Duration.ofSeconds(10), 1000),
                Duration.ofSeconds(4));
    }

    record StubBulk(Duration pollInterval, Duration longestPollInterval, Duration timeout, Duration idleTimeout,
            int pageSize) implements Bulk {}
}
