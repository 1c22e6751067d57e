package dev.tillbridge.sync.reconcile;

import java.util.List;
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
import dev.tillbridge.sync.reconcile.SalesJudge.Comparison;
import dev.tillbridge.sync.reconcile.Verdict.Origin;
import dev.tillbridge.sync.reconcile.Verdict.Repair;

/** Orders of the store that bear Tillbridge's own mark and belong to no sale of any till. */
@ApplicationScoped
class StrangeOrders {

    private static final String NEXT = """
            select o.store_order_id, o.name, o.identity, o.total, o.currency, o.created_at from reconciliation_order o
            join store t on t.id = $2
            where o.reconciliation_id = $1 and o.ours and not o.cancelled and o.created_at < $3 and ($4::text is null or o.store_order_id > $4)
              and not exists (select from sale s where s.shop_domain = t.shop_domain and s.pos_order_id = o.pos_order_id)
              and not exists (select from sale s where s.shop_domain = t.shop_domain and s.pos_order_id = o.identity)
            order by o.store_order_id limit $5
            """;

    private static final int BATCH = 500;

    private final DifferenceRepository differences;
    private final Pool pool;
    private final FencedTransactions transactions;
    private final ReconcileConfig config;

    StrangeOrders(DifferenceRepository differences, Pool pool, FencedTransactions transactions, ReconcileConfig config) {
        this.differences = differences;
        this.pool = pool;
        this.transactions = transactions;
        this.config = config;
    }

    Uni<Void> judge(Fence fence, Comparison comparison) {
        return Multi.createBy().repeating()
                .uni(() -> new String[1], after -> pool.preparedQuery(NEXT)
                        .execute(Tuple.of(comparison.reconciliation(), fence.storeId(),
                                SqlTime.of(SalesJudge.settledBefore(comparison, config.settle())), after[0], BATCH))
                        .map(rows -> rows.stream().toList())
                        .invoke(rows -> rows.forEach(row -> after[0] = row.getString("store_order_id")))
                        .call(rows -> add(fence, comparison.reconciliation(), rows)))
                .whilst(rows -> rows.size() == BATCH).collect().last().replaceWithVoid();
    }

    private Uni<Void> add(Fence fence, UUID reconciliation, List<Row> rows) {
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : transactions.write(fence, connection -> differences.add(connection, reconciliation,
                        rows.stream().map(row -> difference(fence.storeId(), row)).toList()));
    }

    private static Difference difference(UUID storeId, Row row) {
        return new Difference(storeId, "ORDER", "store-order:" + row.getString("store_order_id"),
                new Verdict(Origin.FOREIGN_WRITE, "order-without-sale", "The store has the order " + row.getString("name")
                        + ", marked as that of the till's sale " + row.getString("identity")
                        + ", and no till connected here has such a sale. Cancel it in the store if nobody needs it",
                        Repair.PERSON),
                null, row.getString("name"), null, row.getBigDecimal("total"), row.getString("currency"),
                SqlTime.instant(row, "created_at"));
    }
}
