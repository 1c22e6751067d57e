package dev.tillbridge.sync;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** The hour of the store's own day at which everything is looked at anew. */
final class NightlyHour {

    private NightlyHour() {}

    /** When it last struck. */
    static Instant last(ZoneId zone, int hour, Instant now) {
        ZonedDateTime today = now.atZone(zone).toLocalDate().atTime(hour, 0).atZone(zone);
        return (today.toInstant().isAfter(now) ? today.minusDays(1) : today).toInstant();
    }
}
