package dev.tillbridge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SilenceTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration FLOOR = Duration.ofMinutes(15);

    @Test
    void aStoreIsSilentWhenPollingFindsWhatNoWebhookToldOf() {
        assertThat(fallen(600, 30, null, 10)).isTrue();
        assertThat(fallen(600, 30, 120.0, 10)).isTrue();
        assertThat(fallen(30, null, null, 10)).as("none ever came").isTrue();
    }

    @Test
    void aQuietStoreIsNotSilent() {
        assertThat(fallen(60_000, 50_000, 60.0, null)).isFalse();
    }

    @Test
    void aGapThatIsUsualIsNoSilence() {
        assertThat(fallen(6_000, 100, 3_600.0, 50)).as("three of its hours").isFalse();
        assertThat(fallen(6_000, 181, 3_600.0, 50)).isTrue();
        assertThat(fallen(6_000, 14, 1.0, 10)).as("never before the floor").isFalse();
    }

    @Test
    void aWebhookMayComeSomeMinutesAfterThePoll() {
        assertThat(fallen(600, 30, null, 4)).isFalse();
        assertThat(fallen(600, 30, null, 6)).isTrue();
    }

    @Test
    void withoutSubscriptionsNothingIsMissed() {
        assertThat(Silence.fallen(new Silence.Facts(null, ago(500), null, ago(100), NOW), FLOOR)).isFalse();
    }

    @Property
    void aWebhookEndsIt(@ForAll @IntRange(max = 100_000) int last, @ForAll @IntRange(max = 100_000) int found,
            @ForAll @IntRange(max = 100_000) int gapSeconds) {
        // What was found before the last webhook is no sign of anything.
        if (found > last) {
            assertThat(fallen(200_000, last, (double) gapSeconds, found)).isFalse();
        }
        assertThat(fallen(200_000, 0, (double) gapSeconds, found)).isFalse();
    }

    /** All in minutes ago. */
    private static boolean fallen(Integer active, Integer last, Double gap, Integer found) {
        return Silence.fallen(new Silence.Facts(ago(active), ago(last), gap, ago(found), NOW), FLOOR);
    }

    private static Instant ago(Integer minutes) {
        return minutes == null ? null : NOW.minus(Duration.ofMinutes(minutes));
    }
}
