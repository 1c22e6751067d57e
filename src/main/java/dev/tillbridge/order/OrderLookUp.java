package dev.tillbridge.order;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.order.OrderStage.Place;
import dev.tillbridge.platform.FencedTransactions;

/**
 * Finds out whether an order was made whose creation got no answer: no earlier than the store's index may be trusted, and
 * absent only if two looks in a row, a while apart, find nothing.
 */
@ApplicationScoped
class OrderLookUp {

    private final ChannelDirectory directory;
    private final OrderArrival arrival;
    private final SaleRepository sales;
    private final OrderRepository orders;
    private final SaleStory story;
    private final SaleTrouble trouble;
    private final FencedTransactions transactions;
    private final OrderConfig config;

    OrderLookUp(ChannelDirectory directory, OrderArrival arrival, SaleRepository sales, OrderRepository orders, SaleStory story,
            SaleTrouble trouble, FencedTransactions transactions, OrderConfig config) {
        this.directory = directory;
        this.arrival = arrival;
        this.sales = sales;
        this.orders = orders;
        this.story = story;
        this.trouble = trouble;
        this.transactions = transactions;
        this.config = config;
    }

    Uni<Void> look(Place place, SaleRow row) {
        return directory.storefront().findOrders(place.shop(), row.identity())
                .chain(found -> whileUnknown(place, row, (connection, now) -> found.isEmpty()
                        ? absent(connection, now)
                        : adopt(connection, now, found)))
                .onFailure(failure -> ConnectorException.rejectedAs(failure, "definition-missing"))
                .call(() -> directory.storefront().prepare(place.shop()));
    }

    /** It may have been read again since: what is decided rests on the sale as it is now. */
    private Uni<Void> whileUnknown(Place place, SaleRow row, BiFunction<SqlConnection, SaleRow, Uni<Void>> work) {
        return transactions.write(place.pass().fence(), connection -> sales.lock(connection, row.id())
                .chain(now -> now.status() == SaleStatus.CREATING ? work.apply(connection, now) : Uni.createFrom().voidItem()));
    }

    private Uni<Void> adopt(SqlConnection connection, SaleRow row, List<FoundOrder> found) {
        FoundOrder first = found.stream().filter(order -> !order.cancelled()).findFirst().orElse(found.get(0));
        var order = new SaleRow.Order(first.id(), first.name(), first.total(),
                row.imported() != null && PaidRule.paid(row.imported()), false, null);
        return arrival.imported(connection, row, new OrderArrival.Arrived(order, "order-found",
                "Order " + first.name() + " (" + first.id() + ") had been made; its answer was lost", null))
                .chain(() -> first.cancelled()
                        ? trouble.problem(connection, row, "order-problem", "cancelled-in-store", "Order " + first.name()
                                + " was cancelled in the store while its making was not confirmed yet. The sale stands at the"
                                + " till: write it into the store by hand if it is wanted there, then dismiss this")
                        : Uni.createFrom().voidItem())
                .chain(() -> changed(row)
                        ? sales.readNow(connection, row.id())
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> absent(SqlConnection connection, SaleRow row) {
        // A store that says the identity is taken has the order; what it shows now is not to be trusted yet.
        if (row.emptyLookups() == 0 || tooEarly(row)) {
            return orders.lookedInVain(connection, row.id(), config.lookUpAgain());
        }
        if (changed(row)) {
            return orders.readAgain(connection, row.id()).chain(() -> story.step(connection, row, null, "order-absent",
                    "CREATING", "SEEN", "Looked for twice and not found: it was not made. The sale changed at the till"
                            + " meanwhile: it is read again first"));
        }
        // Each round leaves a small chance that the order comes after all: they must have an end.
        return row.attempts() >= config.attempts()
                ? trouble.hold(connection, row, SaleStatus.CREATING, SaleTrouble.EXHAUSTED, "Its order was asked for "
                        + row.attempts() + " times without an answer, and was not found in the store afterwards. "
                        + SaleTrouble.LOOK_YOURSELF)
                : sales.stands(connection, row.id(), SaleStatus.READY, null, null, Duration.ZERO)
                        .chain(() -> story.step(connection, row, null, "order-absent", "CREATING", "READY",
                                "Looked for twice and not found: it was not made, and is asked for again"));
    }

    private boolean tooEarly(SaleRow row) {
        return row.creatingFor() != null
                && row.creatingFor().compareTo(config.lookUpAfter().plus(config.lookUpAgain())) < 0;
    }

    /** Whether the sale is another than the one its order was asked for. */
    private static boolean changed(SaleRow row) {
        return row.imported() != null && !SaleHash.of(row.imported()).equals(row.contentHash());
    }
}
