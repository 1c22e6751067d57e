package dev.tillbridge.order;

import java.io.IOException;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.core.JacksonException;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.NotConnectedException;
import dev.tillbridge.platform.Fence;

/** Tells failures of one sale, which delay no other, from those after which nothing can be stored for any. */
public final class Containment {

    private static final String OURS = "internal-error";

    private Containment() {}

    /** Whether it stays with the sale: always, unless the lease, the channel or the database is lost. */
    public static boolean contained(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectorException || cause instanceof JacksonException) {
                // The connection that the cause may tell of is the vendor's; what does not read as JSON is none.
                return true;
            }
            if (cause instanceof Fence.Lost || cause instanceof NotConnectedException || cause instanceof Error
                    || databaseLost(cause)) {
                return false;
            }
        }
        return true;
    }

    /** The same of a call to a vendor: what concerns the connection stays with no sale either. */
    public static boolean ofOneSale(Throwable failure) {
        return failure instanceof ConnectorException vendors ? !vendors.concernsConnection() : contained(failure);
    }

    /** A stable word for it. */
    public static String code(Throwable failure) {
        return failure instanceof ConnectorException vendors ? vendors.code() : OURS;
    }

    /** What a person may read: a connector's words, else only what kind of fault of ours it was. */
    public static String message(Throwable failure) {
        return failure instanceof ConnectorException
                ? failure.getMessage()
                : "Something went wrong here (" + failure.getClass().getSimpleName() + "); the log has the details";
    }

    /** Where the row itself is what cannot be dealt with, nobody can be told by it: the log has it, and the run. */
    static Uni<Void> orLogged(Uni<Void> telling, Logger log, String untold) {
        return telling.onFailure(Containment::contained).recoverWithUni(failure -> {
            log.error(untold, failure);
            return Uni.createFrom().voidItem();
        });
    }

    private static boolean databaseLost(Throwable cause) {
        return cause instanceof IOException || cause instanceof ClosedConnectionException
                || (cause instanceof PgException refused && goneForAll(refused.getSqlState()));
    }

    /** SQLSTATE classes: 08 no connection, 53 out of resources, 57 stopped by an operator or still starting, 58 trouble of its system. */
    private static boolean goneForAll(String state) {
        return state != null
                && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57P") || state.startsWith("58"));
    }
}
