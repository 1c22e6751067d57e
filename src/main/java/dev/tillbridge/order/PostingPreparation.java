package dev.tillbridge.order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

import dev.tillbridge.channel.StockAdjustment;
import dev.tillbridge.order.PostingRepository.OpenUnits;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.NamedUuid;
import dev.tillbridge.platform.Pass;

/**
 * Makes adjustments of what sales have taken off, or given back, and no adjustment stands for yet. Their exact input is
 * stored in the transaction that counts the units as taken, before anything is sent.
 */
@ApplicationScoped
class PostingPreparation {

    /** The most an adjustment holds (Shopify: an argument's list has at most 250 entries). */
    private static final int MOST = 250;
    /** Shopify knows no reason for a till's sale (InventoryAdjustQuantitiesInput.reason). */
    private static final String REASON = "other";

    private final SaleRepository sales;
    private final PostingRepository postings;
    private final FencedTransactions transactions;

    PostingPreparation(SaleRepository sales, PostingRepository postings, FencedTransactions transactions) {
        this.sales = sales;
        this.postings = postings;
        this.transactions = transactions;
    }

    Uni<Void> prepare(Pass pass, UUID saleId) {
        return transactions.write(pass.fence(), connection -> sales.lock(connection, saleId)
                .chain(sale -> postings.units(connection, saleId).chain(units -> units.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : prepare(connection, sale, units))));
    }

    private Uni<Void> prepare(SqlConnection connection, SaleRow sale, List<OpenUnits> units) {
        List<List<StockAdjustment.Change>> adjustments = new ArrayList<>();
        adjustments.add(new ArrayList<>());
        return Multi.createFrom().iterable(units)
                .onItem().transformToUniAndConcatenate(open -> whole(connection, sale, open)
                        .invoke(whole -> add(adjustments, sale, open, whole)))
                .collect().last()
                .chain(() -> postings.take(connection, sale.id(), units))
                .chain(() -> postings.lastPart(connection, sale.id()))
                .chain(last -> insert(connection, sale, last, adjustments))
                .chain(() -> UnitTable.refresh(connection, sale.id()));
    }

    /** Whole units to post now; what is left waits for another fraction at the same location. */
    private Uni<Long> whole(SqlConnection connection, SaleRow sale, OpenUnits open) {
        String location = sale.postingLocationId();
        return postings.fraction(connection, sale.storeId(), open.inventoryItemId(), location).chain(before -> {
            BigDecimal sum = before.add(open.units());
            BigDecimal whole = sum.setScale(0, RoundingMode.FLOOR);
            BigDecimal left = sum.subtract(whole);
            return (left.compareTo(before) == 0
                    ? Uni.createFrom().voidItem()
                    : postings.keepFraction(connection, sale.storeId(), open.inventoryItemId(), location, left))
                    .replaceWith(whole.longValueExact());
        });
    }

    private static void add(List<List<StockAdjustment.Change>> adjustments, SaleRow sale, OpenUnits open, long whole) {
        if (whole == 0) {
            return;
        }
        var change = new StockAdjustment.Change(open.inventoryItemId(), sale.postingLocationId(), -whole);
        if (open.alone()) {
            adjustments.add(0, List.of(change));
            return;
        }
        if (adjustments.get(adjustments.size() - 1).size() == MOST) {
            adjustments.add(new ArrayList<>());
        }
        adjustments.get(adjustments.size() - 1).add(change);
    }

    private Uni<Void> insert(SqlConnection connection, SaleRow sale, int last, List<List<StockAdjustment.Change>> adjustments) {
        List<List<StockAdjustment.Change>> filled = adjustments.stream().filter(changes -> !changes.isEmpty()).toList();
        return Multi.createFrom().range(0, filled.size())
                .onItem().transformToUniAndConcatenate(index -> postings.insert(connection, sale, last + index + 1, 1,
                        adjustment(sale, last + index + 1, 1, filled.get(index))))
                .collect().last().replaceWithVoid();
    }

    /** The key says shop, merchant, order, purpose, part and attempt: the same after any restart, and another for each of them. */
    static StockAdjustment adjustment(SaleRow sale, int part, int attempt, List<StockAdjustment.Change> changes) {
        UUID key = NamedUuid.of(sale.shopDomain(), sale.merchantId(), sale.posOrderId(), PostingRepository.PURPOSE,
                Integer.toString(part), Integer.toString(attempt));
        return new StockAdjustment(key.toString(), REASON, "gid://tillbridge/Sale/" + sale.posOrderId(), changes);
    }
}
