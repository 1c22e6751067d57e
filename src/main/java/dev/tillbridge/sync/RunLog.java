package dev.tillbridge.sync;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.platform.Page;
import dev.tillbridge.platform.SqlTime;
import dev.tillbridge.platform.TimePosition;

/** People's side of the runs: asking for one, and looking them up. */
@ApplicationScoped
class RunLog {

    private static final int FAILURES_SHOWN = 200;

    private static final String REQUEST = """
            with waiting as (
              select id from run where store_id = $2 and channel_id = $3 and status = 'REQUESTED' and streams = $5::text[] and is_full = $6
              order by requested_at, id limit 1),
            made as (
              insert into run (id, store_id, channel_id, trigger, requested_by, streams, is_full, status)
              select $1, $2, $3, 'REQUEST', $4, $5, $6, 'REQUESTED' where not exists (select from waiting)
              returning id)
            select id from waiting union all select id from made
            """;

    private static final String PAGE = """
            select * from run where channel_id = $1 and ($2::timestamptz is null or (requested_at, id) < ($2, $3::uuid))
            order by requested_at desc, id desc limit $4
            """;

    private static final String COUNTS = """
            select f.stream, f.code, count(*) as failures, (array_agg(f.message order by f.id desc))[1] as message,
              (array_agg(f.subject order by f.id desc))[1] as subject, max(f.at) as last_at
            from run_failure f ${which} group by f.stream, f.code order by failures desc, f.stream, f.code limit 50
            """;

    private static final String COUNTS_OF_RUN = COUNTS.replace("${which}", "where f.run_id = $1");

    private static final String COUNTS_OF_CHANNEL = COUNTS.replace("${which}", """
            join run r on r.id = f.run_id
            where r.channel_id = $1 and r.requested_at > clock_timestamp() - $2 * interval '1 day'""");

    private final Pool pool;

    RunLog(Pool pool) {
        this.pool = pool;
    }

    /** The run that will do this: a new one, or the one that waits for the same already. */
    Uni<UUID> request(UUID storeId, UUID channelId, String by, List<String> streams, boolean full) {
        return pool.preparedQuery(REQUEST)
                .execute(Tuple.of(UUID.randomUUID(), storeId, channelId, by, streams.toArray(String[]::new), full))
                .map(rows -> rows.iterator().next().getUUID("id"));
    }

    /** Newest first; {@code before} is the last row of the page before, null for the first page. */
    Uni<Page<RunView>> page(UUID channelId, TimePosition before, int limit) {
        OffsetDateTime at = before == null ? null : SqlTime.of(before.at());
        return pool.preparedQuery(PAGE).mapping(RunLog::view)
                .execute(Tuple.of(channelId, at, before == null ? null : before.id(), limit + 1))
                .map(rows -> {
                    List<RunView> found = rows.stream().toList();
                    boolean more = found.size() > limit;
                    List<RunView> shown = more ? found.subList(0, limit) : found;
                    RunView last = more ? shown.get(limit - 1) : null;
                    return new Page<>(shown, more ? new TimePosition(last.requestedAt(), last.id()).cursor() : null);
                });
    }

    /** Null where the channel has no such run. */
    Uni<RunDetails> run(UUID channelId, UUID runId) {
        return pool.preparedQuery("select * from run where channel_id = $1 and id = $2").mapping(RunLog::view)
                .execute(Tuple.of(channelId, runId)).chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().nullItem()
                        : failures(runId).chain(failures -> counts(COUNTS_OF_RUN, runId)
                                .map(counts -> new RunDetails(rows.iterator().next(), counts, failures))));
    }

    /** Failures of a channel's runs of the last days, by reason, the most frequent first. */
    Uni<List<FailureCount>> failures(UUID channelId, int days) {
        return counts(COUNTS_OF_CHANNEL, channelId, days);
    }

    private Uni<List<FailureCount>> counts(String sql, Object... parameters) {
        return pool.preparedQuery(sql).execute(Tuple.from(parameters)).map(rows -> rows.stream()
                .map(row -> new FailureCount(row.getString("stream"), row.getString("code"), row.getLong("failures"),
                        row.getString("message"), row.getString("subject"), SqlTime.instant(row, "last_at")))
                .toList());
    }

    private Uni<List<RunFailure>> failures(UUID runId) {
        return pool.preparedQuery("""
                select stream, subject, code, message, at from run_failure where run_id = $1 order by id limit $2
                """).mapping(row -> new RunFailure(row.getString("stream"), row.getString("subject"), row.getString("code"),
                row.getString("message"), row.getOffsetDateTime("at").toInstant()))
                .execute(Tuple.of(runId, FAILURES_SHOWN)).map(rows -> rows.stream().toList());
    }

    private static RunView view(Row row) {
        return new RunView(row.getUUID("id"), row.getUUID("channel_id"), RunTrigger.valueOf(row.getString("trigger")),
                row.getString("requested_by"), List.of(row.getArrayOfStrings("streams")), row.getBoolean("is_full"),
                row.getString("status"), row.getString("phase"), counts(row.getJsonObject("counts")),
                row.getInteger("failure_count"), row.getString("error"), SqlTime.instant(row, "requested_at"),
                SqlTime.instant(row, "started_at"),
                SqlTime.instant(row, "finished_at"));
    }

    private static Map<String, RunCount> counts(JsonObject json) {
        Map<String, RunCount> counts = new LinkedHashMap<>();
        json.fieldNames().stream().sorted().forEach(what -> {
            JsonObject count = json.getJsonObject(what);
            counts.put(what, new RunCount(count.getLong("done"), count.getLong("total")));
        });
        return counts;
    }
}
