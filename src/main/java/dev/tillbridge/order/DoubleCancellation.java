package dev.tillbridge.order;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.Pass;

/**
 * Cancels all orders of a sale but one, and says so to whoever must know. The oldest is kept. Where it is not the one known
 * here, it becomes the sale's order first; what was paid and refunded on the other is then written into it by the follow-up,
 * as into an order that was made just now. Of a sale whose own order is cancelled none is kept.
 */
@ApplicationScoped
class DoubleCancellation {

    private static final Logger LOG = Logger.getLogger(DoubleCancellation.class);

    private final ChannelDirectory directory;
    private final SaleRepository sales;
    private final OrderRepository orders;
    private final DoublesRepository doubles;
    private final OrderCancellation cancellation;
    private final SaleStory story;
    private final SaleNotices notices;
    private final SaleTrouble trouble;
    private final FencedTransactions transactions;

    DoubleCancellation(ChannelDirectory directory, SaleRepository sales, OrderRepository orders, DoublesRepository doubles,
            OrderCancellation cancellation, SaleStory story, SaleNotices notices, SaleTrouble trouble,
            FencedTransactions transactions) {
        this.directory = directory;
        this.sales = sales;
        this.orders = orders;
        this.doubles = doubles;
        this.cancellation = cancellation;
        this.story = story;
        this.notices = notices;
        this.trouble = trouble;
        this.transactions = transactions;
    }

    /** Answers how many were cancelled. */
    Uni<Integer> allButOne(Pass pass, ShopConnection shop, SaleRow row, List<FoundOrder> found) {
        List<FoundOrder> open = open(found);
        if (row.order().cancelled()) {
            return cancel(pass, shop, row, row.order().name(),
                    open.stream().filter(order -> !order.id().equals(row.order().id())).toList());
        }
        if (open.size() < 2) {
            return Uni.createFrom().item(0);
        }
        FoundOrder kept = open.get(0);
        return transactions.write(pass.fence(), connection -> keep(connection, row, kept))
                .chain(() -> cancel(pass, shop, row, kept.name(), open.subList(1, open.size())));
    }

    /** Pages may tell of one order twice. */
    private static List<FoundOrder> open(List<FoundOrder> found) {
        Map<String, FoundOrder> byId = new HashMap<>();
        found.stream().filter(order -> !order.cancelled()).forEach(order -> byId.put(order.id(), order));
        return byId.values().stream().sorted(Comparator.comparing(FoundOrder::createdAt).thenComparing(FoundOrder::id))
                .toList();
    }

    /** Before the other is cancelled: a process that stops in between leaves the sale with an order that stands. */
    private Uni<Void> keep(SqlConnection connection, SaleRow row, FoundOrder kept) {
        return sales.lock(connection, row.id()).chain(now -> {
            if (kept.id().equals(now.order().id()) || !row.order().id().equals(now.order().id())) {
                return Uni.createFrom().voidItem();
            }
            return orders.kept(connection, row.id(), kept)
                    .chain(() -> doubles.former(connection, row.id(), now.order().id()))
                    .chain(() -> story.step(connection, row, null, "older-order-kept", now.order().name(), kept.name(),
                            "The sale is in the store twice; the older order is its order from now on"))
                    .chain(() -> orders.expectedTotal(connection, row.id()))
                    .map(expected -> OrderArrival.difference(expected, kept.total(), row.sale().currency()))
                    .chain(difference -> difference == null
                            ? Uni.createFrom().voidItem()
                            : trouble.problem(connection, row, "order-problem", "store-total-differs", difference));
        });
    }

    private Uni<Integer> cancel(Pass pass, ShopConnection shop, SaleRow row, String kept, List<FoundOrder> surplus) {
        return Multi.createFrom().iterable(surplus)
                .onItem().transformToUniAndConcatenate(younger -> directory.storefront().order(shop, younger.id())
                        .chain(order -> order == null || order.cancelled()
                                ? Uni.createFrom().voidItem()
                                : cancellation.begin(pass, shop, order,
                                        "The sale " + row.posOrderId() + " is in the store as " + kept + " already")
                                        .replaceWithVoid())
                        .chain(() -> transactions.write(pass.fence(), connection -> told(connection, row, younger, kept)))
                        .chain(() -> pass.failed(row.subject(), "order-doubled",
                                younger.name() + " was a double of " + kept + " and is cancelled")))
                .collect().last().replaceWith(surplus.size());
    }

    private Uni<Void> told(SqlConnection connection, SaleRow row, FoundOrder younger, String kept) {
        return doubles.former(connection, row.id(), younger.id())
                .chain(() -> story.step(connection, row, null, "double-cancelled", younger.name(), kept,
                        "The sale was in the store twice; the double was cancelled"))
                .chain(() -> notices.doubled(connection, row, younger.name(), kept));
    }

    /** Answers whether it is tried again soon: otherwise a person is told, and the next night's sweep tries it. */
    Uni<Boolean> failed(Pass pass, SaleRow row, Throwable failure) {
        boolean again = failure instanceof ConnectorException.Transient;
        if (!(failure instanceof ConnectorException)) {
            LOG.errorf(failure, "A double of %s could not be cancelled", row.subject());
        }
        String message = "Doubles of this sale's order could not be looked for or cancelled: "
                + Containment.message(failure) + ". Look for its orders in the store and cancel all but one by hand";
        return (again
                ? Uni.createFrom().voidItem()
                : transactions.write(pass.fence(),
                        connection -> trouble.problem(connection, row, "order-problem", "double-not-cancelled", message)))
                .chain(() -> pass.failed(row.subject(), Containment.code(failure), message)).replaceWith(again);
    }
}
