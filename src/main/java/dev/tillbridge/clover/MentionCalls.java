package dev.tillbridge.clover;

import java.util.function.Function;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.order.SaleMention;

/**
 * Reads by its id what a list would say of a single order or payment, with the list's stamp: what a webhook told of already is
 * then no news when the list shows it.
 */
final class MentionCalls {

    private final CloverTill till;

    MentionCalls(CloverTill till) {
        this.till = till;
    }

    Uni<SaleMention> sale(String orderId) {
        return mention(till.orderRow(CloverId.checked("an order", orderId)), SaleMentions::order);
    }

    Uni<SaleMention> payment(String paymentId) {
        return mention(till.paymentRow(CloverId.checked("a payment", paymentId)), SaleMentions::payment);
    }

    private <R extends CloverRow> Uni<SaleMention> mention(Uni<RowPage<R>> row, Function<R, SaleMention> mention) {
        return row.map(page -> SaleMentions.page(page, mention).mentions().stream().findFirst().orElse(null))
                .onFailure(failure -> ConnectorException.rejectedAs(failure, "not-found")).recoverWithNull();
    }
}
