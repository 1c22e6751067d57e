package dev.tillbridge.sync.reconcile;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.SqlTime;

/** The engine's side of the reconciliations: begun, watched and ended under the lease. */
@ApplicationScoped
class ReconciliationRepository {

    /** What a stopped holder had under way begins anew; what whole reads found by then is told of again. */
    private static final String[] RESUME = {
            "update read_difference set judged_by = null where store_id = $1 and judged_by is not null",
            """
            delete from reconciliation_difference where reconciliation_id in (select id from reconciliation where store_id = $1 and status = 'RUNNING')
            """,
            """
            delete from reconciliation_order where reconciliation_id in (select id from reconciliation where store_id = $1 and status = 'RUNNING')
            """,
            """
            delete from reconciliation_day where reconciliation_id in (select id from reconciliation where store_id = $1 and status = 'RUNNING')
            """,
            """
            update reconciliation set status = 'REQUESTED', phase = null, compared = '{}' where store_id = $1 and status = 'RUNNING'
            """};

    private static final String STATE = """
            select s.created_at, s.timezone, clock_timestamp() as now,
              (select max(requested_at) from reconciliation r where r.store_id = s.id
                and (r.status in ('SUCCEEDED', 'PARTIAL') or r.status = 'FAILED' and r.requested_at > clock_timestamp() - interval '1 hour')) as last_at,
              (select max(finished_at) from reconciliation r where r.store_id = s.id and r.status in ('SUCCEEDED', 'PARTIAL')) as finished_at,
              exists (select from reconciliation r where r.store_id = s.id and r.status = 'REQUESTED') as requested,
              exists (select from reconciliation r where r.store_id = s.id and r.status = 'RUNNING') as left_behind
            from store s where s.id = $1
            """;

    private static final String NIGHTLY = """
            insert into reconciliation (id, store_id, trigger, status) values (gen_random_uuid(), $1, 'NIGHTLY', 'REQUESTED')
            on conflict (store_id) where status in ('REQUESTED', 'RUNNING') do nothing
            """;

    private static final String TAKE = """
            update reconciliation set status = 'RUNNING', started_at = clock_timestamp(), attempts = attempts + 1, phase = 'starting'
            where store_id = $1 and status = 'REQUESTED'
            returning id, trigger, requested_at, started_at
            """;

    private static final String PHASE = "update reconciliation set phase = $2, compared = $3 where id = $1";

    private static final String END = """
            update reconciliation set status = $2, error = $3, phase = null, compared = $4, finished_at = clock_timestamp() where id = $1
            """;

    private static final String FORGET = """
            delete from reconciliation where store_id = $1 and finished_at < clock_timestamp() - $2 * interval '1 millisecond'
            """;

    private final Pool pool;
    private final FencedTransactions transactions;

    ReconciliationRepository(Pool pool, FencedTransactions transactions) {
        this.pool = pool;
        this.transactions = transactions;
    }

    /**
     * Where a store stands.
     *
     * @param lastAt when the last one that is over was asked for, one that failed an hour ago left out; null where there was none
     * @param finishedAt when the last good one ended
     * @param requested whether one waits
     * @param leftBehind whether one was begun, and its end could not be written
     */
    record State(Instant createdAt, String timezone, Instant now, Instant lastAt, Instant finishedAt, boolean requested,
            boolean leftBehind) {}

    /** One that is under way. */
    record Taken(UUID id, boolean nightly, Instant requestedAt, Instant startedAt) {}

    Uni<Void> resume(Fence fence) {
        return transactions.write(fence, connection -> {
            Uni<Void> all = Uni.createFrom().voidItem();
            for (String statement : RESUME) {
                all = all.chain(() -> connection.preparedQuery(statement).execute(Tuple.of(fence.storeId())).replaceWithVoid());
            }
            return all;
        });
    }

    Uni<State> state(UUID storeId) {
        return pool.preparedQuery(STATE).mapping(row -> new State(SqlTime.instant(row, "created_at"),
                row.getString("timezone"), SqlTime.instant(row, "now"), SqlTime.instant(row, "last_at"),
                SqlTime.instant(row, "finished_at"), row.getBoolean("requested"), row.getBoolean("left_behind")))
                .execute(Tuple.of(storeId)).map(rows -> rows.rowCount() == 0 ? null : rows.iterator().next());
    }

    Uni<Void> nightly(Fence fence) {
        return transactions.write(fence, connection -> connection.preparedQuery(NIGHTLY).execute(Tuple.of(fence.storeId()))
                .replaceWithVoid());
    }

    /** Null where none waits. */
    Uni<Taken> take(Fence fence) {
        return transactions.write(fence, connection -> connection.preparedQuery(TAKE).mapping(ReconciliationRepository::taken)
                .execute(Tuple.of(fence.storeId())).map(rows -> rows.rowCount() == 0 ? null : rows.iterator().next()));
    }

    Uni<Void> phase(Fence fence, UUID id, String phase, Map<String, Long> compared) {
        return transactions.write(fence, connection -> connection.preparedQuery(PHASE)
                .execute(Tuple.of(id, phase, json(compared))).replaceWithVoid());
    }

    /** @param error null where it went well */
    Uni<Void> end(SqlClient connection, UUID id, String status, String error, Map<String, Long> compared) {
        return connection.preparedQuery(END).execute(Tuple.of(id, status, error, json(compared)))
                .chain(() -> connection.preparedQuery("delete from read_difference where judged_by = $1").execute(Tuple.of(id)))
                .replaceWithVoid();
    }

    Uni<Void> forgetOld(Fence fence, long millis) {
        return transactions.write(fence, connection -> connection.preparedQuery(FORGET)
                .execute(Tuple.of(fence.storeId(), millis)).replaceWithVoid());
    }

    private static Taken taken(Row row) {
        return new Taken(row.getUUID("id"), "NIGHTLY".equals(row.getString("trigger")), SqlTime.instant(row, "requested_at"),
                SqlTime.instant(row, "started_at"));
    }

    private static JsonObject json(Map<String, Long> compared) {
        JsonObject json = new JsonObject();
        compared.forEach(json::put);
        return json;
    }
}
