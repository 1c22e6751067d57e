package dev.tillbridge.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;

/** The leases, by the database's time. {@code skip locked} lets replicas claim side by side without waiting for each other. */
@ApplicationScoped
class LeaseRepository {

    /** What makes a store worth claiming now, of its lease {@code d} and its row {@code s}. */
    static final String CLAIMABLE = """
            (d.owner is null or d.held_until < clock_timestamp()) and d.due_at <= clock_timestamp()
                and s.status in ('CONNECTED', 'SCOPES_MISSING')
                and exists (select from channel c where c.store_id = s.id and c.status in ('CONNECTED', 'PERMISSIONS_MISSING'))
            """;

    /** The advisory lock is that of the fenced transactions: while one of an earlier holder is under way, the store is passed over. */
    private static final String CLAIM = """
            update store_lease l set owner = $1, fence = l.fence + 1, held_until = clock_timestamp() + $2 * interval '1 millisecond'
            from (
              select d.store_id, d.owner is not null as taken_over from store_lease d join store s on s.id = d.store_id
              where""" + " " + CLAIMABLE + """
              order by d.due_at, d.store_id for update of d skip locked limit $3
            ) due
            where l.store_id = due.store_id and pg_try_advisory_xact_lock(hashtextextended(due.store_id::text, 1))
            returning l.store_id, l.fence, due.taken_over
            """;

    private static final String NEXT_END = """
            select (extract(epoch from min(held_until) - clock_timestamp()) * 1000)::bigint as left
            from store_lease where owner <> $1 and held_until > clock_timestamp()
                and held_until < clock_timestamp() + $2 * interval '1 millisecond'
            """;

    /** A lease that ran out is not renewed, even where nobody has taken it: its holder must start anew. */
    private static final String RENEW = """
            update store_lease set held_until = clock_timestamp() + $2 * interval '1 millisecond'
            where owner = $1 and held_until > clock_timestamp() and store_id = any ($3::uuid[])
            returning store_id, fence
            """;

    private static final String RELEASE = """
            update store_lease set owner = null, held_until = null, due_at = clock_timestamp() + $3 * interval '1 millisecond'
            where owner = $1 and store_id = any ($2::uuid[])
            """;

    private final Pool pool;

    LeaseRepository(Pool pool) {
        this.pool = pool;
    }

    /**
     * A store that was claimed.
     *
     * @param takenOver whether another replica's lease of it had ended unreleased
     */
    record Claim(UUID storeId, long fence, boolean takenOver) {}

    Uni<List<Claim>> claim(String owner, Duration lease, int limit) {
        return pool.preparedQuery(CLAIM).execute(Tuple.of(owner, lease.toMillis(), limit)).map(rows -> {
            List<Claim> claims = new ArrayList<>();
            rows.forEach(row -> claims
                    .add(new Claim(row.getUUID("store_id"), row.getLong("fence"), row.getBoolean("taken_over"))));
            return claims;
        });
    }

    /** How long until the next lease of somebody else ends, where that is within the horizon; else null. */
    Uni<Duration> nextEnd(String owner, Duration horizon) {
        return pool.preparedQuery(NEXT_END).execute(Tuple.of(owner, horizon.toMillis())).map(rows -> {
            Long left = rows.iterator().next().getLong("left");
            return left == null ? null : Duration.ofMillis(left);
        });
    }

    /** Store and fencing number of each that is still held. */
    Uni<Map<UUID, Long>> renew(String owner, Duration lease, Collection<UUID> stores) {
        return pool.preparedQuery(RENEW).execute(Tuple.of(owner, lease.toMillis(), stores.toArray(UUID[]::new)))
                .map(LeaseRepository::fences);
    }

    /** Gives stores back; others may claim them after {@code rest}. */
    Uni<Void> release(String owner, Collection<UUID> stores, Duration rest) {
        return stores.isEmpty()
                ? Uni.createFrom().voidItem()
                : pool.preparedQuery(RELEASE).execute(Tuple.of(owner, stores.toArray(UUID[]::new), rest.toMillis()))
                        .replaceWithVoid();
    }

    /** Whoever claims next may claim this store at once. */
    Uni<Void> due(UUID storeId) {
        return pool
                .preparedQuery(
                        "update store_lease set due_at = clock_timestamp() where store_id = $1 and due_at > clock_timestamp()")
                .execute(Tuple.of(storeId)).replaceWithVoid();
    }

    private static Map<UUID, Long> fences(RowSet<Row> rows) {
        Map<UUID, Long> fences = new HashMap<>();
        rows.forEach(row -> fences.put(row.getUUID("store_id"), row.getLong("fence")));
        return fences;
    }
}
