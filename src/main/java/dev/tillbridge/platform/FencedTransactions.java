package dev.tillbridge.platform;

import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Transactions that commit only while the lease they work under is still held. Each takes an advisory lock of the store for
 * share before it looks at the lease, and whoever claims a store takes it alone: so a takeover waits for the commit, or
 * the transaction sees that it came too late. The lease's row is not locked, because renewing it must never wait.
 */
@ApplicationScoped
public class FencedTransactions {

    /** The same key as in the claim of a lease; {@code $1} is the store's id as text. */
    private static final String LOCK_KEY = "hashtextextended($1, 1)";

    private static final String LOCK = "select pg_advisory_xact_lock_shared(" + LOCK_KEY + ")";

    private static final String LOCK_ALONE = "select pg_advisory_xact_lock(" + LOCK_KEY + ")";

    /** A statement of its own: its snapshot must be younger than the lock. */
    private static final String CHECK = """
            select 1 from store_lease where store_id = $1 and fence = $2 and held_until > clock_timestamp()
            """;

    private final Pool pool;

    FencedTransactions(Pool pool) {
        this.pool = pool;
    }

    /** Runs the work in one transaction; fails with {@link Fence.Lost} and rolls back where the lease is gone. */
    public <T> Uni<T> write(Fence fence, Function<SqlConnection, Uni<T>> work) {
        if (fence.remaining().isZero()) {
            return Uni.createFrom().failure(new Fence.Lost(fence.storeId(), fence.number()));
        }
        return pool.withTransaction(connection -> connection.preparedQuery(LOCK).execute(Tuple.of(fence.storeId().toString()))
                .chain(() -> connection.preparedQuery(CHECK).execute(Tuple.of(fence.storeId(), fence.number())))
                .chain(rows -> rows.rowCount() == 1
                        ? work.apply(connection)
                        : Uni.createFrom().failure(new Fence.Lost(fence.storeId(), fence.number()))));
    }

    /**
     * Runs a person's change of rows that the streams of a store write, too, in one transaction: after those under way, and
     * before the next. Without the turn, deleting a channel under a running scan would deadlock.
     */
    public <T> Uni<T> alone(UUID storeId, Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(connection -> connection.preparedQuery(LOCK_ALONE).execute(Tuple.of(storeId.toString()))
                .chain(() -> work.apply(connection)));
    }
}
