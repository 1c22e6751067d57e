package dev.tillbridge.order;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ShopConnection;
import dev.tillbridge.order.OrderStage.Place;
import dev.tillbridge.platform.FencedTransactions;

/**
 * Cancels an order of the store: its fulfilments first, because the store demands it, then the order, and follows the job
 * until the order says so itself. Each time the order is read first, so that no step is taken twice. The stock goes back
 * by our own adjustments only.
 */
@ApplicationScoped
class OrderCancellation {

    private static final Duration JOB_LOOK = Duration.ofSeconds(2);

    private final ChannelDirectory directory;
    private final OrderRepository orders;
    private final SaleStory story;
    private final SaleNotices notices;
    private final SaleTrouble trouble;
    private final FencedTransactions transactions;

    OrderCancellation(ChannelDirectory directory, OrderRepository orders, SaleStory story, SaleNotices notices,
            SaleTrouble trouble, FencedTransactions transactions) {
        this.directory = directory;
        this.orders = orders;
        this.story = story;
        this.notices = notices;
        this.trouble = trouble;
        this.transactions = transactions;
    }

    /** @param anew whether the sale is to be imported once more, as it is now */
    Uni<Void> cancel(Place place, SaleRow row, String why, boolean anew) {
        return directory.storefront().order(place.shop(), row.order().id()).chain(order -> {
            if (order == null) {
                return notVisible(place, row, why);
            }
            if (order.cancelled()) {
                return transactions.write(place.pass().fence(), connection -> cancelled(connection, row, order, why, anew));
            }
            return row.order().cancelJob() == null
                    ? ask(place, row, order, why)
                    : followJob(place, row);
        });
    }

    private Uni<Void> ask(Place place, SaleRow row, StoreOrder order, String why) {
        return begin(place.shop(), order, why)
                .chain(job -> transactions.write(place.pass().fence(),
                        connection -> orders.cancelling(connection, row.id(), job)
                                .chain(() -> orders.act(connection, row.id(), job == null ? Duration.ZERO : JOB_LOOK, false))
                                .chain(() -> story.step(connection, row, null, "order-cancelling", null, null, why))));
    }

    /** The job that cancels it; null where it is done. */
    Uni<String> begin(ShopConnection shop, StoreOrder order, String why) {
        return Multi.createFrom().iterable(order.fulfillments())
                .onItem().transformToUniAndConcatenate(
                        fulfillment -> directory.storefront().cancelFulfillment(shop, fulfillment.id()))
                .collect().last()
                .chain(() -> directory.storefront().cancelOrder(shop, order.id(), why));
    }

    /** Over without the order being cancelled: it failed, and is asked for again. */
    private Uni<Void> followJob(Place place, SaleRow row) {
        return directory.storefront().jobDone(place.shop(), row.order().cancelJob())
                .chain(done -> transactions.write(place.pass().fence(), connection -> (done
                        ? orders.cancelling(connection, row.id(), null)
                        : Uni.createFrom().voidItem())
                        .chain(() -> orders.act(connection, row.id(), JOB_LOOK, done))));
    }

    private Uni<Void> cancelled(SqlConnection connection, SaleRow row, StoreOrder order, String why, boolean anew) {
        return (anew ? orders.anew(connection, row.id()) : orders.cancelled(connection, row.id()))
                .chain(() -> anew ? Uni.createFrom().voidItem() : orders.done(connection, row))
                .chain(() -> story.step(connection, row, null, "order-cancelled", order.name(), anew ? "READY" : null, why))
                .chain(() -> notices.settled(connection, row));
    }

    private Uni<Void> notVisible(Place place, SaleRow row, String why) {
        String message = why + ", but the store no longer shows the order " + row.order().name()
                + " to this app (it was deleted, or is older than 60 days). Cancel it there by hand";
        return transactions.write(place.pass().fence(),
                connection -> trouble.problem(connection, row, "order-problem", "order-not-visible", message)
                        .chain(() -> orders.done(connection, row)));
    }
}
