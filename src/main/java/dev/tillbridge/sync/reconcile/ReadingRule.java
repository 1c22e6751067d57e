package dev.tillbridge.sync.reconcile;

import java.time.Instant;
import java.util.Optional;

import dev.tillbridge.sync.reconcile.Verdict.Origin;
import dev.tillbridge.sync.reconcile.Verdict.Repair;

/**
 * Whether what a whole read found to be other than stored is a difference. Changes are followed up to a cursor, in the vendor's
 * time: what was changed after it is about to be seen, and what was changed before it should have been.
 */
public final class ReadingRule {

    private ReadingRule() {}

    /**
     * @param followedTo the cursor when the read began
     * @param changedAt the vendor's time of the last change, as the read tells it; null where it tells none
     * @param storedChangedAt the same as it was stored
     * @param ours whether Tillbridge had set what was stored, and the till had confirmed it
     * @param gone whether it is no longer there
     */
    public record Reading(Instant followedTo, Instant changedAt, Instant storedChangedAt, boolean ours, boolean gone) {}

    /** Nothing where a change under way explains it. */
    public static Optional<Verdict> judge(Reading reading) {
        boolean hidden = reading.changedAt() != null && reading.storedChangedAt() != null
                && !reading.changedAt().isAfter(reading.storedChangedAt());
        if (!reading.gone() && reading.changedAt() != null && !reading.changedAt().isBefore(reading.followedTo())) {
            return Optional.empty();
        }
        if (reading.ours() && !reading.gone()) {
            return Optional.of(new Verdict(Origin.FOREIGN_WRITE, "overwritten",
                    "Something else set it at the till after Tillbridge had", Repair.STORED));
        }
        if (reading.gone()) {
            return Optional.of(new Verdict(Origin.MISSED_CHANGE, "gone",
                    "It is no longer there. No list of changes tells of that; a whole read, or a webhook, does",
                    Repair.STORED));
        }
        return Optional.of(hidden || reading.changedAt() == null
                ? new Verdict(Origin.MISSED_CHANGE, "time-not-moved",
                        "It differs although its time of change says that it did not change since it was read", Repair.STORED)
                : new Verdict(Origin.MISSED_CHANGE, "not-told",
                        "It was changed before the time up to which changes had been followed, and no list told of it",
                        Repair.STORED));
    }
}
