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
import dev.tillbridge.order.OpenUnitRepository.OpenUnits;
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
    private final OpenUnitRepository open;
    private final PostingRepository postings;
    private final FencedTransactions transactions;

    PostingPreparation(SaleRepository sales, OpenUnitRepository open, PostingRepository postings,
            FencedTransactions transactions) {
        this.sales = sales;
        this.open = open;
        this.postings = postings;
        this.transactions = transactions;
    }

    /** A change of the store's item, and the till's item that it stands for. */
    private record Part(String itemId, StockAdjustment.Change change) {}

    Uni<Void> prepare(Pass pass, UUID saleId) {
        return transactions.write(pass.fence(), connection -> sales.lock(connection, saleId)
                .chain(sale -> open.units(connection, saleId).chain(units -> units.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : prepare(connection, sale, units))));
    }

    private Uni<Void> prepare(SqlConnection connection, SaleRow sale, List<OpenUnits> units) {
        List<List<Part>> adjustments = new ArrayList<>();
        adjustments.add(new ArrayList<>());
        return Multi.createFrom().iterable(units)
                .onItem().transformToUniAndConcatenate(one -> whole(connection, sale, one)
                        .invoke(whole -> add(adjustments, sale, one, whole)))
                .collect().last()
                .chain(() -> open.take(connection, sale.id(), units))
                .chain(() -> postings.lastPart(connection, sale.id()))
                .chain(last -> insert(connection, sale, last, adjustments))
                .chain(() -> UnitTable.refresh(connection, sale.id()));
    }

    /** Whole units to post now; what is left waits for another fraction at the same location. */
    private Uni<Long> whole(SqlConnection connection, SaleRow sale, OpenUnits one) {
        String location = sale.postingLocationId();
        return open.fraction(connection, sale.storeId(), one.inventoryItemId(), location).chain(before -> {
            BigDecimal sum = before.add(one.units());
            BigDecimal whole = sum.setScale(0, RoundingMode.FLOOR);
            BigDecimal left = sum.subtract(whole);
            return (left.compareTo(before) == 0
                    ? Uni.createFrom().voidItem()
                    : open.keepFraction(connection, sale.storeId(), one.inventoryItemId(), location, left))
                    .replaceWith(whole.longValueExact());
        });
    }

    private static void add(List<List<Part>> adjustments, SaleRow sale, OpenUnits one, long whole) {
        if (whole == 0) {
            return;
        }
        var part = new Part(one.itemId(),
                new StockAdjustment.Change(one.inventoryItemId(), sale.postingLocationId(), -whole));
        if (one.alone()) {
            adjustments.add(0, List.of(part));
            return;
        }
        if (full(adjustments.get(adjustments.size() - 1), one)) {
            adjustments.add(new ArrayList<>());
        }
        adjustments.get(adjustments.size() - 1).add(part);
    }

    /** Two of the till's items may have been linked to one variant in turn: each goes by itself, so that a refusal finds its units. */
    private static boolean full(List<Part> parts, OpenUnits next) {
        return parts.size() == MOST
                || parts.stream().anyMatch(part -> part.change().inventoryItemId().equals(next.inventoryItemId()));
    }

    private Uni<Void> insert(SqlConnection connection, SaleRow sale, int last, List<List<Part>> adjustments) {
        List<List<Part>> filled = adjustments.stream().filter(parts -> !parts.isEmpty()).toList();
        return Multi.createFrom().range(0, filled.size())
                .onItem().transformToUniAndConcatenate(index -> {
                    List<Part> parts = filled.get(index);
                    int number = last + index + 1;
                    return postings.insert(connection, sale, number,
                            adjustment(sale, number, 1, parts.stream().map(Part::change).toList()),
                            parts.stream().map(Part::itemId).toList());
                })
                .collect().last().replaceWithVoid();
    }

    /** The key says shop, merchant, order, purpose, part and attempt: the same after any restart, and another for each of them. */
    static StockAdjustment adjustment(SaleRow sale, int part, int attempt, List<StockAdjustment.Change> changes) {
        UUID key = NamedUuid.of(sale.shopDomain(), sale.merchantId(), sale.posOrderId(), PostingRepository.PURPOSE,
                Integer.toString(part), Integer.toString(attempt));
        return new StockAdjustment(key.toString(), REASON, "gid://tillbridge/Sale/" + sale.posOrderId(), changes);
    }
}
