package dev.tillbridge.webhook;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether a store has fallen silent: no webhook for longer than is usual between two of this store's, although polling found a
 * change that none told of. A shop in which nothing happens is quiet, not silent.
 */
public final class Silence {

    /** So many times the usual gap is unusual. */
    private static final double UNUSUAL = 3;
    /** A webhook may come some minutes later than a poll finds its change. */
    private static final Duration LATE = Duration.ofMinutes(5);

    private Silence() {}

    /**
     * @param activeSince since when there have been subscriptions; null: never
     * @param lastAt when the last webhook came; null: none did
     * @param usualGapSeconds the average between two; null where it is not known yet
     * @param unannouncedSince when polling first found a change after that; null: it found none
     */
    public record Facts(Instant activeSince, Instant lastAt, Double usualGapSeconds, Instant unannouncedSince, Instant now) {}

    /** @param floor the shortest time that counts as silence */
    public static boolean fallen(Facts facts, Duration floor) {
        if (facts.activeSince() == null || facts.unannouncedSince() == null) {
            return false;
        }
        Instant heard = facts.lastAt() != null && facts.lastAt().isAfter(facts.activeSince())
                ? facts.lastAt()
                : facts.activeSince();
        Duration late = LATE.compareTo(floor) < 0 ? LATE : floor;
        return heard.plus(longest(facts.usualGapSeconds(), floor)).isBefore(facts.now())
                && !facts.unannouncedSince().isBefore(heard)
                && facts.unannouncedSince().plus(late).isBefore(facts.now());
    }

    private static Duration longest(Double usualGapSeconds, Duration floor) {
        if (usualGapSeconds == null) {
            return floor;
        }
        Duration unusual = Duration.ofMillis((long) (usualGapSeconds * UNUSUAL * 1000));
        return unusual.compareTo(floor) > 0 ? unusual : floor;
    }
}
