package dev.tillbridge.notification;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What a channel's next digest tells of, as it was read.
 *
 * @param timezone the till's, such as {@code America/New_York}
 * @param notices those that are due, by kind and oldest first
 * @param asOf the database's time before they were read
 */
record DigestFacts(UUID channelId, String channel, String store, String timezone, List<String> recipients,
        List<OpenNotice> notices, UnlinkedProducts products, Instant asOf) {

    boolean tellsNothing() {
        return recipients.isEmpty() || (notices.isEmpty() && products.fresh() == 0);
    }
}
