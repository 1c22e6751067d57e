package dev.tillbridge.channel;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Cancels the runs that wait for what was stopped, in the transaction that stops it: whoever asked for one finds the
 * reason instead of a run that never begins.
 */
@ApplicationScoped
class WaitingRuns {

    private static final String CANCEL = """
                                         update run set status = 'CANCELLED', error = $2, finished_at = clock_timestamp()
                                          where status = 'REQUESTED' and\s""";
    private static final String OF_CHANNEL = CANCEL + "channel_id = $1";
    private static final String OF_STORE = CANCEL + "store_id = $1";

    Uni<Void> cancelOfChannel(SqlClient connection, UUID channelId, String reason) {
        return connection.preparedQuery(OF_CHANNEL).execute(Tuple.of(channelId, reason)).replaceWithVoid();
    }

    Uni<Void> cancelOfStore(SqlClient connection, UUID storeId, String reason) {
        return connection.preparedQuery(OF_STORE).execute(Tuple.of(storeId, reason)).replaceWithVoid();
    }
}
