package dev.tillbridge.order;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.order.OrderStage.Place;
import dev.tillbridge.platform.FencedTransactions;

/** Keeps the failure of one sale's step with that sale: it is tried again after growing gaps, and in the end left to a person. */
@ApplicationScoped
class SaleFailure {

    /** The code of a problem: what happened at the till could not be written into the store's order. */
    static final String NOT_FOLLOWED = "follow-up-failed";

    private static final Logger LOG = Logger.getLogger(SaleFailure.class);
    /** So long nobody is told that an order's outcome cannot be found out: most outages are over by then. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final SaleRepository sales;
    private final OrderRepository orders;
    private final SaleNotices notices;
    private final SaleTrouble trouble;
    private final FencedTransactions transactions;
    private final OrderConfig config;

    SaleFailure(SaleRepository sales, OrderRepository orders, SaleNotices notices, SaleTrouble trouble,
            FencedTransactions transactions, OrderConfig config) {
        this.sales = sales;
        this.orders = orders;
        this.notices = notices;
        this.trouble = trouble;
        this.transactions = transactions;
        this.config = config;
    }

    /**
     * Steps keep their own failures where they know better; what arrives here did nothing, or only read.
     *
     * @param worked the sale as the step saw it
     * @return the failure, where it concerns the store or till as a whole: the stream then rests
     */
    Uni<Optional<RuntimeException>> keep(Place place, SaleRow worked, Throwable failure) {
        log(worked.subject(), failure);
        return transactions.write(place.pass().fence(), connection -> sales.lock(connection, worked.id())
                .chain(row -> {
                    var next = NextTry.after(failure, row.status(), row.attempts(), NextTry.Limits.of(config));
                    return keep(connection, worked, row, failure, next).replaceWith(next);
                }))
                .chain(next -> next.kind() == NextTry.Kind.REST
                        ? Uni.createFrom().item(Optional.of((RuntimeException) failure))
                        : place.pass().failed(worked.subject(), Containment.code(failure), Containment.message(failure))
                                .replaceWith(Optional.empty()));
    }

    /** A row that cannot be read, or whose failure cannot be stored with it, rests: it must not keep the others waiting. */
    Uni<Optional<RuntimeException>> putOff(Place place, UUID id, Throwable failure) {
        LOG.errorf(failure, "Sale %s can neither be worked on nor be marked as failed; it rests for %s", id,
                config.longestRetry());
        return transactions.write(place.pass().fence(),
                connection -> orders.act(connection, id, config.longestRetry(), false))
                .chain(() -> place.pass().failed("sale:" + id, Containment.code(failure), Containment.message(failure)))
                .replaceWith(Optional.empty());
    }

    private Uni<Void> keep(SqlConnection connection, SaleRow worked, SaleRow row, Throwable failure, NextTry next) {
        if (!Objects.equals(worked.contentHash(), row.contentHash())) {
            // Another sale by now: whoever read it said when it is due, and the failure may have been the former one's.
            return Uni.createFrom().voidItem();
        }
        return switch (next.kind()) {
            case REST -> orders.act(connection, row.id(), next.in(), false);
            case AGAIN -> again(connection, row, failure, next);
            case GIVE_UP -> giveUp(connection, row, Containment.message(failure), next);
        };
    }

    private Uni<Void> again(SqlConnection connection, SaleRow row, Throwable failure, NextTry next) {
        return orders.act(connection, row.id(), next.in(), next.counts())
                .chain(() -> next.counts() && (row.status() == SaleStatus.READY || row.status() == SaleStatus.FAILED)
                        ? sales.stands(connection, row.id(), SaleStatus.FAILED, "not-made-yet", Containment.message(failure),
                                next.in())
                        : Uni.createFrom().voidItem())
                .chain(() -> row.status() == SaleStatus.CREATING && row.creatingFor() != null
                        && row.creatingFor().compareTo(PATIENCE) > 0
                                ? notices.failed(connection, row, "Whether the store has its order could not be found out so"
                                        + " far: " + Containment.message(failure))
                                : Uni.createFrom().voidItem());
    }

    private Uni<Void> giveUp(SqlConnection connection, SaleRow row, String message, NextTry next) {
        return switch (row.status()) {
            case READY, FAILED -> trouble.hold(connection, row, row.status(), SaleTrouble.EXHAUSTED,
                    SaleTrouble.exhausted(config.attempts(), message));
            case CREATING -> trouble.hold(connection, row, row.status(), "outcome-unknown",
                    "Whether the store has its order could not be found out: " + message + ". " + SaleTrouble.LOOK_YOURSELF);
            case IMPORTED -> trouble.stop(connection, row, NOT_FOLLOWED, "What happened at the till since is not in the order "
                    + row.order().name() + " of the store: " + message
                    + ". Correct it there or mend the cause, then replay this");
            case SEEN, WAITING, HELD, SKIPPED -> orders.act(connection, row.id(), next.in(), false);
        };
    }

    private static void log(String subject, Throwable failure) {
        if (!(failure instanceof ConnectorException)) {
            LOG.errorf(failure, "A step of %s failed", subject);
        }
    }
}
