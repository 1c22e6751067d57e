package dev.tillbridge.webhook;

import java.time.Instant;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.platform.SqlTime;

/** What tells that a store's webhooks have stopped. */
@ApplicationScoped
public class SilenceRepository {

    /** A change that is found within two minutes of a webhook may be the one it told of, not worked off yet. */
    private static final String FOUND = """
            update webhook_status set unannounced_since = clock_timestamp()
            where store_id = $1 and unannounced_since is null and active_since is not null
              and (last_at is null or last_at < clock_timestamp() - interval '2 minutes')
            """;

    private static final String STATE = """
            select w.*, s.webhooks_verifiable, clock_timestamp() as now from webhook_status w join store s on s.id = w.store_id
            where w.store_id = $1
            """;

    private final Pool pool;

    SilenceRepository(Pool pool) {
        this.pool = pool;
    }

    /** @param silentSince null where the store is not called silent */
    public record State(Silence.Facts facts, Instant silentSince) {}

    /** Polling found that the store changed. */
    public Uni<Void> changeFound(UUID storeId) {
        return pool.preparedQuery(FOUND).execute(Tuple.of(storeId)).replaceWithVoid();
    }

    /** Null where nothing was ever subscribed to, or the store cannot verify webhooks any more. */
    public Uni<State> state(UUID storeId) {
        return pool.preparedQuery(STATE).execute(Tuple.of(storeId)).map(rows -> rows.stream().findFirst()
                .map(row -> new State(new Silence.Facts(
                        row.getBoolean("webhooks_verifiable") ? SqlTime.instant(row, "active_since") : null,
                        SqlTime.instant(row, "last_at"), row.getDouble("usual_gap"), SqlTime.instant(row, "unannounced_since"),
                        SqlTime.instant(row, "now")), SqlTime.instant(row, "silent_since")))
                .orElse(null));
    }

    /** In the caller's transaction, with the notices. */
    public Uni<Void> silent(SqlClient connection, UUID storeId, boolean silent) {
        return connection
                .preparedQuery(
                        "update webhook_status set silent_since = case when $2 then coalesce(silent_since, clock_timestamp()) end"
                                + " where store_id = $1")
                .execute(Tuple.of(storeId, silent)).replaceWithVoid();
    }
}
