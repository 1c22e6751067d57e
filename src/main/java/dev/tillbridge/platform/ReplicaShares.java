package dev.tillbridge.platform;

import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Divides a budget of whole units among the replicas that live, by the database's time: one for each, the others evenly among
 * those that have use for them, or among all where nobody has. What stands in a replica's row is never less than what it may be
 * using: it shrinks before its row does, and its row grows before it does. A replica that is not heard of loses its part when
 * that has run out, and must have stopped using it by its own monotonic clock before.
 */
@ApplicationScoped
public class ReplicaShares {

    private static final String TURN = "select pg_advisory_xact_lock(hashtextextended($1, 3))";

    private static final String EXPIRE = "delete from replica_share where budget = $1 and held_until < clock_timestamp() and replica <> $2";

    private static final String TAKE = """
            with living as (
              select replica, share, wants from replica_share where budget = $1 and replica <> $2
              union all select $2::uuid, 0, $6::boolean),
            counted as (
              select count(*) as replicas, sum(share) as used, bool_or(wants) as wanted from living),
            sharing as (
              select l.replica, greatest(0, $5::bigint - c.replicas) as spare, count(*) over () as among,
                  row_number() over (order by l.replica) as place
              from living l cross join counted c where l.wants or not c.wanted),
            wanted as (
              select least(1 + coalesce((select spare / among + (place <= spare % among)::int from sharing where replica = $2), 0),
                  floor((1 - used) * $5 + 1e-6)) / $5::double precision as share
              from counted),
            kept as (
              insert into replica_share (budget, replica, share, held_until, wants)
              select $1, $2, greatest(share, $3), clock_timestamp() + $4 * interval '1 millisecond', $6 from wanted
              on conflict (budget, replica) do update
                set share = excluded.share, held_until = excluded.held_until, wants = excluded.wants)
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
     * What is divided.
     *
     * @param units how many whole parts it has; of more replicas than that the last ones get nothing
     */
    public record Budget(String name, int units) {}

    /**
     * Says that this replica lives.
     *
     * @param using what it uses now, from 0 to 1
     * @param wants whether it has use for more than one unit
     * @param life for how long its part is kept for it
     * @return what it may use from now on, whole units of the budget, for {@code life} from before it asked; where that is less
     *         than what it used it should ask again at once, so that others may have the difference
     */
    public Uni<Double> renew(Budget budget, UUID replica, double using, boolean wants, Duration life) {
        String name = budget.name();
        return pool.withTransaction(connection -> connection.preparedQuery(TURN).execute(Tuple.of(name))
                .chain(() -> connection.preparedQuery(STILL_HELD).execute(Tuple.of(name, replica)))
                .map(rows -> rows.iterator().next().getBoolean("held"))
                .call(() -> connection.preparedQuery(EXPIRE).execute(Tuple.of(name, replica)))
                .chain(held -> connection.preparedQuery(TAKE)
                        .execute(Tuple.of(name, replica, held ? using : 0.0, life.toMillis(), budget.units(), wants)))
                .map(rows -> rows.iterator().next().getDouble("share")));
    }
}
