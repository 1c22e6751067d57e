package dev.tillbridge.order;

import java.util.Comparator;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ChannelDirectory;
import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.order.OrderStage.Place;
import dev.tillbridge.order.RefundRepository.Open;
import dev.tillbridge.platform.FencedTransactions;
import dev.tillbridge.platform.NamedUuid;

/**
 * Writes refunds made at the till into the store's order, each once: its exact content stands in the database before it is
 * sent, and it is sent verbatim under the same key until its outcome is known.
 */
@ApplicationScoped
class RefundStep {

    private static final String PURPOSE = "refund";
    private static final String UNKNOWN = "Whether the store's order was refunded is not known, and asking again could refund it"
            + " twice. Look at the order in the store, then replay this sale with unknownOutcome DONE if it was refunded, or"
            + " NOT_DONE if it was not";

    private final ChannelDirectory directory;
    private final RefundRepository refunds;
    private final SaleStory story;
    private final SaleTrouble trouble;
    private final FencedTransactions transactions;
    private final OrderConfig config;

    RefundStep(ChannelDirectory directory, RefundRepository refunds, SaleStory story, SaleTrouble trouble,
            FencedTransactions transactions, OrderConfig config) {
        this.directory = directory;
        this.refunds = refunds;
        this.story = story;
        this.trouble = trouble;
        this.transactions = transactions;
        this.config = config;
    }

    Uni<Void> follow(Place place, SaleRow row, boolean tips) {
        List<SaleRefund> effective = row.sale().refunds().stream().filter(SaleRefund::effective)
                .sorted(Comparator.comparing(SaleRefund::createdAt).thenComparing(SaleRefund::id)).toList();
        return takeIn(place, row, effective)
                .chain(() -> refunds.toDo(row.id(), ids(effective)))
                .map(toDo -> toDo.inOrderOf(ids(effective)))
                // One after the other: each is measured by what the order has left.
                .chain(toDo -> Multi.createFrom().iterable(toDo.open())
                        .onItem().transformToUniAndConcatenate(refund -> one(place, row, effective, refund, tips)
                                .onFailure(ConnectorException.class)
                                .recoverWithUni(failure -> failed(place, row, refund, failure)))
                        .collect().last()
                        // What was sent verbatim just now may have been taken back since.
                        .chain(() -> toDo.takenBack() || !toDo.open().isEmpty()
                                ? takenBack(place, row, ids(effective))
                                : Uni.createFrom().voidItem()));
    }

    private Uni<Void> takeIn(Place place, SaleRow row, List<SaleRefund> effective) {
        return effective.isEmpty()
                ? Uni.createFrom().voidItem()
                : transactions.write(place.pass().fence(), connection -> refunds.takeIn(connection, row.id(), effective));
    }

    private Uni<Void> one(Place place, SaleRow row, List<SaleRefund> effective, Open open, boolean tips) {
        if (open.draft() != null) {
            return open.sentFor() != null && open.sentFor().compareTo(config.keyLife()) > 0
                    ? hold(place, row, open, RefundRepository.UNKNOWN, UNKNOWN)
                    : send(place, row, open, open.draft());
        }
        SaleRefund refund = effective.stream().filter(known -> known.id().equals(open.posRefundId())).findFirst().orElse(null);
        if (refund == null) {
            return transactions.write(place.pass().fence(), connection -> refunds.conclude(connection, open.id(), "SKIPPED",
                    "voided", "The refund was taken back at the till before it was written", null));
        }
        int attempt = open.attempt() + 1;
        String key = NamedUuid.of(row.shopDomain(), row.merchantId(), row.posOrderId(), PURPOSE, refund.id(),
                Integer.toString(attempt)).toString();
        return directory.storefront().order(place.shop(), row.order().id())
                .map(order -> RefundMapping.map(row.sale(), refund, order, row.importedLines(), tips, key))
                .chain(mapping -> mapping instanceof RefundMapping.Mapped mapped
                        ? transactions.write(place.pass().fence(),
                                connection -> refunds.sent(connection, open.id(), attempt, mapped.draft()))
                                .chain(() -> send(place, row, open, mapped.draft()))
                        : held(place, row, open, (RefundMapping.Held) mapping));
    }

