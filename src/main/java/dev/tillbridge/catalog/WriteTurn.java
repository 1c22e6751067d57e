package dev.tillbridge.catalog;

import java.util.UUID;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * One writer at a time to the rows of one side. Scans, changed rows and single readings of the same till come from streams
 * of their own and touch the same rows in whatever order PostgreSQL finds them: without turns they would deadlock.
 */
final class WriteTurn {

    private WriteTurn() {}

    /** Held until the transaction ends. {@code owner} is the store for variants and levels, the channel for items. */
    static Uni<Void> take(SqlClient connection, UUID owner) {
        return connection.preparedQuery("select pg_advisory_xact_lock(hashtextextended($1, 0))")
                .execute(Tuple.of(owner.toString())).replaceWithVoid();
    }
}
