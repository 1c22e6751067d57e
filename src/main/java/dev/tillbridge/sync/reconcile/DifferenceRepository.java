package dev.tillbridge.sync.reconcile;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.platform.SqlTime;

/** The differences of a reconciliation: row by row while it goes on, in figures and the first of each kind afterwards. */
@ApplicationScoped
class DifferenceRepository {

    private static final String ADD = """
            insert into reconciliation_difference (reconciliation_id, owner_id, class, kind, subject, reason, detail, stored, found,
              units, money, currency, since, repair)
            select $1, d.owner, d.class, d.kind, d.subject, d.reason, d.detail, d.stored, d.found, d.units::numeric, d.money::numeric,
              d.currency, d.since, d.repair
            from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
              $10::text[], $11::text[], $12::text[], $13::timestamptz[], $14::text[])
              as d (owner, class, kind, subject, reason, detail, stored, found, units, money, currency, since, repair)
            on conflict (reconciliation_id, owner_id, class, kind, subject) do nothing
            """;

    private static final String SUM_UP = """
            insert into reconciliation_count (reconciliation_id, owner_id, class, kind, reason, repair, currency, differences, units, money, oldest_since)
            select $1, owner_id, class, kind, reason, repair, currency, count(*), coalesce(sum(abs(units)), 0), coalesce(sum(abs(money)), 0), min(since)
            from reconciliation_difference where reconciliation_id = $1
            group by owner_id, class, kind, reason, repair, currency
            """;

    private static final String TRIM = """
            delete from reconciliation_difference where id in (
              select id from (
                select id, row_number() over (partition by owner_id, class, kind order by id) as place
                from reconciliation_difference where reconciliation_id = $1) ranked
              where place > $2)
            """;

    /** Adds those that are not among them yet, in the caller's transaction. */
    Uni<Void> add(SqlClient connection, UUID reconciliation, List<Difference> differences) {
        if (differences.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return connection.preparedQuery(ADD).execute(Tuple.from(new Object[]{ reconciliation,
                differences.stream().map(Difference::ownerId).toArray(UUID[]::new),
                texts(differences, each -> each.verdict().origin().name()), texts(differences, Difference::kind),
                texts(differences, Difference::subject), texts(differences, each -> text(each.verdict().reason(), "unknown")),
                texts(differences, each -> text(each.verdict().detail(), each.verdict().reason())),
                texts(differences, Difference::stored), texts(differences, Difference::found),
                decimals(differences, Difference::units), decimals(differences, Difference::money),
                texts(differences, Difference::currency),
                differences.stream().map(Difference::since).map(SqlTime::of).toArray(OffsetDateTime[]::new),
                texts(differences, each -> each.verdict().repair().name())})).replaceWithVoid();
    }

    /** Writes the figures and keeps only the first rows of each kind. */
    Uni<Void> sumUp(SqlClient connection, UUID reconciliation, int kept) {
        return connection.preparedQuery(SUM_UP).execute(Tuple.of(reconciliation))
                .chain(() -> connection.preparedQuery(TRIM).execute(Tuple.of(reconciliation, kept)))
                .chain(() -> connection.preparedQuery("delete from reconciliation_order where reconciliation_id = $1")
                        .execute(Tuple.of(reconciliation)))
                .replaceWithVoid();
    }

    private static String text(String text, String otherwise) {
        return text == null ? otherwise : text;
    }

    private static String[] texts(List<Difference> rows, Function<Difference, String> field) {
        return rows.stream().map(field).toArray(String[]::new);
    }

    private static String[] decimals(List<Difference> rows, Function<Difference, BigDecimal> field) {
        return rows.stream().map(field).map(number -> number == null ? null : number.toPlainString()).toArray(String[]::new);
    }
}
