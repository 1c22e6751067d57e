package dev.tillbridge.order;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.order.OrderStage.Place;
import dev.tillbridge.platform.FencedTransactions;

/**
 * Makes an order of a sale, once. The vendor's call has no key (Shopify: {@code orderCreate} knows no {@code @idempotent}), so
 * the intent stands in the database before it is sent, and while its outcome is unknown nothing is sent again: it is
 * looked for.
 */
@ApplicationScoped
class OrderCreation {

    private static final Logger LOG = Logger.getLogger(OrderCreation.class);
    /** So often it fails before somebody is told; more often it passes by itself. */
    private static final int TOLD_AFTER = 3;

    private final ChannelDirectory directory;
    private final OrderDrafting drafting;
    private final OrderArrival arrival;
    private final SaleRepository sales;
    private final OrderRepository orders;
    private final SaleStory story;
    private final SaleNotices notices;
    private final SaleTrouble trouble;
    private final FencedTransactions transactions;
    private final OrderConfig config;

    OrderCreation(ChannelDirectory directory, OrderDrafting drafting, OrderArrival arrival, SaleRepository sales,
            OrderRepository orders, SaleStory story, SaleNotices notices, SaleTrouble trouble, FencedTransactions transactions,
            OrderConfig config) {
        this.directory = directory;
        this.drafting = drafting;
        this.arrival = arrival;
        this.sales = sales;
        this.orders = orders;
        this.story = story;
        this.notices = notices;
        this.trouble = trouble;
        this.transactions = transactions;
        this.config = config;
    }

    Uni<Void> create(Place place, SaleRow row) {
        if (row.inStore()) {
            return transactions.write(place.pass().fence(),
                    connection -> sales.stands(connection, row.id(), SaleStatus.IMPORTED, null, null, Duration.ZERO));
        }
        return drafting.draft(place, row).chain(drafted -> drafted instanceof OrderMapping.Held held
                ? hold(place, row, row.status(), held.code(), held.message())
                : ask(place, row, (OrderMapping.Mapped) drafted));
    }

    private Uni<Void> ask(Place place, SaleRow row, OrderMapping.Mapped mapped) {
        OrderDraft draft = mapped.draft();
        return place.pass().runId().chain(run -> transactions.write(place.pass().fence(), connection -> orders
                .intend(connection, row, mapped, lookUpIn())
                .call(intended -> intended
                        ? story.step(connection, row, run, "order-asked", row.status().name(), "CREATING",
                                "An order of " + draft.total().toPlainString() + " " + draft.currency()
                                        + " is asked for, under the identity " + draft.identity())
                        : Uni.createFrom().voidItem()))
                .chain(intended -> intended ? send(place, row, draft, run) : Uni.createFrom().voidItem()));
    }

    /** Where this process stops without a word: from the latest moment the call may have been under way. */
    private Duration lookUpIn() {
        return config.leaseReserve().plus(config.lookUpAfter());
    }

    private Uni<Void> send(Place place, SaleRow row, OrderDraft draft, UUID run) {
        BooleanSupplier mayStart = () -> !tooLate(place);
        return directory.storefront().createOrder(place.shop(), draft, mayStart)
                // Refused for the buyer's sake, so nothing was made: without him it may be.
                .onFailure(failure -> draft.customer() != null && ConnectorException.rejectedAs(failure, "customer-refused"))
                .recoverWithUni(failure -> transactions.write(place.pass().fence(), connection -> orders
                        .mayBeMade(connection, row.id(), lookUpIn())
                        .chain(() -> story.step(connection, row, run, "buyer-left-out", "CREATING", "CREATING",
                                failure.getMessage() + ". It is asked for again without the buyer")))
                        .chain(() -> directory.storefront().createOrder(place.shop(), draft.withCustomer(null), mayStart)))
                .chain(created -> transactions.write(place.pass().fence(), connection -> arrival.imported(connection, row,
                        new OrderArrival.Arrived(
                                new SaleRow.Order(created.id(), created.name(), created.total(), draft.paid(), false, null),
                                "order-created", words(row, draft, created), run))))
                .onFailure(Containment::contained)
                .recoverWithUni(failure -> failed(place, row, failure));
    }

    private boolean tooLate(Place place) {
        return place.pass().fence().endsWithin(config.leaseReserve());
    }

    private static String words(SaleRow row, OrderDraft draft, CreatedOrder created) {
        return "Order " + created.name() + " (" + created.id() + ") of " + OrderArrival.plain(created.total()) + " "
                + draft.currency() + ", till total " + MinorUnits.text(row.sale().total(), row.sale().currency()) + ", request "
                + created.requestId();
    }

