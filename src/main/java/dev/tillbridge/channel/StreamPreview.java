package dev.tillbridge.channel;

import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * What one stream would do under settings that are tried out: implemented beside the stage that does it, from the same
 * rows and rules.
 */
public interface StreamPreview {

    /**
     * All that would be done and all that would be left out, as a stream, so that a large catalogue takes no memory.
     *
     * @param connection of the transaction that holds the settings, and that is rolled back afterwards
     * @param channel with the settings that are tried out
     */
    Multi<PreviewRow> rows(SqlConnection connection, ConnectedChannel channel);
}
