package dev.tillbridge.shopify;

import java.time.Duration;

/** Short times, so that a test of what happens after them does not last. */
record StubConfig(String url, Duration timeout) implements ShopifyConfig {

    @Override
    public String apiVersion() {
        return "2026-10";
    }

    @Override
    public Duration connectTimeout() {
        return Duration.ofSeconds(2);
    }

    @Override
    public int concurrency() {
        return 8;
    }

    @Override
    public Duration retryDelay() {
        return Duration.ofMillis(5);
    }

    @Override
    public Bulk bulk() {
        return new Bulk() {
            @Override
            public Duration pollInterval() {
                return Duration.ofMillis(10);
            }

            @Override
            public Duration longestPollInterval() {
                return Duration.ofMillis(50);
            }

            @Override
            public Duration timeout() {
                return Duration.ofSeconds(20);
            }

            @Override
            public Duration idleTimeout() {
                return Duration.ofSeconds(10);
            }

            @Override
            public int pageSize() {
                return 1000;
            }
        };
    }
}
