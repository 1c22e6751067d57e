package dev.tillbridge.order;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.order.SaleRepository.ReadFailures;
import dev.tillbridge.platform.DoublingGap;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.Pass;

/**
 * Sales that could not be read. While one is expected to be read yet, no stock is written to the till, which may have sold
 * what it holds; so that one sale cannot keep a till's stock for ever, a person is told of it after a while instead.
 */
@ApplicationScoped
class UnreadSales {

    private static final Logger LOG = Logger.getLogger(UnreadSales.class);

    private final SaleRepository sales;
    private final OrderRepository orders;
    private final SaleStory story;
    private final SaleNotices notices;
    private final SaleTrouble trouble;
    private final FencedTransactions transactions;
    private final OrderConfig config;

    UnreadSales(SaleRepository sales, OrderRepository orders, SaleStory story, SaleNotices notices, SaleTrouble trouble,
            FencedTransactions transactions, OrderConfig config) {
        this.sales = sales;
        this.orders = orders;
        this.story = story;
        this.notices = notices;
        this.trouble = trouble;
        this.transactions = transactions;
        this.config = config;
    }

    /** An answer that passes understanding will be the same until the sale changes; anything else is tried again first. */
    Uni<Void> failed(Pass pass, SaleRepository.ToRead due, Throwable failure) {
        boolean forGood = failure instanceof ConnectorException.Rejected;
        return transactions.write(pass.fence(), connection -> sales.lock(connection, due.id())
                .chain(row -> sales.readFailed(connection, due.id(), forGood, config.attempts())
                        .call(failures -> sales.readAgain(connection, due.id(), again(failures), config.abandonedAfter()))
                        .call(() -> sales.newsSince(connection, due, row))))
                .invoke(failures -> {
                    if (failures.inARow() == 1 && !(failure instanceof ConnectorException)) {
                        LOG.errorf(failure, "Reading order %s of the till failed", due.posOrderId());
                    }
                })
                .chain(failures -> failures.unread() ? Uni.createFrom().voidItem() : told(pass, due, failure))
                .chain(() -> pass.failed("order:" + due.posOrderId(), Containment.code(failure), Containment.message(failure)));
    }

    private Duration again(ReadFailures failures) {
        return failures.unread()
                ? DoublingGap.after(failures.inARow() - 1, config.firstRetry(), config.longestRetry())
                : config.longestRetry();
    }

    private Uni<Void> told(Pass pass, SaleRepository.ToRead due, Throwable failure) {
        String message = "This sale could not be read from the till: " + Containment.message(failure)
                + ". It is read again when it changes there, and every few hours; replay it to read it at once";
        return transactions.write(pass.fence(),
                connection -> sales.lock(connection, due.id()).chain(row -> told(connection, row, message)))
                .plug(telling -> Containment.orLogged(telling, LOG,
                        "Nobody could be told of order " + due.posOrderId() + ": " + message));
    }

    private Uni<Void> told(SqlConnection connection, SaleRow row, String message) {
        // What became of an order that was asked for is found out first.
        if (row.dismissed() || row.status() == SaleStatus.CREATING || row.status() == SaleStatus.HELD) {
            return Uni.createFrom().voidItem();
        }
        if (!row.inStore()) {
            return trouble.hold(connection, row, row.status(), SaleJudge.UNREADABLE, message);
        }
        return row.problemCode() == null
                ? trouble.problem(connection, row, "sale-unreadable", SaleJudge.UNREADABLE, message)
                : Uni.createFrom().voidItem();
    }

    /** A sale whose order stands in the store has no status that would say so. */
    Uni<Void> readAfterAll(SqlConnection connection, SaleRow row) {
        return SaleJudge.UNREADABLE.equals(row.problemCode())
                ? orders.problem(connection, row.id(), null, null)
                        .chain(() -> story.step(connection, row, null, "sale-read", null, null, "It can be read again"))
                        .chain(() -> notices.settled(connection, row))
                : Uni.createFrom().voidItem();
    }
}
