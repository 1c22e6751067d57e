package dev.tillbridge.platform;

import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;

/**
 * Transactions that commit only while the lease they work under is still held. Each takes an advisory lock of the store for
 * share before it looks at the lease, and whoever claims a store takes it alone: so a takeover waits for the commit, or
 * the transaction sees that it came too late. The lease's row is not locked, because renewing it must never wait.
 *
 * <p>The claim leaves out a store whose lock is held, so a process that hangs in a transaction would keep everybody from
 * taking over: the database ends the session of one that is idle for 10 seconds inside it, and then those that waited for it
 * and hang as well, one after the other.
 */
@ApplicationScoped
public class FencedTransactions {

    // $1 is the store's id as text; the key is the same as in the claim of a lease. The settings end with the transaction.
    // They come in the same round trip, yet first ("materialized"): the wait for the lock is bounded by them.
    private static final String SETTINGS = """
            with settings as materialized (
              select set_config('idle_in_transaction_session_timeout', '10s', true)%s as done)
            select %s(hashtextextended($1, 1)) from settings where done is not null
            """;

    private static final String LOCK = SETTINGS.formatted("", "pg_advisory_xact_lock_shared");

    private static final String LOCK_ALONE = SETTINGS.formatted(" || set_config('lock_timeout', '20s', true)",
            "pg_advisory_xact_lock");

    /** A statement of its own: its snapshot must be younger than the lock. */
    private static final String CHECK = """
            select 1 from store_lease where store_id = $1 and fence = $2 and held_until > clock_timestamp()
            """;

    /** PostgreSQL's SQLSTATE for a wait longer than {@code lock_timeout}. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

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
     * before the next. Without the turn, deleting a channel under a running scan would deadlock. It waits 20 seconds
     * for its turn at most, and then fails as {@link ProblemCode#BUSY}.
     */
    public <T> Uni<T> alone(UUID storeId, Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(connection -> connection.preparedQuery(LOCK_ALONE).execute(Tuple.of(storeId.toString()))
                .chain(() -> work.apply(connection)))
                .onFailure(FencedTransactions::waitedTooLong).transform(failure -> ProblemCode.BUSY.problem(
                        "A read or a change of this store took too long to wait for; nothing was changed. Send it again in a minute."));
    }

    private static boolean waitedTooLong(Throwable failure) {
        return failure instanceof PgException refused && LOCK_NOT_AVAILABLE.equals(refused.getSqlState());
    }
}
