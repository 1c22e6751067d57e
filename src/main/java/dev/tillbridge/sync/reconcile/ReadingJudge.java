package dev.tillbridge.sync.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.SqlTime;

/** Judges what whole reads found to be other than stored, a thousand rows at a time. */
@ApplicationScoped
class ReadingJudge {

    /** A sale that the list lacked, and that nobody asked for by id yet, is left to the next reconciliation. */
    private static final String NEXT = """
            select d.* from read_difference d
            where d.store_id = $1 and d.judged_by is null and not (d.kind = 'SALE' and d.found is null and exists (
              select from sale s where s.channel_id = d.owner_id and s.kind = 'SALE' and 'order:' || s.pos_order_id = d.subject
                and s.missing_since is null and not coalesce((s.document ->> 'deleted')::boolean, false)))
            order by d.id limit $2
            """;

    /** The till's list lacked it, and it was there all the same when it was asked for by id since. */
    private static final String THERE = """
            delete from read_difference d where d.store_id = $1 and d.kind = 'SALE' and d.found is null and exists (
              select from sale s where s.channel_id = d.owner_id and s.kind = 'SALE' and 'order:' || s.pos_order_id = d.subject
                and s.read_at > d.found_at and s.missing_since is null and not coalesce((s.document ->> 'deleted')::boolean, false))
            """;

    private static final String DONE = "update read_difference set judged_by = $2 where id = any ($1)";
    private static final int BATCH = 1_000;

    private final DifferenceRepository differences;
    private final ReconcileJournal journal;
    private final Pool pool;
    private final FencedTransactions transactions;

    ReadingJudge(DifferenceRepository differences, ReconcileJournal journal, Pool pool, FencedTransactions transactions) {
        this.differences = differences;
        this.journal = journal;
        this.pool = pool;
        this.transactions = transactions;
    }

    Uni<Void> judge(Fence fence, UUID reconciliation) {
        return transactions.write(fence, connection -> connection.preparedQuery(THERE).execute(Tuple.of(fence.storeId())))
                .chain(() -> all(fence, reconciliation));
    }

    private Uni<Void> all(Fence fence, UUID reconciliation) {
        return Multi.createBy().repeating().uni(() -> pool.preparedQuery(NEXT).execute(Tuple.of(fence.storeId(), BATCH))
                .map(rows -> rows.stream().toList())
                .call(rows -> rows.isEmpty() ? Uni.createFrom().voidItem() : judge(fence, reconciliation, rows)))
                .whilst(rows -> rows.size() == BATCH).collect().last().replaceWithVoid();
    }

    private Uni<Void> judge(Fence fence, UUID reconciliation, List<Row> rows) {
        List<Difference> found = new ArrayList<>();
        rows.stream().filter(row -> !Objects.equals(row.getString("stored"), row.getString("found")))
                .forEach(row -> ReadingRule.judge(reading(row)).ifPresent(verdict -> found.add(difference(row, verdict))));
        return transactions.write(fence, connection -> differences.add(connection, reconciliation, found)
                .chain(() -> journal.told(connection, fence.storeId(), found))
                .chain(() -> connection.preparedQuery(DONE)
                        .execute(Tuple.of(rows.stream().map(row -> row.getLong("id")).toArray(Long[]::new), reconciliation)))
                .replaceWithVoid());
    }

    private static ReadingRule.Reading reading(Row row) {
        return new ReadingRule.Reading(SqlTime.instant(row, "followed_to"), SqlTime.instant(row, "changed_at"),
                SqlTime.instant(row, "stored_changed_at"), row.getBoolean("ours"), row.getString("found") == null);
    }

    private static Difference difference(Row row, Verdict verdict) {
        String kind = verdict.origin() == Verdict.Origin.FOREIGN_WRITE ? "PRICE" : row.getString("kind");
        String subject = kind.equals("PRICE")
                ? row.getString("subject").replaceFirst("^item:", "price:")
                : row.getString("subject");
        return new Difference(row.getUUID("owner_id"), kind, subject, verdict, row.getString("stored"),
                row.getString("found"), row.getBigDecimal("units"), row.getBigDecimal("money"), row.getString("currency"),
                SqlTime.instant(row, "changed_at"));
    }
}
