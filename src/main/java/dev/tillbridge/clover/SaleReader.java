package dev.tillbridge.clover;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.channel.ConnectorException;
import dev.tillbridge.order.Sale;

/**
 * Reads a sale whole. Clover expands at most three lists per call, cuts each at 100 without a sign
 * (docs.clover.com/docs/expanding-fields) and has no call that shows lines with all that belongs to them, so a sale costs three
 * requests: the order with its discounts, service charge and customers; its lines; the order again with its payments, refunds
 * and credits. That the order shows the same time, total and states in the first and the last tells that they fit together. None of
 * them can be left out: nothing an order shows tells that a list is empty. Each further page, and each list that
 * may have been cut, costs another.
 */
final class SaleReader {

    private static final int MOST_ATTEMPTS = 3;
    private static final String OPENING = "discounts,serviceCharge,customers";
    private static final String MONEY = "payments,refunds,credits";

    private final CloverTill till;
    private final Lane lane;

    SaleReader(CloverTill till, Lane lane) {
        this.till = till;
        this.lane = lane;
    }

    /** Null where the till has no such order. */
    Uni<Sale> read(String saleId) {
        return attempt(CloverId.checked("an order", saleId), 1);
    }

    private Uni<Sale> attempt(String id, int number) {
        return order(id, OPENING)
                .onItem().ifNotNull().transformToUni(opening -> whole(opening)
                        .onItem().ifNotNull().transformToUni(this::sale)
                        .onItem().ifNull().switchTo(() -> again(id, number)));
    }

    private Uni<Sale> sale(WholeOrder whole) {
        return till.names().of(whole).map(names -> SaleMapper.sale(whole, names));
    }

    private Uni<Sale> again(String id, int number) {
        return number < MOST_ATTEMPTS
                ? attempt(id, number + 1)
                : Uni.createFrom().failure(new ConnectorException.Transient("sale-in-motion", "Clover's order " + id
                        + " changed each time while it was read. It is read again later.", false, null));
    }

    /** Null where the order changed meanwhile. */
    private Uni<WholeOrder> whole(OrderWire.Order opening) {
        String id = opening.id();
        return part(id, "discounts", opening.discounts(), OrderWire.Discount.class, CloverOperation.READ_ORDER)
                .chain(discounts -> lines(id).chain(lines -> order(id, MONEY).onItem().ifNotNull()
                        .transformToUni(order -> same(opening, order) ? money(opening, order, discounts, lines) : nothing())))
                // What was there at the beginning is not any more: the next attempt tells.
                .onFailure(SaleReader::absent).recoverWithNull();
    }

    private Uni<WholeOrder> money(OrderWire.Order opening, OrderWire.Order order, List<OrderWire.Discount> discounts,
            List<OrderWire.LineItem> lines) {
        String id = order.id();
        Uni<WholeOrder> read = part(id, "payments", order.payments(), OrderWire.Payment.class, CloverOperation.READ_PAYMENTS)
                .chain(payments -> part(id, "refunds", order.refunds(), OrderWire.Refund.class, CloverOperation.READ_REFUNDS)
                        .chain(refunds -> part(id, "credits", order.credits(), OrderWire.Credit.class,
                                CloverOperation.READ_CREDITS)
                                .map(credits -> new WholeOrder(order, opening, discounts, lines, payments, refunds,
                                        credits))));
        if (!cut(order.payments()) && !cut(order.refunds()) && !cut(order.credits())) {
            return read;
        }
        return read.chain(whole -> order(id, null).onItem().ifNotNull()
                .transformToUni(last -> same(opening, last) ? Uni.createFrom().item(whole) : nothing()));
    }

    /** Times are whole seconds: a change within one may show in the amounts alone. */
    private static boolean same(OrderWire.Order one, OrderWire.Order other) {
        return Objects.equals(one.modifiedTime(), other.modifiedTime())
                && Objects.equals(OrderFields.shown(one.total()), OrderFields.shown(other.total()))
                && Objects.equals(one.paymentState(), other.paymentState()) && Objects.equals(one.state(), other.state());
    }

    private static Uni<WholeOrder> nothing() {
        return Uni.createFrom().nullItem();
    }

    /** Null where the till has no such order. */
    private Uni<OrderWire.Order> order(String id, String expand) {
        return till.order(lane, id, expand).invoke(order -> {
            if (!id.equals(order.id())) {
                throw till.answers().invalid(CloverOperation.READ_ORDER, "it is another order's", null);
            }
        }).onFailure(SaleReader::absent).recoverWithNull();
    }

    /** In the order in which they were rung up. */
    private Uni<List<OrderWire.LineItem>> lines(String id) {
        RowList<OrderWire.LineItem> list = new RowList<>(CloverOperation.READ_ORDER_LINES, id, "line_items",
                "discounts,modifications,taxRates", OrderWire.LineItem.class);
        return new RowReader<>(till, list, lane).all().map(lines -> lines.stream()
                .sorted(Comparator.comparing(OrderWire.LineItem::createdTime, Comparator.nullsFirst(Comparator.naturalOrder()))
                        .thenComparing(OrderWire.LineItem::id))
                .toList());
    }

    /** A list of the order's: as it was expanded, or read by itself where it may have been cut. */
    private <R extends CloverRow> Uni<List<R>> part(String id, String name, CloverWire.Elements<R> expanded, Class<R> row,
            CloverOperation operation) {
        if (cut(expanded)) {
            return new RowReader<>(till, new RowList<>(operation, id, name, null, row), lane).all();
        }
        OrderFields fields = new OrderFields(id);
        List<R> rows = fields.elements(name, expanded);
        rows.forEach(each -> fields.of(name, "element").required("id", each.id()));
        return Uni.createFrom().item(rows);
    }

    /** Whether there may be more than it shows. A list that was not expanded has an address in place of elements. */
    private static boolean cut(CloverWire.Elements<?> expanded) {
        return expanded != null && (expanded.elements() == null || expanded.elements().size() >= OrderFields.CUT);
    }

    /** Clover's own 404, not a proxy's. */
    static boolean absent(Throwable failure) {
        return failure instanceof ConnectorException.Rejected rejected && rejected.status() == 404
                && rejected.code().equals("not-found");
    }
}
