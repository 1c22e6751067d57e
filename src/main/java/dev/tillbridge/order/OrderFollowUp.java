package dev.tillbridge.order;

import java.time.Duration;
import java.util.Objects;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

import dev.tillbridge.channel.ChannelDirectory;
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
    private final OrderConfig config;

    OrderFollowUp(ChannelDirectory directory, OrderRepository orders, OrderCancellation cancellation, RefundStep refunds,
            SaleStory story, SaleNotices notices, SaleTrouble trouble, FencedTransactions transactions, OrderConfig config) {
        this.config = config;
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
        boolean tips = Boolean.TRUE.equals(row.tipsIncluded());
        boolean takenBack = row.sale().deleted() || PaidRule.voided(row.sale());
        if (row.order().cancelled()) {
            return takenBack ? over(place, row) : anew(place, row);
        }
        if (row.cancelling() != null) {
            return cancellation.goOn(place, row, row.cancelling());
        }
        String difference = SaleDifference.between(row.imported(), row.sale(), tips).orElse(null);
        if (takenBack) {
            return cancellation.cancel(place, row, row.sale().deleted() ? "Deleted at the till" : "Voided at the till");
        }
        boolean paid = PaidRule.paid(row.sale());
        // Of a double that was kept instead it is not known yet whether it stands as paid.
        if (!row.order().paid() && !PaidRule.paid(row.imported())
                && SaleDifference.inSum(row.imported(), row.sale(), tips)) {
            return cancellation.cancel(place, row, "Changed at the till before it was paid; made anew");
        }
        // What is paid in parts is on its way to be paid, and nobody need act.
        return problem(place, row, row.order().paid() ? difference : null)
                .chain(() -> paid && !row.order().paid() ? pay(place, row) : Uni.createFrom().voidItem())
                // Money given back may be read before the payment that it is of; of a pending order the store gives nothing back.
                .chain(() -> paid || row.order().paid() ? refunds.follow(place, row, tips) : Uni.createFrom().voidItem())
                .chain(() -> over(place, row));
    }

    /**
     * Changed before it was paid, or taken back and then rung up after all: the cancelled order stays cancelled, and whether
     * another one is made the rules say, as of any sale.
     */
    private Uni<Void> anew(Place place, SaleRow row) {
        return transactions.write(place.pass().fence(), connection -> orders.anew(connection, row.id())
                .chain(() -> story.step(connection, row, null, "sale-anew", "IMPORTED", "SEEN",
                        "The order " + row.order().name()
                                + " is cancelled, and the sale stands: it goes its way anew, with an order of its own")));
    }

    private Uni<Void> over(Place place, SaleRow row) {
        return transactions.write(place.pass().fence(), connection -> SaleFailure.NOT_FOLLOWED.equals(row.problemCode())
                ? caughtUp(connection, row)
                : orders.done(connection, row));
    }

    /** What had failed before is done. It is looked at once more, for what its problem stood before. */
    private Uni<Void> caughtUp(SqlConnection connection, SaleRow row) {
        return orders.problemOver(connection, row.id(), SaleFailure.NOT_FOLLOWED)
                .chain(over -> over
                        ? story.step(connection, row, null, "order-problem-over", null, null,
                                "The order " + row.order().name() + " is as the till says again")
                                .chain(() -> notices.settled(connection, row))
                        // Something else is the matter by now.
                        : Uni.createFrom().voidItem())
                .chain(() -> orders.act(connection, row.id(), Duration.ZERO, false));
    }

    private Uni<Void> problem(Place place, SaleRow row, String difference) {
        boolean ours = row.problemCode() == null || row.problemCode().equals("changed-after-import");
        boolean acknowledged = row.acknowledgedHash() != null && row.acknowledgedHash().equals(row.contentHash());
        if (!ours || acknowledged || Objects.equals(row.problem(), difference)) {
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
                    return (done
                            ? Uni.createFrom().voidItem()
                            : place.mayWrite(config).chain(() -> directory.storefront().markPaid(place.shop(), order.id())))
                            .chain(() -> transactions.write(place.pass().fence(), connection -> paid(connection, row)));
                });
    }

    private Uni<Void> paid(SqlConnection connection, SaleRow row) {
        Sale paid = row.imported().paidBy(row.sale().payments());
        return orders.paid(connection, row.id(), paid)
                .chain(() -> story.step(connection, row, null, "order-paid", "PENDING", "PAID",
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
