package dev.tillbridge.sandbox.shopify;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times as Shopify writes them: UTC, whole seconds, such as {@code 2026-06-25T01:33:55Z} (rec). */
final class Timestamps {

    private Timestamps() {}

    static String text(long millis) {
        return Instant.ofEpochSecond(Math.floorDiv(millis, 1000L)).toString();
    }

    /**
     * Milliseconds of a time in a search filter.
     *
     * @throws DateTimeException if it is neither a time with offset nor a date
     */
    static long millis(String text) {
        if (text.length() == 10) {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
        }
        return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    }
}
