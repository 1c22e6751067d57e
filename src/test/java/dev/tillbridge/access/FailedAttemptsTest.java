package dev.tillbridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class FailedAttemptsTest {

    private static final ClientAddress HERE = ClientAddress.of("203.0.113.7");
    private static final ClientAddress THERE = ClientAddress.of("203.0.113.8");
    private static final byte[] KEY = KeyToken.hash("tbk_right");
    private static final byte[] OTHER = KeyToken.hash("tbk_other");

    private final AtomicLong nanos = new AtomicLong(-5);
    private final FailedAttempts attempts = new FailedAttempts(3, Duration.ofSeconds(10), nanos::get);

    @Test
    void anAddressMayBeWrongSoOftenAndThenWaits() {
        for (int i = 0; i < 3; i++) {
            assertThat(attempts.wait(HERE, KEY)).isEmpty();
            attempts.wasWrong(HERE);
        }
        assertThat(attempts.wait(HERE, KEY)).contains(Duration.ofSeconds(10));
        assertThat(attempts.wait(THERE, KEY)).as("from another address").isEmpty();

        pass(Duration.ofSeconds(9));
        assertThat(attempts.wait(HERE)).contains(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        assertThat(attempts.wait(HERE)).isEmpty();
        attempts.wasWrong(HERE);
        assertThat(attempts.wait(HERE)).contains(Duration.ofSeconds(10));
        pass(Duration.ofHours(1));
        for (int i = 0; i < 3; i++) {
            assertThat(attempts.wait(HERE)).as("no more than at first is gained").isEmpty();
            attempts.wasWrong(HERE);
        }
        assertThat(attempts.wait(HERE)).isPresent();
    }

    @Test
    void aKeyThatWasRightIsNeverHeldBack() {
        attempts.wasRight(KEY);
        for (int i = 0; i < 100; i++) {
            attempts.wasWrong(HERE);
        }
        assertThat(attempts.wait(HERE, KEY)).isEmpty();
        assertThat(attempts.wait(HERE, OTHER)).contains(Duration.ofSeconds(10));
    }

    @Test
    void itsMemoryIsBounded() {
        for (int i = 0; i < 30_000; i++) {
            attempts.wasWrong(ClientAddress.of("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255)));
        }
        assertThat(attempts.addresses()).isEqualTo(10_000);
        for (int i = 0; i < 3; i++) {
            attempts.wasWrong(THERE);
        }
        assertThat(attempts.wait(THERE)).as("the latest is remembered").isPresent();
    }

    @Test
    void whoHasANetworkHasAllItsAddresses() {
        assertThat(ClientAddress.of("2001:db8::1")).isEqualTo(ClientAddress.of("2001:db8:0:0:ffff::2"))
                .isNotEqualTo(ClientAddress.of("2001:db8:0:1::1"));
        assertThat(ClientAddress.of("203.0.113.7")).isNotEqualTo(THERE);
        assertThat(ClientAddress.of("x".repeat(1_000)).text()).hasSize(64);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
