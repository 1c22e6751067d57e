package dev.tillbridge.sync;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.FencedTransactions;

/** The engine's side of the runs: made, watched and ended under the lease. */
@ApplicationScoped
class RunRepository {

    private static final String START = """
            insert into run (id, store_id, channel_id, trigger, streams, is_full, status, started_at)
            values ($1, $2, $3, $4, $5, $6, 'RUNNING', clock_timestamp())
            """;

    private static final String SAVE = """
            update run set status = $2, phase = $3, counts = $4, failure_count = $5, error = $6,
              finished_at = case when $2 = 'RUNNING' then null else clock_timestamp() end
            where id = $1
            """;

    private static final String FAILURES = """
            insert into run_failure (run_id, stream, subject, code, message)
            select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::text[])
            """;

    /** A stopped holder's runs: those a person waits for begin again, turns by the clock are simply over. */
    private static final String RESUME = """
            update run set
              status = case when trigger = 'SCHEDULE' then 'CANCELLED' else 'REQUESTED' end,
              error = case when trigger = 'SCHEDULE' then 'Interrupted: the replica working on it stopped' end,
              finished_at = case when trigger = 'SCHEDULE' then clock_timestamp() end
            where store_id = $1 and status = 'RUNNING'
            """;

    private static final String FIRST_SYNC = """
            insert into run (id, store_id, channel_id, trigger, streams, is_full, status)
            select gen_random_uuid(), $1, $2, 'FIRST_SYNC', array['stock'], true, 'REQUESTED'
            where not exists (select from run where channel_id = $2 and status in ('REQUESTED', 'RUNNING'))
            """;

    /** Who lost a store without knowing it must not take the runs from its next holder. */
    private static final String TAKE = """
            with held as (
              select l.store_id from store_lease l join unnest($2::uuid[], $3::bigint[]) as h (store_id, fence)
                on l.store_id = h.store_id and l.fence = h.fence
              where l.owner = $1 and l.held_until > clock_timestamp() for share of l)
            update run set status = 'RUNNING', started_at = clock_timestamp(), phase = 'starting'
            from held where run.status = 'REQUESTED' and run.store_id = held.store_id
            returning run.id, run.store_id, run.channel_id, run.trigger, run.streams, run.is_full
            """;

    private final Pool pool;
    private final FencedTransactions transactions;

    RunRepository(Pool pool, FencedTransactions transactions) {
        this.pool = pool;
        this.transactions = transactions;
    }

    Uni<UUID> start(Fence fence, UUID channelId, RunTrigger trigger, List<String> streams, boolean full) {
        UUID id = UUID.randomUUID();
        return transactions.write(fence, connection -> connection.preparedQuery(START).execute(Tuple.of(id, fence.storeId(),
                channelId, trigger.name(), streams.toArray(String[]::new), full))).replaceWith(id);
    }

    Uni<Void> save(Fence fence, UUID run, String status, String phase, Map<String, RunCount> counts, int failures, String error,
            List<RunFailure> fresh) {
        return transactions.write(fence, connection -> connection.preparedQuery(SAVE)
                .execute(Tuple.of(run, status, phase, json(counts), failures, error))
                .chain(() -> fresh.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : connection.preparedQuery(FAILURES).execute(Tuple.of(run)
                                .addArrayOfString(fresh.stream().map(RunFailure::stream).toArray(String[]::new))
                                .addArrayOfString(fresh.stream().map(RunFailure::subject).toArray(String[]::new))
                                .addArrayOfString(fresh.stream().map(RunFailure::code).toArray(String[]::new))
                                .addArrayOfString(fresh.stream().map(RunFailure::message).toArray(String[]::new)))
                                .replaceWithVoid()));
    }

    Uni<Void> resume(Fence fence) {
        return transactions.write(fence, connection -> connection.preparedQuery(RESUME).execute(Tuple.of(fence.storeId()))
                .replaceWithVoid());
    }

    /** Asks for a channel's first sync, unless a run of it waits or is under way; answers whether it did. */
    Uni<Boolean> requestFirstSync(Fence fence, UUID channelId) {
        return transactions.write(fence, connection -> connection.preparedQuery(FIRST_SYNC)
                .execute(Tuple.of(fence.storeId(), channelId)).map(rows -> rows.rowCount() == 1));
    }

    /**
     * Takes the waiting runs of these stores.
     *
     * @param held fencing numbers, by store; those that are not in force any more are passed over
     */
    Uni<List<RequestedRun>> take(String owner, Map<UUID, Long> held) {
        List<Map.Entry<UUID, Long>> stores = List.copyOf(held.entrySet());
        return pool.preparedQuery(TAKE)
                .execute(Tuple.of(owner, stores.stream().map(Map.Entry::getKey).toArray(UUID[]::new),
                        stores.stream().map(Map.Entry::getValue).toArray(Long[]::new)))
                .map(rows -> rows.stream().map(RunRepository::requested).toList());
    }

    private static JsonObject json(Map<String, RunCount> counts) {
        JsonObject json = new JsonObject();
        counts.forEach((what, count) -> {
            JsonObject entry = new JsonObject().put("done", count.done());
            json.put(what, count.total() == null ? entry : entry.put("total", count.total()));
        });
        return json;
    }

    private static RequestedRun requested(Row row) {
        return new RequestedRun(row.getUUID("id"), row.getUUID("store_id"), row.getUUID("channel_id"),
                RunTrigger.valueOf(row.getString("trigger")), List.of(row.getArrayOfStrings("streams")),
                row.getBoolean("is_full"));
    }
}
