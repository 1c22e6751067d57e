package dev.tillbridge.sandbox.clover;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import dev.tillbridge.sandbox.http.VendorAnswer;

class RateLimiterTest {

    private static final long MS = 1_000_000;
    private final RateLimiter limiter = RateLimiter.ofToken();

    @Test
    void sixteenRequestsPassWithinAnySecondAndTheSeventeenthDoesNot() {
        for (int i = 0; i < 16; i++) {
            pass(i * 10L * MS);
        }

        VendorAnswer refusal = limiter.refusal(999 * MS).orElseThrow();

        assertThat(refusal.status()).isEqualTo(429);
        assertThat(refusal.headers()).containsEntry("X-RateLimit-tokenLimit", "16").doesNotContainKey("retry-after");
        assertThat(limiter.refusal(1_000 * MS)).as("the first one is a second ago").isEmpty();
    }

    @Test
    void aRefusedRequestDoesNotCount() {
        for (int i = 0; i < 16; i++) {
            pass(0);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(limiter.refusal(500 * MS)).isPresent();
        }

        for (int i = 0; i < 16; i++) {
            pass(1_000 * MS);
        }
    }

    @Test
    void theSixthAtOnceIsRefusedWithRetryAfterAndCallingEarlyExtendsIt() {
        for (int i = 0; i < 5; i++) {
            assertThat(limiter.refusal(0)).isEmpty();
            limiter.enter(0);
        }

        VendorAnswer first = limiter.refusal(1).orElseThrow();
        limiter.leave();
        VendorAnswer early = limiter.refusal(500 * MS).orElseThrow();

        assertThat(first.headers()).containsEntry("X-RateLimit-tokenConcurrentLimit", "5").containsEntry("retry-after", "1");
        assertThat(early.headers()).containsEntry("retry-after", "2");
        assertThat(limiter.refusal(2_001 * MS)).isEmpty();
    }

    @Test
    void anAppIsHeldToFiftyASecondOverItsTokens() {
        RateLimiter app = RateLimiter.ofApp();
        for (int i = 0; i < 50; i++) {
            assertThat(app.refusal(0)).isEmpty();
            app.enter(0);
            app.leave();
        }

        assertThat(app.refusal(1).orElseThrow().headers()).containsEntry("X-RateLimit-crossTokenLimit", "50");
    }

    private void pass(long nanos) {
        assertThat(limiter.refusal(nanos)).isEmpty();
        limiter.enter(nanos);
        limiter.leave();
    }
}
