package dev.tillbridge.order;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;

import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.FencedTransactions;

/** What a comparison with the store's orders found that only a person, or the sweep for doubles, can put right. */
@ApplicationScoped
public class StoreDeviations {

    private static final String TOLD = "update sale set told_deviation = $2 where id = $1";
    private static final String SWEEP = "update sale set swept_at = null, doubled = true where id = $1 and store_order_id is not null";

    private final SaleRepository sales;
    private final SaleTrouble trouble;
    private final FencedTransactions transactions;

    StoreDeviations(SaleRepository sales, SaleTrouble trouble, FencedTransactions transactions) {
        this.sales = sales;
        this.trouble = trouble;
        this.transactions = transactions;
    }

    /**
     * Somebody changed the order of a sale in the store: it becomes the sale's problem, unless it has one, until a person dismisses
     * it. The same deviation is told once.
     *
     * @param code {@code order-gone}, {@code order-edited}, {@code cancelled-in-store} or {@code refunded-in-store}
     * @param deviation what it deviates by, the same as long as it does
     */
    public Uni<Void> tell(Fence fence, UUID saleId, String code, String message, String deviation) {
        return transactions.write(fence, connection -> sales.lock(connection, saleId)
                .chain(row -> row == null || row.problemCode() != null
                        ? Uni.createFrom().voidItem()
                        : trouble.problem(connection, row, "order-problem", code, message)
                                .chain(() -> connection.preparedQuery(TOLD).execute(Tuple.of(saleId, deviation)))
                                .replaceWithVoid()));
    }

    /**
     * The store has more than one order of the sale: the sweep looks for them once more, however long ago the sale was imported and
     * however much later a double was made.
     */
    public Uni<Void> sweepAgain(Fence fence, UUID saleId) {
        return transactions.write(fence,
                connection -> connection.preparedQuery(SWEEP).execute(Tuple.of(saleId)).replaceWithVoid());
    }
}
