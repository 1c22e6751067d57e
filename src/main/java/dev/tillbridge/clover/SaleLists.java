package dev.tillbridge.clover;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.order.SaleMention;
import dev.tillbridge.order.SalePage;

/**
 * Streams what a till's lists say of its sales, without expanding anything: lists cut what belongs to an order. Orders and
 * payments can be read by modifiedTime (docs.clover.com/dev/reference/ordergetorders, docs.clover.com/docs/get-all-payments),
 * refunds and credits have none.
 */
final class SaleLists {

    /** What is older than this is left out by Clover without a word (docs.clover.com/dev/changelog, July 2023). */
    private static final Duration LONGEST = Duration.ofDays(90);
    private static final Logger LOG = Logger.getLogger(SaleLists.class);

    private static final RowList<OrderWire.Order> ORDERS = RowList.of(CloverOperation.READ_ORDERS, "orders", null,
            OrderWire.Order.class);
    private static final RowList<OrderWire.Payment> PAYMENTS = RowList.of(CloverOperation.READ_PAYMENTS, "payments", null,
            OrderWire.Payment.class);
    private static final RowList<OrderWire.Refund> REFUNDS = RowList.of(CloverOperation.READ_REFUNDS, "refunds", null,
            OrderWire.Refund.class);
    private static final RowList<OrderWire.Credit> CREDITS = RowList.of(CloverOperation.READ_CREDITS, "credits", null,
            OrderWire.Credit.class);

    private final CloverTill till;
    private final Uni<Instant> clock;

    SaleLists(CloverTill till, Uni<Instant> clock) {
        this.till = till;
        this.clock = clock;
    }

    Multi<SalePage> ordersChanged(Instant since) {
        return read(ORDERS, modified(OrderWire.Order::modifiedTime, since), SaleMentions::order);
    }

    /** @throws IllegalArgumentException where it is longer than Clover answers */
    Multi<SalePage> ordersCreated(Instant from, Instant until) {
        TimeWindow<OrderWire.Order> window = new TimeWindow<>("createdTime", OrderWire.Order::createdTime,
                from.toEpochMilli(), until == null ? null : until.toEpochMilli());
        Uni<Instant> end = until == null ? clock : Uni.createFrom().item(until);
        return end.invoke(last -> {
            if (Duration.between(from, last).compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("From " + from + " to " + last + " are more than 90 days");
            }
        }).onItem().transformToMulti(checked -> read(ORDERS, window, SaleMentions::order));
    }

    Multi<SalePage> paymentsChanged(Instant since) {
        return read(PAYMENTS, modified(OrderWire.Payment::modifiedTime, since), SaleMentions::payment);
    }

    Multi<SalePage> refundsCreated(Instant since) {
        Multi<SalePage> refunds = read(REFUNDS, created(OrderWire.Refund::createdTime, since), SaleMentions::refund);
        return Multi.createBy().concatenating().streams(refunds, Multi.createFrom().deferred(() -> credits(since)));
    }

    /** No document promises this list, nor its filter: a till that has none has no credits. One that breaks off within it fails. */
    private Multi<SalePage> credits(Instant since) {
        boolean[] seen = new boolean[1];
        return read(CREDITS, created(OrderWire.Credit::createdTime, since), SaleMentions::credit)
                .invoke(page -> seen[0] = true)
                .onFailure(failure -> !seen[0] && absent(failure))
                .recoverWithMulti(failure -> {
                    if (till.firstWithoutCredits()) {
                        LOG.infof("Credits are not read: %s", failure.getMessage());
                    }
                    return Multi.createFrom().empty();
                });
    }

    private static boolean absent(Throwable failure) {
        return failure instanceof ConnectorException.Rejected rejected
                && (rejected.status() == 400 || rejected.status() == 404 || rejected.status() == 405);
    }

    private static <R> TimeWindow<R> modified(Function<R, Long> time, Instant since) {
        return new TimeWindow<>("modifiedTime", time, since.toEpochMilli(), null);
    }

    private static <R> TimeWindow<R> created(Function<R, Long> time, Instant since) {
        return new TimeWindow<>("createdTime", time, since.toEpochMilli(), null);
    }

    private <R extends CloverRow> Multi<SalePage> read(RowList<R> list, TimeWindow<R> window,
            Function<R, SaleMention> mention) {
        return new RowReader<>(till, list, clock, Lane.SALES).read(window).map(page -> SaleMentions.page(page, mention));
    }
}
