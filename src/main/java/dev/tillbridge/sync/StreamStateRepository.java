package dev.tillbridge.sync;

import java.time.Instant;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.SqlTime;

/** The cursors. They move only under the lease, in the transaction that checks it, which is why they are not entities. */
@ApplicationScoped
class StreamStateRepository {

    private static final String NEXT_GENERATION = """
            insert into stream_state (store_id, owner_id, stream, generation) values ($1, $2, $3, 1)
            on conflict (owner_id, stream) do update set generation = stream_state.generation + 1
            returning generation
            """;

    private static final String FULL = """
            insert into stream_state (store_id, owner_id, stream, position, full_read_at, parameters, last_pass_at, last_success_at)
            values ($1, $2, $3, $4, clock_timestamp(), $5, clock_timestamp(), clock_timestamp())
            on conflict (owner_id, stream) do update set position = greatest(stream_state.position, excluded.position), full_read_at = excluded.full_read_at,
              full_read_wanted_at = case when stream_state.full_read_wanted_at >= $6::timestamptz then stream_state.full_read_wanted_at end,
              parameters = excluded.parameters, last_pass_at = excluded.last_pass_at,
              last_success_at = excluded.last_success_at, last_error = null
            """;

    private static final String ADVANCED = """
            insert into stream_state (store_id, owner_id, stream, position, last_pass_at, last_success_at)
            values ($1, $2, $3, $4, clock_timestamp(), clock_timestamp())
            on conflict (owner_id, stream) do update set position = greatest(stream_state.position, excluded.position),
              last_pass_at = excluded.last_pass_at, last_success_at = excluded.last_success_at, last_error = null
            """;

    private static final String SUCCEEDED = """
            insert into stream_state (store_id, owner_id, stream, last_pass_at, last_success_at)
            values ($1, $2, $3, clock_timestamp(), clock_timestamp())
            on conflict (owner_id, stream) do update set last_pass_at = excluded.last_pass_at,
              last_success_at = excluded.last_success_at, last_error = null
            """;

    private static final String FAILED = """
            insert into stream_state (store_id, owner_id, stream, last_pass_at, last_error)
            values ($1, $2, $3, clock_timestamp(), $4)
            on conflict (owner_id, stream) do update set last_pass_at = excluded.last_pass_at, last_error = excluded.last_error
            """;

    private final Pool pool;
    private final FencedTransactions transactions;

    StreamStateRepository(Pool pool, FencedTransactions transactions) {
        this.pool = pool;
        this.transactions = transactions;
    }

    /** Where a stream stands: {@code owner} is the store, or the channel. */
    Uni<StreamState> state(UUID owner, String stream) {
        return pool.preparedQuery("""
                select position, full_read_at, full_read_wanted_at is not null as wanted, parameters from stream_state where owner_id = $1 and stream = $2
                """).execute(Tuple.of(owner, stream)).map(rows -> {
            if (rows.rowCount() == 0) {
                return StreamState.NEVER_READ;
            }
            Row row = rows.iterator().next();
            return new StreamState(SqlTime.instant(row, "position"),
                    SqlTime.instant(row, "full_read_at"), row.getBoolean("wanted"), row.getString("parameters"));
        });
    }

    Uni<Long> nextGeneration(Fence fence, UUID owner, String stream) {
        return transactions.write(fence, connection -> connection.preparedQuery(NEXT_GENERATION)
                .execute(Tuple.of(fence.storeId(), owner, stream)).map(rows -> rows.iterator().next().getLong(0)));
    }

    /** A full read was whole. */
    Uni<Void> fullyRead(Fence fence, UUID owner, String stream, Instant position, String parameters) {
        return fullyRead(fence, owner, stream, position, parameters, null);
    }

    /**
     * The same.
     *
     * @param began the database's time: what was wanted since then is not fulfilled by it; null where nobody wants any
     */
    Uni<Void> fullyRead(Fence fence, UUID owner, String stream, Instant position, String parameters, Instant began) {
        return transactions.write(fence, connection -> connection.preparedQuery(FULL)
                .execute(Tuple.of(fence.storeId(), owner, stream, SqlTime.of(position), parameters, SqlTime.of(began)))
                .replaceWithVoid());
    }

    /** Changes can no longer be followed one by one: makes a full read due that begins from now on. */
    Uni<Void> fullReadWanted(Fence fence, UUID owner, String stream) {
        return transactions.write(fence, connection -> connection
                .preparedQuery(
                        "update stream_state set full_read_wanted_at = clock_timestamp() where owner_id = $1 and stream = $2")
                .execute(Tuple.of(owner, stream)).replaceWithVoid());
    }

    /** What is asked for beyond the ordinary is another from now on, without a full read. */
    Uni<Void> asked(Fence fence, UUID owner, String stream, String parameters) {
        return transactions.write(fence, connection -> connection
                .preparedQuery("update stream_state set parameters = $3 where owner_id = $1 and stream = $2")
                .execute(Tuple.of(owner, stream, parameters)).replaceWithVoid());
    }

    /** All changes up to the position are stored. It never goes back. */
    Uni<Void> advanced(Fence fence, UUID owner, String stream, Instant position) {
        return transactions.write(fence, connection -> connection.preparedQuery(ADVANCED)
                .execute(Tuple.of(fence.storeId(), owner, stream, SqlTime.of(position))).replaceWithVoid());
    }

    /** A stream without a cursor had a good turn. */
    Uni<Void> succeeded(Fence fence, UUID owner, String stream) {
        return transactions.write(fence, connection -> connection.preparedQuery(SUCCEEDED)
                .execute(Tuple.of(fence.storeId(), owner, stream)).replaceWithVoid());
    }

    Uni<Void> failed(Fence fence, UUID owner, String stream, String error) {
        return transactions.write(fence, connection -> connection.preparedQuery(FAILED)
                .execute(Tuple.of(fence.storeId(), owner, stream, error)).replaceWithVoid());
    }
}
