package dev.tillbridge.order;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.order.OrderStage.Place;
import dev.tillbridge.platform.DoublingGap;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.Pass;

/**
 * Cancels an order of the store: its fulfilments first, because the store demands it, then the order, and follows the job
 * until the order says so itself. That it was begun stands on the sale, and is finished whatever the sale is by then. Each
 * time the order is read first, so that no step is taken twice. The stock goes back by our own adjustments only.
 */
@ApplicationScoped
class OrderCancellation {

    private final ChannelDirectory directory;
    private final OrderRepository orders;
    private final SaleStory story;
    private final SaleNotices notices;
    private final SaleTrouble trouble;
    private final FencedTransactions transactions;
    private final OrderConfig config;

    OrderCancellation(ChannelDirectory directory, OrderRepository orders, SaleStory story, SaleNotices notices,
            SaleTrouble trouble, FencedTransactions transactions, OrderConfig config) {
        this.directory = directory;
        this.orders = orders;
        this.story = story;
        this.notices = notices;
        this.trouble = trouble;
        this.transactions = transactions;
        this.config = config;
    }

    /** What becomes of the sale then is decided when the order is cancelled, by what the sale is by then. */
    Uni<Void> cancel(Place place, SaleRow row, String why) {
        return transactions.write(place.pass().fence(), connection -> orders.cancelling(connection, row, why)
                .call(begun -> begun
                        ? story.step(connection, row, null, "order-cancelling", null, null, why)
                        : Uni.createFrom().voidItem()))
                // Another sale by now: it is due, and looked at as what it is.
                .chain(begun -> begun ? goOn(place, row, why) : Uni.createFrom().voidItem());
    }

    /** The next step of a cancellation that was begun. */
    Uni<Void> goOn(Place place, SaleRow row, String why) {
        return directory.storefront().order(place.shop(), row.order().id()).chain(order -> {
            if (order == null) {
                return transactions.write(place.pass().fence(), connection -> trouble.stop(connection, row,
                        "order-not-visible", why + ", but the store no longer shows the order " + row.order().name()
                                + " to this app (it was deleted, or is older than 60 days). Cancel it there by hand"));
            }
            if (order.cancelled()) {
                return transactions.write(place.pass().fence(), connection -> cancelled(connection, row, order, why));
            }
            return (row.order().cancelJob() == null ? begin(place.pass(), place.shop(), order, why) : stillAtIt(place, row))
                    .chain(job -> transactions.write(place.pass().fence(), connection -> lookAgain(connection, row, job, why)));
        });
    }

    /** The job that cancels it; null where it is done. */
    Uni<String> begin(Pass pass, ShopConnection shop, StoreOrder order, String why) {
        return Multi.createFrom().iterable(order.fulfillments())
                .onItem().transformToUniAndConcatenate(fulfillment -> SaleTrouble.mayWrite(pass, config)
                        .chain(() -> directory.storefront().cancelFulfillment(shop, fulfillment.id())))
                .collect().last()
                .chain(() -> SaleTrouble.mayWrite(pass, config))
                .chain(() -> directory.storefront().cancelOrder(shop, order.id(), why));
    }

    /** Null where the job is over, or forgotten, without the order being cancelled: that is asked for again. */
    private Uni<String> stillAtIt(Place place, SaleRow row) {
        return directory.storefront().jobDone(place.shop(), row.order().cancelJob())
                .onFailure(failure -> ConnectorException.rejectedAs(failure, "job-not-found")).recoverWithItem(true)
                .map(done -> done ? null : row.order().cancelJob());
    }

    private Uni<Void> lookAgain(SqlConnection connection, SaleRow row, String job, String why) {
        Duration rest = DoublingGap.after(row.attempts(), config.firstRetry(), config.longestRetry());
        return orders.cancelJob(connection, row.id(), job)
                .chain(() -> row.attempts() + 1 >= config.attempts()
                        ? trouble.stop(connection, row, "not-cancelled", why + ", but the store has not cancelled the order "
                                + row.order().name() + ", although it was asked to and looked at " + config.attempts()
                                + " times. Cancel it there by hand, then replay this")
                        : orders.act(connection, row.id(), rest, true));
    }

    private Uni<Void> cancelled(SqlConnection connection, SaleRow row, StoreOrder order, String why) {
        return orders.cancelled(connection, row.id())
                .chain(() -> story.step(connection, row, null, "order-cancelled", order.name(), null, why))
                .chain(() -> notices.settled(connection, row));
    }
}
