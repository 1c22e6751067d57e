package dev.tillbridge.platform;

import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Divides a budget evenly among the replicas that live, by the database's time. What stands in a replica's row is never less
 * than what it may be using: it shrinks before its row does, and its row grows before it does. A replica that is not heard of
 * loses its part when that has run out, and must have stopped using it by its own monotonic clock before.
 */
@ApplicationScoped
public class ReplicaShares {

    private static final String TURN = "select pg_advisory_xact_lock(hashtextextended($1, 3))";

    private static final String EXPIRE = "delete from replica_share where budget = $1 and held_until < clock_timestamp() and replica <> $2";

    private static final String TAKE = """
            with others as (
              select count(*) as living, coalesce(sum(share), 0) as used from replica_share where budget = $1 and replica <> $2),
            wanted as (select greatest(0, least(1.0 / (living + 1), 1 - used)) as share from others),
            kept as (
              insert into replica_share (budget, replica, share, held_until)
              select $1, $2, greatest(share, $3), clock_timestamp() + $4 * interval '1 millisecond' from wanted
              on conflict (budget, replica) do update set share = excluded.share, held_until = excluded.held_until)
            select share from wanted
            """;

    /** Whose row ran out and was taken away may have been followed by others: it starts with nothing. */
    private static final String STILL_HELD = """
            select exists (select from replica_share where budget = $1 and replica = $2 and held_until > clock_timestamp()) as held
            """;

    private final Pool pool;

    ReplicaShares(Pool pool) {
        this.pool = pool;
    }

    /**
     * Says that this replica lives.
     *
     * @param using what it uses now, from 0 to 1
     * @param life for how long its part is kept for it
     * @return what it may use from now on, for {@code life} from before it asked; where that is less than what it used it
     *         should ask again at once, so that others may have the difference
     */
    public Uni<Double> renew(String budget, UUID replica, double using, Duration life) {
        return pool.withTransaction(connection -> connection.preparedQuery(TURN).execute(Tuple.of(budget))
                .chain(() -> connection.preparedQuery(STILL_HELD).execute(Tuple.of(budget, replica)))
                .map(rows -> rows.iterator().next().getBoolean("held"))
                .call(() -> connection.preparedQuery(EXPIRE).execute(Tuple.of(budget, replica)))
                .chain(held -> connection.preparedQuery(TAKE)
                        .execute(Tuple.of(budget, replica, held ? using : 0.0, life.toMillis())))
                .map(rows -> rows.iterator().next().getDouble("share")));
    }
}
