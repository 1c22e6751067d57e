package dev.tillbridge.shopify;

import java.math.BigDecimal;
import java.util.List;

import dev.tillbridge.order.FoundOrder;
import dev.tillbridge.order.StoreOrder;
import dev.tillbridge.order.StoreOrderTotals;

/** Shopify's orders as the records of the port. */
final class OrderMapper {

    private OrderMapper() {}

    static FoundOrder found(OrderWire.ShopOrder order, String identity) {
        return new FoundOrder(Gid.number("Order", order.id()), order.name(), identity, order.createdAt(),
                order.cancelledAt() != null, amount(order.totalPriceSet()));
    }

    /** Null for an order without an identity, which is none of a till sale. */
    static StoreOrderTotals totals(OrderWire.ShopOrder order) {
        var mark = order.metafield() == null ? null : order.metafield().value();
        var identity = mark == null || mark.isBlank() ? order.sourceIdentifier() : mark;
        return identity == null || identity.isBlank()
                ? null
                : new StoreOrderTotals(Gid.number("Order", order.id()), order.name(), identity, identity.equals(mark),
                        order.createdAt(), order.cancelledAt() != null, currency(order.totalPriceSet()),
                        amount(order.totalPriceSet()), amount(order.totalRefundedSet()));
    }

    /** @param lines those of all pages */
    static StoreOrder order(OrderWire.ShopOrder order, List<OrderWire.LineItem> lines) {
        return new StoreOrder(Gid.number("Order", order.id()), order.name(), currency(order.totalPriceSet()),
                order.cancelledAt() != null, order.displayFinancialStatus(), amount(order.totalPriceSet()),
                amount(order.totalRefundedSet()), order.createdAt(), lines.stream().map(OrderMapper::line).toList(),
                order.transactions().stream().map(OrderMapper::transaction).toList(),
                order.fulfillments().stream().filter(fulfillment -> !"CANCELLED".equals(fulfillment.status()))
                        .map(fulfillment -> new StoreOrder.Fulfillment(Gid.number("Fulfillment", fulfillment.id()),
                                fulfillment.status()))
                        .toList());
    }

    static BigDecimal amount(OrderWire.MoneyBag money) {
        return money == null || money.shopMoney() == null ? null : money.shopMoney().amount();
    }

    static String currency(OrderWire.MoneyBag money) {
        return money == null || money.shopMoney() == null ? null : money.shopMoney().currencyCode();
    }

    private static StoreOrder.Line line(OrderWire.LineItem line) {
        var key = line.customAttributes().stream().filter(attribute -> OrderInput.LINE_KEY.equals(attribute.key()))
                .map(OrderWire.Attribute::value).findFirst().orElse(null);
        return new StoreOrder.Line(Gid.number("LineItem", line.id()), key,
                // A variant that was deleted since is null.
                line.variant() == null ? null : Gid.number("ProductVariant", line.variant().id()), line.title(),
                line.quantity(), line.refundableQuantity(), amount(line.originalUnitPriceSet()));
    }

    private static StoreOrder.Transaction transaction(OrderWire.Transaction transaction) {
        return new StoreOrder.Transaction(Gid.number("OrderTransaction", transaction.id()), transaction.kind(),
                transaction.status(), transaction.gateway(), amount(transaction.amountSet()),
                transaction.parentTransaction() == null
                        ? null
                        : Gid.number("OrderTransaction", transaction.parentTransaction().id()));
    }
}
