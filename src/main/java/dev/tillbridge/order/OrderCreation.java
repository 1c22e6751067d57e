package dev.tillbridge.order;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ChannelSettings;
import dev.tillbridge.channel.ChannelSettings.OrderSync;
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
    private static final int OK = 200;
    /** So often it fails before somebody is told; more often it passes by itself. */
    private static final int TOLD_AFTER = 3;

    private final ChannelDirectory directory;
    private final SaleRepository sales;
    private final OrderRepository orders;
    private final SaleStory story;
    private final SaleNotices notices;
    private final SaleTrouble trouble;
    private final FencedTransactions transactions;
    private final OrderConfig config;

    OrderCreation(ChannelDirectory directory, SaleRepository sales, OrderRepository orders, SaleStory story,
            SaleNotices notices, SaleTrouble trouble, FencedTransactions transactions, OrderConfig config) {
        this.directory = directory;
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
        return orders.links(place.channel().id(), OrderStage.itemIds(row.sale()))
                .map(links -> OrderMapping.map(row.sale(), rules(place, row), links))
                .chain(mapping -> {
                    if (mapping instanceof OrderMapping.Held held) {
                        return hold(place, row, held.code(), held.message());
                    }
                    var mapped = (OrderMapping.Mapped) mapping;
                    return customer(place, row)
                            .chain(customer -> ask(place, row, mapped, mapped.draft().withCustomer(customer)));
                });
    }

    private static MappingRules rules(Place place, SaleRow row) {
        OrderSync settings = place.channel().settings().orderSync();
        return new MappingRules(place.store().currency(), settings.tips() == ChannelSettings.Tips.INCLUDE,
                MappingRules.Unlinked.valueOf(settings.unlinkedLines().name()), format(settings.numberFormat()),
                format(settings.noteFormat()), row.merchantId(), row.identity(), settings.postingLocationId(),
                PaidRule.paid(row.sale()));
    }

    private static MappingRules.Format format(ChannelSettings.TextFormat format) {
        return new MappingRules.Format(format.prefix(), format.includeOrderId(), format.suffix());
    }

    /** Who bought is a courtesy: without, the order is made all the same. */
    private Uni<SaleCustomer> customer(Place place, SaleRow row) {
        if (row.sale().customerId() == null) {
            return Uni.createFrom().nullItem();
        }
        return directory.tillConnection(place.channel().id())
                .chain(till -> directory.pointOfSale(place.channel().integration()).customer(till, row.sale().customerId()))
                .onFailure(ConnectorException.class).recoverWithUni(failure -> {
                    LOG.infof("The buyer of order %s is left out: %s", row.posOrderId(), failure.getMessage());
                    return Uni.createFrom().nullItem();
                });
    }

    private Uni<Void> ask(Place place, SaleRow row, OrderMapping.Mapped mapped, OrderDraft draft) {
        return place.pass().runId().chain(run -> transactions.write(place.pass().fence(), connection -> orders
                .intend(connection, row, mapped.origins(), draft.total(), config.lookUpAfter())
                .call(intended -> intended
                        ? story.step(connection, row, run, "order-asked", row.status().name(), "CREATING",
                                "An order of " + draft.total().toPlainString() + " " + draft.currency()
                                        + " is asked for, under the identity " + draft.identity())
                        : Uni.createFrom().voidItem()))
                .chain(intended -> intended ? send(place, row, draft, run) : Uni.createFrom().voidItem()));
    }

    private Uni<Void> send(Place place, SaleRow row, OrderDraft draft, UUID run) {
        if (place.pass().fence().endsWithin(config.leaseReserve())) {
            return back(place, row, "The lease is too short to ask for it now", Duration.ZERO, SaleStatus.READY);
        }
        return directory.storefront().createOrder(place.shop(), draft)
                // Refused for the buyer's sake, so nothing was made: without him it may be.
                .onFailure(failure -> draft.customer() != null && ConnectorException.rejectedAs(failure, "customer-refused"))
                .recoverWithUni(() -> directory.storefront().createOrder(place.shop(), draft.withCustomer(null)))
                .chain(created -> transactions.write(place.pass().fence(),
                        connection -> created(connection, row, draft, created, run)))
                .onFailure(ConnectorException.class)
                .recoverWithUni(failure -> failed(place, row, failure));
    }

    private Uni<Void> created(SqlConnection connection, SaleRow row, OrderDraft draft, CreatedOrder created, UUID run) {
        String difference = difference(draft.total(), created.total(), draft.currency());
        var order = new SaleRow.Order(created.id(), created.name(), created.total(), draft.paid(), false, null);
        return orders.imported(connection, row.id(), order, difference == null ? null : "store-total-differs", difference)
                .chain(() -> story.step(connection, row, run, "order-created", "CREATING", "IMPORTED", "Order " + created.name()
                        + " (" + created.id() + ") of " + plain(created.total()) + " " + draft.currency() + ", till total "
                        + MinorUnits.text(row.sale().total(), row.sale().currency()) + ", request " + created.requestId()
                        + (difference == null ? "" : ". " + difference)))
                .chain(() -> notices.settled(connection, row))
                .chain(() -> difference == null ? Uni.createFrom().voidItem() : notices.held(connection, row, difference));
    }

    /** Null where both sums agree. */
    static String difference(BigDecimal ours, BigDecimal stores, String currency) {
        return stores == null || ours == null || ours.compareTo(stores) == 0
                ? null
                : "The store's total " + plain(stores) + " " + currency + " is not the till's " + plain(ours) + " " + currency
                        + ". The order stands; correct it in the store";
    }

    private static String plain(BigDecimal amount) {
        return amount == null ? "an unknown total" : amount.toPlainString();
    }

    private Uni<Void> failed(Place place, SaleRow row, ConnectorException failure) {
        if (failure.outcomeUnknown()) {
            // It stays as it was written down, and is looked for in time.
            return transactions.write(place.pass().fence(), connection -> story.step(connection, row, null, "order-unknown",
                    "CREATING", "CREATING", failure.getMessage() + ". It is looked for before anything is asked again"))
                    .chain(() -> place.pass().failed(row.subject(), failure.code(), failure.getMessage()));
        }
        if (ConnectorException.rejectedAs(failure, "duplicate-identity")) {
            return transactions.write(place.pass().fence(), connection -> orders.act(connection, row.id(), Duration.ZERO, false)
                    .chain(() -> story.step(connection, row, null, "order-there", "CREATING", "CREATING",
                            "The store has an order of this sale already; it is looked for")));
        }
        if (failure instanceof ConnectorException.Rejected rejected && rejected.status() == OK) {
            return hold(place, row, failure.code(), failure.getMessage() + ". Mend it, then replay this order")
                    .chain(() -> place.pass().failed(row.subject(), failure.code(), failure.getMessage()));
        }
        return later(place, row, failure);
    }

    private Uni<Void> later(Place place, SaleRow row, ConnectorException failure) {
        boolean concernsAll = !(failure instanceof ConnectorException.Transient);
        boolean notTried = concernsAll || failure.code().equals("not-sent") || failure.code().equals("circuit-open");
        if (!notTried && row.attempts() + 1 >= config.attempts()) {
            return hold(place, row, "attempts-exhausted", "Tried " + config.attempts() + " times. The last time: "
                    + failure.getMessage() + ". Replay it once that is mended");
        }
        Duration rest = DoublingGap.after(row.attempts(), config.firstRetry(), config.longestRetry());
        return back(place, row, failure.getMessage(), rest, notTried ? SaleStatus.READY : SaleStatus.FAILED)
                .chain(() -> concernsAll
                        ? Uni.createFrom().failure(failure)
                        : place.pass().failed(row.subject(), failure.code(), failure.getMessage()));
    }

    private Uni<Void> back(Place place, SaleRow row, String reason, Duration in, SaleStatus status) {
        return transactions.write(place.pass().fence(), connection -> sales
                .stands(connection, row.id(), status, status == SaleStatus.FAILED ? "not-made-yet" : null, reason, in)
                .chain(() -> story.step(connection, row, null, "order-not-made", "CREATING", status.name(), reason))
                .chain(() -> status == SaleStatus.FAILED && row.attempts() + 1 >= TOLD_AFTER
                        ? notices.failed(connection, row, reason)
                        : Uni.createFrom().voidItem()));
    }

    private Uni<Void> hold(Place place, SaleRow row, String code, String message) {
        return transactions.write(place.pass().fence(), connection -> sales.lock(connection, row.id())
                .chain(now -> trouble.hold(connection, row, now.status(), code, message)));
    }
}
