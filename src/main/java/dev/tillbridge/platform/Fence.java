package dev.tillbridge.platform;

import java.time.Duration;
import java.util.UUID;

/**
 * The right to work on one store for a limited time, as the holder of its lease hands it to whoever writes on its
 * behalf. The number grows with each new holder, so that a late write of an earlier one is recognised and refused.
 */
public interface Fence {

    UUID storeId();

    long number();

    /** What is left of the lease on the monotonic clock; zero when it has run out. */
    Duration remaining();

    /** Whether less than this is left: too little to begin something that takes as long. */
    default boolean endsWithin(Duration time) {
        return remaining().compareTo(time) < 0;
    }

    /** Thrown when the lease has gone to another holder; whatever was being written is rolled back. */
    final class Lost extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public Lost(UUID storeId, long number) {
            super("The lease of store " + storeId + " with number " + number + " is no longer held here");
        }
    }
}
