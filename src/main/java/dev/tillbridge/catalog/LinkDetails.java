package dev.tillbridge.catalog;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A variant's row with what its quantity is made of.
 *
 * @param inventorySync whether the till's stock is written at all
 * @param levels the store's stock by location, those that the channel sells from first
 * @param unpostedSales sales of all tills that this stock does not show yet, the first of them; {@code unposted} counts their units
 * @param till null where no item is linked
 * @param lastWrite the last quantity that Tillbridge wrote to the till; null where there was none
 * @param recount the one that is open; null where there is none
 */
record LinkDetails(@JsonUnwrapped LinkView link, boolean inventorySync, List<LevelView> levels,
        List<UnpostedView> unpostedSales, TillView till, WriteView lastWrite, OpenRecount recount) {

    /**
     * @param available null where the store does not count it there
     * @param sells whether the channel sells from there
     */
    @RegisterForReflection
    record LevelView(String locationId, String name, Long available, boolean sells) {}

    /** @param channelId the till that sold it; null where it is no longer connected */
    @RegisterForReflection
    record UnpostedView(UUID channelId, String posOrderId, BigDecimal units) {}

    /**
     * What is known of the till's quantity.
     *
     * @param readAt when it was last read
     * @param sent a quantity that was sent, and that the till has not confirmed; null where there is none
     * @param unexplained a quantity that neither a sale nor Tillbridge made; null where there is none
     * @param failures how often in a row writing it failed
     * @param retryAt not before then is it looked at again; null: with the next turn
     */
    @RegisterForReflection
    record TillView(Instant readAt, BigDecimal sent, Instant sentAt, BigDecimal unexplained, Instant unexplainedSince,
            int failures, Instant retryAt) {}

    /** @param runId null where the run is not known */
    @RegisterForReflection
    record WriteView(Instant at, String before, String after, String cause, UUID runId) {}

    /** @param status OPEN (waits for a person) or SETTLING (decided, being done) */
    @RegisterForReflection
    record OpenRecount(BigDecimal expected, BigDecimal counted, String status, Instant openedAt) {}
}
