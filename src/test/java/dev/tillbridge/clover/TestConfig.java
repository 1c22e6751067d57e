package dev.tillbridge.clover;

import java.time.Duration;

/** The configuration's defaults, for tests without Quarkus. */
final class TestConfig implements CloverConfig {

    @Override
    public Url url() {
        throw new UnsupportedOperationException("No host is called");
    }

    @Override
    public Rate rate() {
        return new Rate() {

            @Override
            public double perSecond() {
                return 16;
            }

            @Override
            public int concurrent() {
                return 5;
            }

            @Override
            public Duration writeWait() {
                return Duration.ofSeconds(4);
            }
        };
    }

    @Override
    public Timeout timeout() {
        return new Timeout() {

            @Override
            public Duration call() {
                return Duration.ofSeconds(20);
            }

            @Override
            public Duration connect() {
                return Duration.ofSeconds(5);
            }
        };
    }

    @Override
    public Retry retry() {
        return new Retry() {

            @Override
            public int attempts() {
                return 6;
            }

            @Override
            public Duration firstPause() {
                return Duration.ofMillis(500);
            }

            @Override
            public Duration longestPause() {
                return Duration.ofSeconds(10);
            }
        };
    }

    @Override
    public Breaker breaker() {
        throw new UnsupportedOperationException("A fake breaker is used");
    }

    @Override
    public String userAgent() {
        return "Tillbridge/test (+https://tillbridge.dev)";
    }

    @Override
    public int connections() {
        return 10;
    }
}
