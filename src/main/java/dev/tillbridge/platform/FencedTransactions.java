package dev.tillbridge.platform;

import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Transactions that commit only while the lease they work under is still held. The lease's row is locked for share, so
 * that a takeover waits for the commit, or the transaction sees that it came too late.
 */
@ApplicationScoped
public class FencedTransactions {

    private static final String CHECK = """
                                        select 1 from store_lease where store_id = $1 and fence = $2 and held_until > clock_timestamp() for share
                                        """;

    private final Pool pool;

    FencedTransactions(Pool pool) {
        this.pool = pool;
    }

    /** Runs the work in one transaction; fails with {@link Fence.Lost} and rolls back where the lease is gone. */
    public <T> Uni<T> write(Fence fence, Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(connection -> connection.preparedQuery(CHECK)
                .execute(Tuple.of(fence.storeId(), fence.number()))
                .chain(rows -> rows.rowCount() == 1
                        ? work.apply(connection)
                        : Uni.createFrom().failure(new Fence.Lost(fence.storeId(), fence.number()))));
    }
}