    /** A tip that is no part of the order leaves nothing to do. */
    private Uni<Void> held(Place place, SaleRow row, Open open, RefundMapping.Held held) {
        return held.code().equals("tip-only")
                ? transactions.write(place.pass().fence(), connection -> refunds.conclude(connection, open.id(), "SKIPPED",
                        held.code(), held.message(), null))
                : hold(place, row, open, held.code(), held.message());
    }

    private Uni<Void> send(Place place, SaleRow row, Open open, RefundDraft draft) {
        return place.mayWrite(config).chain(() -> directory.storefront().refund(place.shop(), draft))
                .chain(id -> transactions.write(place.pass().fence(), connection -> refunds
                        .conclude(connection, open.id(), "DONE", null, null, id)
                        .chain(() -> story.step(connection, row, null, "refund-written", null, id,
                                "Refund " + open.posRefundId()
                                        + " of the till was written into order " + row.order().name()))))
                .onFailure(failure -> failure instanceof ConnectorException.Rejected && !NextTry.concernsAll(failure))
                .recoverWithUni(failure -> refused(place, row, open, failure));
    }

    private Uni<Void> refused(Place place, SaleRow row, Open open, Throwable failure) {
        return ConnectorException.rejectedAs(failure, "idempotency-previous-attempt-failed")
                ? transactions.write(place.pass().fence(), connection -> refunds.again(connection, open.id()))
                        // It stays due with its sale, and goes under another key then.
                        .chain(() -> Uni.createFrom().failure(new ConnectorException.Transient("refund-not-made",
                                failure.getMessage(), false, failure)))
                : hold(place, row, open, ((ConnectorException) failure).code(), failure.getMessage());
    }

    /** It stays due with its sale, until it was tried often enough for a person to be asked. */
    private Uni<Void> failed(Place place, SaleRow row, Open open, ConnectorException failure) {
        if (NextTry.concernsAll(failure) || NextTry.notSent(failure)) {
            return Uni.createFrom().failure(failure);
        }
        return open.attempts() + 1 >= config.attempts()
                ? hold(place, row, open, SaleTrouble.EXHAUSTED, SaleTrouble.exhausted(config.attempts(), failure.getMessage()))
                : transactions.write(place.pass().fence(), connection -> refunds.failed(connection, open.id()))
                        .chain(() -> Uni.createFrom().failure(failure));
    }

    /** What stands in the store is not undone by itself: the money may have been given back there, too. */
    private Uni<Void> takenBack(Place place, SaleRow row, List<String> effective) {
        return transactions.write(place.pass().fence(), connection -> refunds.takenBack(connection, row.id(), effective)
                .chain(gone -> Multi.createFrom().iterable(gone)
                        .onItem().transformToUniAndConcatenate(refund -> trouble.problem(connection, row,
                                "refund-taken-back", "refund-taken-back", takenBack(row, refund)))
                        .collect().last()));
    }

    private static List<String> ids(List<SaleRefund> refunds) {
        return refunds.stream().map(SaleRefund::id).toList();
    }

    private static String takenBack(SaleRow row, RefundRepository.TakenBack refund) {
        return "Refund " + refund.posRefundId() + " of " + MinorUnits.text(refund.amount(), row.sale().currency()) + " "
                + row.sale().currency() + " was taken back at the till after it was written into the store's order "
                + row.order().name() + ", which still shows it as given back. Correct it there, then dismiss this";
    }

    private Uni<Void> hold(Place place, SaleRow row, Open open, String code, String message) {
        boolean unknown = code.equals(RefundRepository.UNKNOWN) || code.equals(SaleTrouble.EXHAUSTED);
        String problem = "Refund " + open.posRefundId() + " of the till " + (unknown ? "may not be" : "is not")
                + " in the store: "
                + message;
        return transactions.write(place.pass().fence(), connection -> refunds
                .conclude(connection, open.id(), "HELD", code, message, null)
                .chain(() -> trouble.problem(connection, row, "refund-held", "refund-" + code.replaceFirst("^refund-", ""),
                        problem)))
                .chain(() -> place.pass().failed(row.subject(), code, problem));
    }
}
