package dev.tillbridge.notification;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Raises and resolves notices: always in the transaction of what they tell of, so that neither stands without the other. No
 * mail is sent here; the digest comes later, and tells only of what is still open by then.
 */
@ApplicationScoped
public class Notices {

    /**
     * Raised again while open, it stays told. Raised again after it was resolved, it is told anew at once only if it says
     * something else: what comes and goes would fill the letter box. The join leaves out channels deleted meanwhile.
     */
    private static final String RAISE = """
            insert into notice as n (store_id, channel_id, kind, subject, title, detail, path)
            select r.* from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
              as r (store_id, channel_id, kind, subject, title, detail, path)
            join channel c on c.id = r.channel_id
            on conflict (channel_id, kind, subject) do update
            set title = excluded.title, detail = excluded.detail, path = excluded.path,
              last_raised_at = clock_timestamp(), times = n.times + 1, resolved_at = null,
              raised_at = case when n.resolved_at is null then n.raised_at else clock_timestamp() end,
              mailed_at = case when n.resolved_at is null or (n.title, n.detail) = (excluded.title, excluded.detail)
                then n.mailed_at end
            """;

    private static final String RESOLVE = """
            update notice set resolved_at = clock_timestamp()
            where id in (
              select id from notice where channel_id = $1 and kind = $2 and subject = any ($3::text[]) and resolved_at is null
              order by subject for update)
            """;

    private static final String RESOLVE_ALL = """
            update notice set resolved_at = clock_timestamp()
            where id in (
              select id from notice where channel_id = $1 and kind = $2 and resolved_at is null order by subject for update)
            """;

    /** Rows are locked in one order everywhere, so that no two transactions wait for each other. */
    private static final Comparator<Notice> ORDER = Comparator.comparing((Notice notice) -> notice.channelId().toString())
            .thenComparing(notice -> notice.kind().name()).thenComparing(Notice::subject);

    public Uni<Void> raise(SqlClient connection, Notice notice) {
        return raise(connection, List.of(notice));
    }

    /** Of several notices of the same channel, kind and subject the last one counts. */
    public Uni<Void> raise(SqlClient connection, List<Notice> notices) {
        if (notices.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Map<Object, Notice> distinct = new LinkedHashMap<>();
        notices.forEach(notice -> distinct.put(List.of(notice.channelId(), notice.kind(), notice.subject()), notice));
        List<Notice> rows = distinct.values().stream().sorted(ORDER).toList();
        return connection.preparedQuery(RAISE).execute(Tuple.from(List.of(
                rows.stream().map(Notice::storeId).toArray(UUID[]::new),
                rows.stream().map(Notice::channelId).toArray(UUID[]::new),
                texts(rows, notice -> notice.kind().name()), texts(rows, Notice::subject), texts(rows, Notice::title),
                texts(rows, Notice::detail), texts(rows, Notice::path)))).replaceWithVoid();
    }

    /** Does nothing where there is no such notice, or it is resolved already. */
    public Uni<Void> resolve(SqlClient connection, UUID channelId, NoticeKind kind, String subject) {
        return resolve(connection, channelId, kind, List.of(subject));
    }

    /** Resolves those of these subjects that are open; the others are left alone. */
    public Uni<Void> resolve(SqlClient connection, UUID channelId, NoticeKind kind, Collection<String> subjects) {
        if (subjects.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return connection.preparedQuery(RESOLVE)
                .execute(Tuple.of(channelId, kind.name(), subjects.stream().map(Notice::subject).toArray(String[]::new)))
                .replaceWithVoid();
    }

    /** Resolves all of a kind. */
    public Uni<Void> resolveAll(SqlClient connection, UUID channelId, NoticeKind kind) {
        return connection.preparedQuery(RESOLVE_ALL).execute(Tuple.of(channelId, kind.name())).replaceWithVoid();
    }

    /** Whether any of a kind is open. */
    public Uni<Boolean> open(SqlClient client, UUID channelId, NoticeKind kind) {
        return client
                .preparedQuery("select exists (select from notice where channel_id = $1 and kind = $2 and resolved_at is null)")
                .execute(Tuple.of(channelId, kind.name())).map(rows -> rows.iterator().next().getBoolean(0));
    }

    private static String[] texts(List<Notice> notices, Function<Notice, String> field) {
        return notices.stream().map(field).toArray(String[]::new);
    }
}