    private Uni<Void> failed(Place place, SaleRow row, Throwable failure) {
        if (!(failure instanceof ConnectorException vendors) || vendors.outcomeUnknown()) {
            return unknown(place, row, failure);
        }
        if (ConnectorException.rejectedAs(failure, "duplicate-identity")) {
            return transactions.write(place.pass().fence(), connection -> orders.act(connection, row.id(), Duration.ZERO, false)
                    .chain(() -> story.step(connection, row, null, "order-there", "CREATING", "CREATING",
                            "The store has an order of this sale already; it is looked for")));
        }
        if (vendors instanceof ConnectorException.Rejected && !NextTry.concernsAll(vendors)) {
            return hold(place, row, SaleStatus.CREATING, vendors.code(),
                    vendors.getMessage() + ". Mend it, then replay this order")
                    .chain(() -> place.pass().failed(row.subject(), vendors.code(), vendors.getMessage()));
        }
        return vendors.code().equals("not-sent") && tooLate(place)
                ? back(place, row, SaleStatus.READY, SaleTrouble.TAKEOVER, Duration.ZERO)
                : later(place, row, vendors);
    }

    /** The 90 seconds count from now: it may have been under way until just now. A fault of ours may have come after the answer. */
    private Uni<Void> unknown(Place place, SaleRow row, Throwable failure) {
        if (!(failure instanceof ConnectorException)) {
            LOG.errorf(failure, "Making the order of %s failed", row.subject());
        }
        String message = Containment.message(failure);
        return transactions.write(place.pass().fence(), connection -> orders
                .mayBeMade(connection, row.id(), config.lookUpAfter())
                .chain(() -> story.step(connection, row, null, "order-unknown", "CREATING", "CREATING",
                        message + ". It is looked for before anything is asked again")))
                .chain(() -> place.pass().failed(row.subject(), Containment.code(failure), message));
    }

    private Uni<Void> later(Place place, SaleRow row, ConnectorException failure) {
        var next = NextTry.after(failure, row.status(), row.attempts(), NextTry.Limits.of(config));
        return switch (next.kind()) {
            case GIVE_UP -> hold(place, row, SaleStatus.CREATING, "attempts-exhausted", "Tried " + config.attempts()
                    + " times. The last time: " + failure.getMessage() + ". Replay it once that is mended");
            case REST -> back(place, row, SaleStatus.READY, failure.getMessage(), next.in())
                    .chain(() -> Uni.createFrom().failure(failure));
            case AGAIN ->
                back(place, row, next.counts() ? SaleStatus.FAILED : SaleStatus.READY, failure.getMessage(), next.in())
                        .chain(() -> place.pass().failed(row.subject(), failure.code(), failure.getMessage()));
        };
    }

    private Uni<Void> back(Place place, SaleRow row, SaleStatus status, String reason, Duration in) {
        return unlessMoved(place, row, SaleStatus.CREATING, reason, connection -> orders
                .notMade(connection, row.id(), status, reason, in)
                .chain(() -> story.step(connection, row, null, "order-not-made", "CREATING", status.name(), reason))
                .chain(() -> status == SaleStatus.FAILED && row.attempts() + 1 >= TOLD_AFTER
                        ? notices.failed(connection, row, reason)
                        : Uni.createFrom().voidItem()));
    }

    private Uni<Void> hold(Place place, SaleRow row, SaleStatus worked, String code, String message) {
        return unlessMoved(place, row, worked, message,
                connection -> trouble.hold(connection, row, worked, code, message));
    }

    /** A newer reading and a person's decision stand. What changed while its order was asked for is judged anew. */
    private Uni<Void> unlessMoved(Place place, SaleRow row, SaleStatus worked, String why,
            Function<SqlConnection, Uni<Void>> work) {
        return transactions.write(place.pass().fence(), connection -> sales.lock(connection, row.id()).chain(now -> {
            if (now.status() != worked || now.dismissed() != row.dismissed()) {
                return Uni.createFrom().voidItem();
            }
            if (Objects.equals(now.contentHash(), row.contentHash())) {
                return work.apply(connection);
            }
            return worked != SaleStatus.CREATING
                    ? Uni.createFrom().voidItem()
                    : orders.readAgain(connection, row.id()).chain(() -> story.step(connection, row, null, "order-not-made",
                            "CREATING", "SEEN", why + ". The sale changed at the till meanwhile: it is read again first"));
        }));
    }
}
