package dev.tillbridge.notification;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.platform.SqlTime;

/** Which channel's digest is due, what it tells of, and what became of it: all by the database's time. */
@ApplicationScoped
class DigestRepository {

    private static final int SHOWN_PRODUCTS = 20;

    private final Pool pool;
    private final NotificationConfig config;

    DigestRepository(Pool pool, NotificationConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /**
     * Claims channels whose digest is due for two minutes; no other replica gets them until then, or until their outcome is
     * recorded.
     */
    Uni<List<UUID>> claim(int limit) {
        return pool.query(DigestSql.PREPARE).execute()
                .chain(() -> pool.preparedQuery(DigestSql.CLAIM).execute(Tuple.from(List.of(DigestSql.kinds(),
                        DigestSql.remindingKinds(), config.repeatAfter().toMillis(), config.collectFor().toMillis(),
                        config.digestEvery().toMillis(), config.mostMailsPerDay(), limit))))
                .map(rows -> rows.stream().map(row -> row.getUUID("channel_id")).toList());
    }

    /** What the channel's digest tells of now; null where the channel is gone. */
    Uni<DigestFacts> read(UUID channelId) {
        return pool.preparedQuery(DigestSql.CHANNEL).execute(Tuple.of(channelId)).chain(found -> {
            if (found.rowCount() == 0) {
                return Uni.createFrom().nullItem();
            }
            var channel = found.iterator().next();
            var asOf = SqlTime.instant(channel, "as_of");
            return notices(channelId).chain(notices -> products(channelId, channel, asOf)
                    .map(products -> new DigestFacts(channelId, channel.getString("name"), channel.getString("store_name"),
                            channel.getString("timezone"), recipients(channel), notices, products, asOf)));
        });
    }

    /** The mail server has taken the digest: nothing in it is told again before the repeat delay. */
    Uni<Void> sent(DigestFacts facts) {
        var ids = facts.notices().stream().map(OpenNotice::id).toArray(UUID[]::new);
        var until = facts.products().until();
        return pool.withTransaction(connection -> told(connection, ids, facts.asOf())
                .chain(() -> connection.preparedQuery(DigestSql.SENT)
                        .execute(Tuple.of(facts.channelId(), SqlTime.of(until))))
                .chain(() -> connection.preparedQuery(DigestSql.FORGET).execute(Tuple.of(facts.channelId())))
                .replaceWithVoid());
    }

    /** It is tried again: after a minute, then two, four, …, then every hour. */
    Uni<Void> failed(UUID channelId, String error) {
        return pool.preparedQuery(DigestSql.FAILED).execute(Tuple.of(channelId, error)).replaceWithVoid();
    }

    /** There was nothing to tell after all. */
    Uni<Void> release(UUID channelId) {
        return pool.preparedQuery(DigestSql.RELEASE).execute(Tuple.of(channelId)).replaceWithVoid();
    }

    private static Uni<RowSet<Row>> told(SqlConnection connection, UUID[] ids, Instant asOf) {
        var ending = List.of(NoticeKind.values()).stream().filter(NoticeKind::endsWhenTold).map(Enum::name)
                .toArray(String[]::new);
        return connection.preparedQuery(DigestSql.TOLD).execute(Tuple.of(ids, SqlTime.of(asOf), ending));
    }

    private Uni<List<OpenNotice>> notices(UUID channelId) {
        return pool.preparedQuery(DigestSql.NOTICES)
                .execute(Tuple.from(List.of(DigestSql.kinds(), DigestSql.remindingKinds(), config.repeatAfter().toMillis(),
                        channelId, config.mostEntries())))
                .map(rows -> rows.stream().map(DigestRepository::notice).toList());
    }

    private Uni<UnlinkedProducts> products(UUID channelId, Row channel, Instant asOf) {
        if (!channel.getBoolean("looks_at_products")) {
            return Uni.createFrom().item(UnlinkedProducts.NONE);
        }
        // Rows get their time before they are committed: those of the last moments may not be seen yet, and wait.
        var until = asOf.minus(config.collectFor());
        return pool.preparedQuery(DigestSql.PRODUCTS).execute(Tuple.of(channelId, SqlTime.of(until), SHOWN_PRODUCTS))
                .map(rows -> {
                    if (rows.rowCount() == 0) {
                        return UnlinkedProducts.NONE;
                    }
                    var first = rows.iterator().next();
                    return new UnlinkedProducts(first.getLong("fresh"), first.getLong("all_unlinked"),
                            rows.stream().map(row -> new UnlinkedProducts.Product(row.getString("title"), row.getString("sku"),
                                    row.getString("reason"))).toList(),
                            until);
                });
    }

    private static OpenNotice notice(Row row) {
        var text = row.getBoolean("shown")
                ? new OpenNotice.Text(row.getString("title"), row.getString("detail"), row.getString("path"))
                : null;
        return new OpenNotice(row.getUUID("id"), NoticeKind.valueOf(row.getString("kind")), text,
                SqlTime.instant(row, "raised_at"),
                row.getBoolean("told"));
    }

    private static List<String> recipients(Row channel) {
        JsonArray recipients = channel.get(JsonArray.class, "recipients");
        return recipients.stream().map(String.class::cast).toList();
    }
}
