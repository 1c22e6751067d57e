package dev.tillbridge.order;

import java.util.Objects;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ChannelSettings;
import dev.tillbridge.order.OrderStage.Place;
import dev.tillbridge.platform.FencedTransactions;

/**
 * Follows what happens to a sale after its order was made: it is paid at last, changed, refunded, voided. Each step compares
 * what the till says with what stands in the store, so that a step that was interrupted is simply taken again.
 */
@ApplicationScoped
class OrderFollowUp {

    private final ChannelDirectory directory;
    private final OrderRepository orders;
    private final OrderCancellation cancellation;
    private final RefundStep refunds;
    private final SaleStory story;
    private final SaleNotices notices;
    private final SaleTrouble trouble;
    private final FencedTransactions transactions;

    OrderFollowUp(ChannelDirectory directory, OrderRepository orders, OrderCancellation cancellation, RefundStep refunds,
            SaleStory story, SaleNotices notices, SaleTrouble trouble, FencedTransactions transactions) {
        this.directory = directory;
        this.orders = orders;
        this.cancellation = cancellation;
        this.refunds = refunds;
        this.story = story;
        this.notices = notices;
        this.trouble = trouble;
        this.transactions = transactions;
    }

    Uni<Void> follow(Place place, SaleRow row) {
        if (row.dismissed() || row.sale() == null || row.imported() == null) {
            return over(place, row);
        }
        boolean tips = place.channel().settings().orderSync().tips() == ChannelSettings.Tips.INCLUDE;
        boolean takenBack = row.sale().deleted() || PaidRule.voided(row.sale());
        if (row.order().cancelled()) {
            return !takenBack && PaidRule.paid(row.sale()) ? anew(place, row) : over(place, row);
        }
        String difference = SaleDifference.between(row.imported(), row.sale(), tips).orElse(null);
        if (takenBack) {
            return cancellation.cancel(place, row, row.sale().deleted() ? "Deleted at the till" : "Voided at the till", false);
        }
        boolean paid = PaidRule.paid(row.sale());
        if (!row.order().paid() && SaleDifference.inGoods(row.imported(), row.sale())) {
            return cancellation.cancel(place, row, "Changed at the till before it was paid; made anew", true);
        }
        return problem(place, row, paid && !row.order().paid() ? null : difference)
                .chain(() -> paid && !row.order().paid() ? pay(place, row) : Uni.createFrom().voidItem())
                .chain(() -> refunds.follow(place, row, tips))
                .chain(() -> over(place, row));
    }

    /** Voided and then paid after all, perhaps by another tender: the cancelled order stays cancelled, and another one is made. */
    private Uni<Void> anew(Place place, SaleRow row) {
        return transactions.write(place.pass().fence(), connection -> orders.anew(connection, row.id())
                .chain(() -> story.step(connection, row, null, "sale-anew", "IMPORTED", "READY",
                        "Paid after it had been taken back: an order of its own is made")));
    }

    private Uni<Void> over(Place place, SaleRow row) {
        return transactions.write(place.pass().fence(), connection -> orders.done(connection, row));
    }

    private Uni<Void> problem(Place place, SaleRow row, String difference) {
        boolean ours = row.problemCode() == null || row.problemCode().equals("changed-after-import");
        if (!ours || Objects.equals(row.problem(), difference)) {
            return Uni.createFrom().voidItem();
        }
        return transactions.write(place.pass().fence(), connection -> orders
                .problem(connection, row.id(), difference == null ? null : "changed-after-import", difference)
                .chain(() -> story.step(connection, row, null, "sale-changed", row.problem(), difference,
                        difference == null
                                ? "The till's sale is again what was imported"
                                : "The sale was changed at the till after its import; the order in the store stays as it is"))
                .chain(() -> difference == null
                        ? notices.settled(connection, row)
                        : notices.held(connection, row, "It was changed at the till after its import: " + difference
                                + ". The order in the store stays as it is; correct it there if need be")));
    }

    /** Read first: a call whose answer was lost must not be repeated blindly. */
    private Uni<Void> pay(Place place, SaleRow row) {
        return directory.storefront().order(place.shop(), row.order().id())
                .chain(order -> {
                    if (order == null) {
                        return invisible(place, row);
                    }
                    boolean done = "PAID".equals(order.financialStatus());
                    return (done ? Uni.createFrom().voidItem() : directory.storefront().markPaid(place.shop(), order.id()))
                            .chain(() -> transactions.write(place.pass().fence(), connection -> paid(connection, row)));
                });
    }

    private Uni<Void> paid(SqlConnection connection, SaleRow row) {
        return orders.paid(connection, row.id()).chain(() -> story.step(connection, row, null, "order-paid", "PENDING", "PAID",
                "Paid at the till: " + MinorUnits.text(row.sale().total(), row.sale().currency()) + " "
                        + row.sale().currency()));
    }

    private Uni<Void> invisible(Place place, SaleRow row) {
        String message = "The store no longer shows the order " + row.order().name()
                + " to this app (it was deleted, or is older than 60 days), so it cannot be marked as paid";
        return transactions.write(place.pass().fence(),
                connection -> trouble.problem(connection, row, "order-problem", "order-not-visible", message));
    }
}
