package dev.tillbridge.order;

import java.time.Duration;
import java.util.List;

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
    private final SaleRepository sales;
    private final OrderRepository orders;
    private final SaleStory story;
    private final SaleNotices notices;
    private final FencedTransactions transactions;
    private final OrderConfig config;

    OrderLookUp(ChannelDirectory directory, SaleRepository sales, OrderRepository orders, SaleStory story, SaleNotices notices,
            FencedTransactions transactions, OrderConfig config) {
        this.directory = directory;
        this.sales = sales;
        this.orders = orders;
        this.story = story;
        this.notices = notices;
        this.transactions = transactions;
        this.config = config;
    }

    Uni<Void> look(Place place, SaleRow row) {
        return directory.storefront().findOrders(place.shop(), row.identity())
                .chain(found -> found.isEmpty() ? absent(place, row) : adopt(place, row, found))
                .onFailure(failure -> ConnectorException.rejectedAs(failure, "definition-missing"))
                .call(() -> directory.storefront().prepare(place.shop()));
    }

    private Uni<Void> adopt(Place place, SaleRow row, List<FoundOrder> found) {
        FoundOrder first = found.stream().filter(order -> !order.cancelled()).findFirst().orElse(found.get(0));
        return transactions.write(place.pass().fence(), connection -> orders.expectedTotal(connection, row.id())
                .chain(expected -> {
                    String difference = OrderCreation.difference(expected, first.total(), row.sale().currency());
                    return orders.imported(connection, row.id(),
                            new SaleRow.Order(first.id(), first.name(), first.total(),
                                    row.imported() != null && PaidRule.paid(row.imported()), false, null),
                            difference == null ? null : "store-total-differs", difference)
                            .chain(() -> story.step(connection, row, null, "order-found", "CREATING", "IMPORTED",
                                    "Order " + first.name() + " (" + first.id() + ") had been made; its answer was lost"))
                            .chain(() -> notices.settled(connection, row))
                            .chain(() -> difference == null
                                    ? Uni.createFrom().voidItem()
                                    : notices.held(connection, row, difference));
                }));
    }

    private Uni<Void> absent(Place place, SaleRow row) {
        // A store that says the identity is taken has the order; what it shows now is not to be trusted yet.
        return transactions.write(place.pass().fence(), connection -> row.emptyLookups() == 0 || tooEarly(row)
                ? orders.lookedInVain(connection, row.id(), config.lookUpAgain())
                : ask(connection, row));
    }

    private boolean tooEarly(SaleRow row) {
        return row.creatingFor() != null
                && row.creatingFor().compareTo(config.lookUpAfter().plus(config.lookUpAgain())) < 0;
    }

    private Uni<Void> ask(SqlConnection connection, SaleRow row) {
        return sales.stands(connection, row.id(), SaleStatus.READY, null, null, Duration.ZERO)
                .chain(() -> story.step(connection, row, null, "order-absent", "CREATING", "READY",
                        "Looked for twice and not found: it was not made, and is asked for again"));
    }
}
