package dev.tillbridge.stock;

import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.channel.StockAdjustment;

/** The changes of a store's stock that Tillbridge makes: their exact input, and how far they have come. */
@ApplicationScoped
class AdjustmentRepository {

    private static final String LATEST = """
            select id, attempt, input, status,
              extract(epoch from clock_timestamp() - first_sent_at)::bigint as sent_seconds_ago
            from stock_adjustment where purpose = $1 and reference = $2 order by attempt desc limit 1
            """;

    private static final String INSERT = """
            insert into stock_adjustment (id, store_id, channel_id, purpose, reference, attempt, idempotency_key, input, status)
            values ($1, $2, $3, $4, $5, $6, $7, $8, 'READY')
            """;

    /** @param sentFor how long ago it was first sent; null where it never was */
    record Stored(UUID id, int attempt, StockAdjustment input, String status, Duration sentFor) {

        boolean open() {
            return "READY".equals(status) || "SENT".equals(status);
        }
    }

    /** Null where there is none. */
    Uni<Stored> latest(SqlClient client, String purpose, String reference) {
        return client.preparedQuery(LATEST).execute(Tuple.of(purpose, reference)).map(rows -> {
            if (rows.rowCount() == 0) {
                return null;
            }
            var row = rows.iterator().next();
            Long seconds = row.getLong("sent_seconds_ago");
            return new Stored(row.getUUID("id"), row.getInteger("attempt"),
                    row.getJsonObject("input").mapTo(StockAdjustment.class), row.getString("status"),
                    seconds == null ? null : Duration.ofSeconds(seconds));
        });
    }

    Uni<Stored> insert(SqlClient connection, UUID storeId, UUID channelId, String purpose, String reference, int attempt,
            StockAdjustment input) {
        UUID id = UUID.randomUUID();
        return connection.preparedQuery(INSERT).execute(Tuple.of(id, storeId, channelId, purpose, reference, attempt)
                .addString(input.idempotencyKey()).addJsonObject(JsonObject.mapFrom(input)))
                .replaceWith(new Stored(id, attempt, input, "READY", null));
    }

    Uni<Void> sent(SqlClient connection, UUID id) {
        return connection.preparedQuery("""
                update stock_adjustment set status = 'SENT', first_sent_at = coalesce(first_sent_at, clock_timestamp()) where id = $1
                """).execute(Tuple.of(id)).replaceWithVoid();
    }

    Uni<Void> conclude(SqlClient connection, UUID id, String status, String problem) {
        return connection.preparedQuery("""
                update stock_adjustment set status = $2, problem = $3,
                  confirmed_at = case when $2 = 'POSTED' then clock_timestamp() end
                where id = $1
                """).execute(Tuple.of(id, status, problem)).replaceWithVoid();
    }
}
