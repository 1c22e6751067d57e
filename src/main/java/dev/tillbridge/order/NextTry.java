package dev.tillbridge.order;

import java.time.Duration;
import java.util.Set;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.platform.DoublingGap;

/**
 * What follows when a step of a sale failed.
 *
 * @param counts whether it was a try: what was never sent is none, nor is a look for an order that got no answer
 * @param in when it is tried again, unless it is given up
 */
record NextTry(Kind kind, boolean counts, Duration in) {

    private static final int OK = 200;
    private static final Set<String> NOT_SENT = Set.of("not-sent", "circuit-open");

    enum Kind {
        /** By itself, in a while. */
        AGAIN,
        /** Nothing else goes through this connection either: the stream rests, and the sale is not to blame. */
        REST,
        /** By itself it will not be mended: it is left to a person. */
        GIVE_UP
    }

    /** @param lookUpAfter the gap between two looks for an order whose making got no answer */
    record Limits(int attempts, Duration firstRetry, Duration longestRetry, Duration lookUpAfter) {

        static Limits of(OrderConfig config) {
            return new Limits(config.attempts(), config.firstRetry(), config.longestRetry(), config.lookUpAfter());
        }
    }

    /**
     * @param status at which the sale stood when it failed
     * @param attempts how many tries were in vain before
     */
    static NextTry after(Throwable failure, SaleStatus status, int attempts, Limits limits) {
        boolean creating = status == SaleStatus.CREATING;
        Duration in = creating
                ? limits.lookUpAfter()
                : DoublingGap.after(attempts, limits.firstRetry(), limits.longestRetry());
        // A permission may be missing for this one call; where the whole credential is refused, others find that out at once.
        boolean forbidden = status == SaleStatus.IMPORTED && failure instanceof ConnectorException.Unauthorized;
        if (concernsAll(failure) && !forbidden) {
            return new NextTry(Kind.REST, false, in);
        }
        if (status == SaleStatus.IMPORTED && failure instanceof ConnectorException.Rejected) {
            return new NextTry(Kind.GIVE_UP, true, in);
        }
        boolean counts = !(notSent(failure) || (creating && failure instanceof ConnectorException.Transient));
        return new NextTry(counts && attempts + 1 >= limits.attempts() ? Kind.GIVE_UP : Kind.AGAIN, counts, in);
    }

    /** Whether the call was not made at all. */
    static boolean notSent(Throwable failure) {
        return failure instanceof ConnectorException.Transient passing && NOT_SENT.contains(passing.code());
    }

    /** A refusal in HTTP's own words is about the shop (frozen, locked, moved), unless it is about the document. */
    static boolean concernsAll(Throwable failure) {
        return failure instanceof ConnectorException vendors && (vendors.concernsConnection()
                || (vendors instanceof ConnectorException.Rejected refused && refused.status() != OK
                        && !refused.code().equals("bad-request")));
    }
}
