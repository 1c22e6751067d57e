package dev.tillbridge.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.tillbridge.price.PriceTerms;

/**
 * A channel with all that is shown of it.
 *
 * @param terms what money means on both sides
 * @param lag how long ago the stream that is furthest behind last succeeded; null where nothing was read yet
 * @param lastSaleAt when its last sale was made; null where none is known
 * @param failing what its streams failed with in their last turn, as {@code stream: reason}; empty where all is well
 */
record ChannelRecord(ConnectedChannel channel, TillMerchant merchant, Permissions permissions, String statusReason,
        PriceTerms terms, Duration lag, Instant lastSaleAt, List<String> failing, Instant createdAt) {

    ChannelRecord {
        failing = List.copyOf(failing);
    }

    /** What a token was found to be allowed, in the integration's keys. */
    record Permissions(List<String> granted, List<String> missing, List<String> unverified) {

        Permissions {
            granted = List.copyOf(granted);
            missing = List.copyOf(missing);
            unverified = List.copyOf(unverified);
        }

        static Permissions of(TillProbe probe) {
            return new Permissions(probe.granted(), probe.missing(), probe.unverified());
        }

        /** The status of an active channel with these. */
        ChannelStatus status() {
            return missing.isEmpty() ? ChannelStatus.CONNECTED : ChannelStatus.PERMISSIONS_MISSING;
        }
    }
}
