package dev.tillbridge.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.platform.Page;
import dev.tillbridge.platform.ProblemCode;
import dev.tillbridge.platform.SqlTime;

/** Reads the journal, newest first. */
@ApplicationScoped
public class JournalReader {

    private static final String PAGE = """
                                       select id, at, subject, kind, before, after, cause, run_id, actor from journal
                                       where channel_id = $1 and id < $2 and ($3::timestamptz is null or at >= $3) and ($4::timestamptz is null or at < $4) ${subject}
                                       order by id desc limit $5
                                       """;
    // "link" finds all of "link:…": ";" follows ":" in byte order.
    private static final String OF_SUBJECT = "and (subject = $6 or (subject >= $6 || ':' and subject < $6 || ';'))";

    // A channel that was disconnected keeps its journal.
    private static final String STORE = """
                                        select store_id from channel where id = $1
                                        union all (select store_id from journal where channel_id = $1 limit 1) limit 1
                                        """;

    private final Pool pool;

    JournalReader(Pool pool) {
        this.pool = pool;
    }

    /**
     * What to read.
     *
     * @param subject {@code stock:<item id>} for one, {@code stock} for all of its kind; null for all
     * @param from inclusive, null: from the beginning
     * @param to exclusive, null: up to now
     */
    public record Query(UUID channelId, String subject, Instant from, Instant to) {}

    /** @param cursor {@code nextCursor} of the page before; null for the newest */
    public Uni<Page<JournalView>> page(Query query, String cursor, int limit) {
        var tuple = Tuple.of(query.channelId(), position(cursor), SqlTime.of(query.from()), SqlTime.of(query.to()), limit);
        String sql = PAGE.replace("${subject}", query.subject() == null ? "" : OF_SUBJECT);
        return pool.preparedQuery(sql)
                .execute(query.subject() == null ? tuple : tuple.addString(query.subject()))
                .map(rows -> {
                    List<JournalView> views = rows.stream().map(JournalReader::view).toList();
                    return new Page<>(views, views.size() < limit ? null : String.valueOf(views.get(limit - 1).id()));
                });
    }

    /** The store of a channel, also of one that was disconnected; empty where there never was one. */
    Uni<Optional<UUID>> store(UUID channelId) {
        return pool.preparedQuery(STORE).execute(Tuple.of(channelId))
                .map(rows -> rows.stream().map(row -> row.getUUID(0)).findFirst());
    }

    private static long position(String cursor) {
        try {
            return cursor == null || cursor.isEmpty() ? Long.MAX_VALUE : Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw ProblemCode.INVALID_REQUEST.problem("cursor is none that this list answered");
        }
    }

    private static JournalView view(Row row) {
        return new JournalView(row.getLong(0), row.getOffsetDateTime(1).toInstant(), row.getString(2), row.getString(3),
                row.getString(4), row.getString(5), row.getString(6), row.getUUID(7), row.getString(8));
    }
}
