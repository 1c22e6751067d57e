package dev.tillbridge.order;

import java.math.BigDecimal;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Writes down that a sale's order stands in the store, made just now or found there, and compares both sums. */
@ApplicationScoped
class OrderArrival {

    private final OrderRepository orders;
    private final SaleStory story;
    private final SaleNotices notices;

    OrderArrival(OrderRepository orders, SaleStory story, SaleNotices notices) {
        this.orders = orders;
        this.story = story;
        this.notices = notices;
    }

    /**
     * What the store has, and how that is known.
     *
     * @param step of the sale's story
     * @param how a sentence of it
     * @param run null where it is of no matter
     */
    record Arrived(SaleRow.Order order, String step, String how, UUID run) {}

    Uni<Void> imported(SqlConnection connection, SaleRow row, Arrived arrived) {
        return orders.expectedTotal(connection, row.id()).chain(expected -> {
            String difference = difference(expected, arrived.order().total(), row.sale().currency());
            return orders.imported(connection, row.id(), arrived.order(), difference == null ? null : "store-total-differs",
                    difference)
                    .chain(custom -> notices.soldUnlinked(connection, row, custom))
                    .chain(() -> story.step(connection, row, arrived.run(), arrived.step(), "CREATING", "IMPORTED",
                            arrived.how() + (difference == null ? "" : ". " + difference)))
                    .chain(() -> notices.settled(connection, row))
                    .chain(() -> difference == null
                            ? Uni.createFrom().voidItem()
                            : notices.held(connection, row, difference));
        });
    }

    /** Null where both sums agree. */
    static String difference(BigDecimal ours, BigDecimal stores, String currency) {
        return stores == null || ours == null || ours.compareTo(stores) == 0
                ? null
                : "The store's total " + plain(stores) + " " + currency + " is not the till's " + plain(ours) + " " + currency
                        + ". The order stands; correct it in the store";
    }

    static String plain(BigDecimal amount) {
        return amount == null ? "an unknown total" : amount.toPlainString();
    }
}
