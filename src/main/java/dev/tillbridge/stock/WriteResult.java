package dev.tillbridge.stock;

import java.time.Duration;
import java.util.List;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.StockReading;

/**
 * What came of a planned write.
 *
 * @param confirmed what the till confirmed; null where it did not
 * @param moved a reading that no longer agrees with the decision; null where there is none
 * @param failure why it failed; null where it did not
 */
record WriteResult(PlannedWrite write, StockReading confirmed, StockReading moved, ConnectorException failure) {

    static WriteResult done(PlannedWrite write, StockReading confirmed) {
        return new WriteResult(write, confirmed, null, null);
    }

    /** Somebody changed the quantity meanwhile: it is decided anew in the next chunk. */
    static WriteResult moved(PlannedWrite write, StockReading reading) {
        return new WriteResult(write, null, reading, null);
    }

    /** The reading or the sales grew too old, the target changed, or the lease is too short: it is due again. */
    static WriteResult notSent(PlannedWrite write) {
        return new WriteResult(write, null, null, null);
    }

    static WriteResult failed(PlannedWrite write, ConnectorException failure) {
        return new WriteResult(write, null, null, failure);
    }

    /** The till understood and would not: the row's own failure, shown to a person. */
    boolean refused() {
        return failure instanceof ConnectorException.Rejected;
    }

    StockReading reading() {
        return confirmed != null ? confirmed : moved;
    }

    StockRepository.State state() {
        DueItem item = write.item();
        if (confirmed != null) {
            return new StockRepository.State(item.itemId(), write.decision().after().confirmed(confirmed.asOf()),
                    confirmed.asOf(), 0,
                    Duration.ZERO);
        }
        KnownStock meanwhile = write.decision().meanwhile();
        if (failure == null || concernsTheTill()) {
            return new StockRepository.State(item.itemId(), meanwhile.withoutIntent(), write.asOf(), item.failures(),
                    Duration.ZERO);
        }
        int failures = item.failures() + 1;
        return new StockRepository.State(item.itemId(), failure.outcomeUnknown() ? meanwhile : meanwhile.withoutIntent(),
                write.asOf(), failures,
                refused() ? ChunkWriter.backOff(failures) : Duration.ofSeconds(Math.min(60, 1L << Math.min(6, failures))));
    }

    /** No fault of the row: the stream rests instead, and the row is due whenever it goes on. */
    private boolean concernsTheTill() {
        return failure != null && failure.concernsConnection();
    }

    /** The failure that concerns the till as a whole, not one row; null where there is none. */
    static ConnectorException stops(List<WriteResult> results) {
        boolean someDone = results.stream().anyMatch(result -> result.confirmed() != null);
        return results.stream()
                .filter(result -> result.concernsTheTill()
                        || (result.failure() instanceof ConnectorException.Transient && !someDone))
                .map(WriteResult::failure).findFirst().orElse(null);
    }
}
