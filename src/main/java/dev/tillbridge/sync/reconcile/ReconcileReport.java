package dev.tillbridge.sync.reconcile;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.notification.Notice;
import dev.tillbridge.notification.NoticeKind;
import dev.tillbridge.notification.Notices;
import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.FencedTransactions;

/** Ends a reconciliation: sums its differences up, and tells people of what was missed and of what waits for them. */
@ApplicationScoped
class ReconcileReport {

    private static final String SUBJECT = "reconciliation";

    /**
     * By channel; what concerns the store alone is told with its oldest channel. Sales and their orders have mails of their own,
     * and what only a whole read can tell was not missed.
     */
    private static final String TO_TELL = """
            with told as (
              select coalesce((select c.id from channel c where c.id = n.owner_id),
                  (select c.id from channel c where c.store_id = $2 order by c.created_at, c.id limit 1)) as channel_id,
                sum(n.differences) filter (where n.class = 'MISSED_CHANGE' and n.reason <> 'gone') as missed,
                sum(n.differences) filter (where n.repair = 'PERSON' and not (n.kind in ('SALE', 'ORDER') and n.owner_id <> $2)) as person
              from reconciliation_count n where n.reconciliation_id = $1 group by 1)
            select c.id, coalesce(t.missed, 0)::bigint as missed, coalesce(t.person, 0)::bigint as person
            from channel c left join told t on t.channel_id = c.id where c.store_id = $2
            """;

    private static final String COUNTED = """
            select class, kind, sum(differences)::bigint as differences from reconciliation_count where reconciliation_id = $1 group by class, kind
            """;

    private final ReconciliationRepository reconciliations;
    private final DifferenceRepository differences;
    private final Notices notices;
    private final ReconcileMetrics metrics;
    private final FencedTransactions transactions;
    private final ReconcileConfig config;

    ReconcileReport(ReconciliationRepository reconciliations, DifferenceRepository differences, Notices notices,
            ReconcileMetrics metrics, FencedTransactions transactions, ReconcileConfig config) {
        this.reconciliations = reconciliations;
        this.differences = differences;
        this.notices = notices;
        this.metrics = metrics;
        this.transactions = transactions;
        this.config = config;
    }

    Uni<Void> end(Fence fence, UUID reconciliation, Compared compared) {
        String error = compared.error();
        return end(fence, reconciliation, error == null ? "SUCCEEDED" : "PARTIAL", error, compared);
    }

    /** What was found until then is told all the same. */
    Uni<Void> fail(Fence fence, UUID reconciliation, String error, Compared compared) {
        return end(fence, reconciliation, "FAILED", error, compared);
    }

    private Uni<Void> end(Fence fence, UUID reconciliation, String status, String error, Compared compared) {
        return transactions.write(fence, connection -> differences.sumUp(connection, reconciliation, config.keptRows())
                .chain(() -> tell(connection, fence.storeId(), reconciliation))
                .chain(() -> reconciliations.end(connection, reconciliation, status, error, compared.counts()))
                .chain(() -> connection.preparedQuery(COUNTED).execute(Tuple.of(reconciliation))))
                .invoke(rows -> rows.forEach(row -> metrics.differences(row.getString("class"), row.getString("kind"),
                        row.getLong("differences"))))
                .replaceWithVoid();
    }

    private Uni<Void> tell(SqlConnection connection, UUID storeId, UUID reconciliation) {
        return connection.preparedQuery(TO_TELL).execute(Tuple.of(reconciliation, storeId))
                .map(rows -> rows.stream().toList())
                .chain((List<Row> rows) -> Multi.createFrom().iterable(rows)
                        .onItem().transformToUniAndConcatenate(row -> tell(connection, storeId, reconciliation, row))
                        .collect().last().replaceWithVoid());
    }

    private Uni<Void> tell(SqlConnection connection, UUID storeId, UUID reconciliation, Row row) {
        long missed = row.getLong("missed");
        long person = row.getLong("person");
        UUID channel = row.getUUID("id");
        return missed + person == 0
                ? notices.resolve(connection, channel, NoticeKind.RECONCILIATION, SUBJECT)
                : notices.raise(connection, new Notice(storeId, channel, NoticeKind.RECONCILIATION, SUBJECT,
                        title(missed, person), detail(missed, person),
                        "/api/v1/stores/" + storeId + "/reconciliations/" + reconciliation));
    }

    private static String title(long missed, long person) {
        String ofMissed = missed == 1 ? "1 change had been missed" : missed + " changes had been missed";
        String ofPerson = person == 1 ? "1 difference waits for you" : person + " differences wait for you";
        return person == 0 ? ofMissed : missed == 0 ? ofPerson : ofMissed + ", and " + ofPerson;
    }

    private static String detail(long missed, long person) {
        String ofMissed = "What had been missed is read and being brought over; nothing is left to do about it.";
        String ofPerson = "The report says of each difference what to do.";
        return person == 0 ? ofMissed : missed == 0 ? ofPerson : ofMissed + " " + ofPerson;
    }
}
