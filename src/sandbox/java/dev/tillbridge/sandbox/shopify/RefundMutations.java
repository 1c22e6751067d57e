package dev.tillbridge.sandbox.shopify;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * refundCreate; its user errors have no code. Texts are recorded (refund-create-transactions-validation) where a comment does not
 * say otherwise.
 */
final class RefundMutations {

    private final Arguments input;
    private final OrderRow row;
    private final Call call;
    private final OrderBook orders;
    private final UserErrors errors = new UserErrors();
    private final List<RefundRow.Line> lines = new ArrayList<>();
    private final List<TransactionRow> transactions = new ArrayList<>();
    private BigDecimal shipping = BigDecimal.ZERO;

    private RefundMutations(Arguments input, OrderRow row, Call call) {
        this.input = input;
        this.row = row;
        this.call = call;
        this.orders = call.book().orders();
    }

    static void add(FieldTable table) {
        table.type("Mutation", FieldTable.Root.class).scoped("write_orders", "refundCreate",
                (root, arguments, call) -> {
                    OrderRow row = call.book().orders().find(arguments.object("input").text("orderId"), call).orElse(null);
                    return call.shop().keys().once(call.grant().app(), arguments.text(InventoryMutations.KEY), "refundCreate",
                            arguments.values(), () -> refund(arguments.object("input"), row, call),
                            errors -> OrderParts.payload(errors, row, "refund", null));
                });
    }

    private static Map<String, Object> refund(Arguments input, OrderRow row, Call call) {
        if (row == null) {
            // The text is not recorded.
            return OrderParts.payload(new UserErrors().add(null, "Order does not exist", "orderId"), null, "refund", null);
        }
        RefundMutations refund = new RefundMutations(input, row, call);
        refund.transactions();
        refund.lines();
        refund.shipping();
        return OrderParts.payload(refund.errors, row, "refund", refund.errors.none() ? refund.apply() : null);
    }

    /** The gateway is the parent's, whatever is given (rec). */
    private void transactions() {
        long now = call.shop().now();
        BigDecimal sum = BigDecimal.ZERO;
        for (Object each : input.list("transactions")) {
            Arguments given = Arguments.of(each);
            String kind = given.text("kind");
            if (!kind.equals("REFUND")) {
                errors.add(null, "Kind " + kind.toLowerCase(java.util.Locale.ROOT) + " is not a valid transaction");
                continue;
            }
            Optional<TransactionRow> parent = row.transactions.stream()
                    .filter(one -> one.gid().equals(given.text("parentId"))).findFirst();
            if (parent.isEmpty() || !row.gid().equals(given.text("orderId"))) {
                errors.add(null, "Transactions require a parent_id associated with the order", "transactions");
                continue;
            }
            BigDecimal amount = Amounts.parse(given.text("amount"));
            sum = sum.add(amount);
            if (amount.signum() < 0) {
                // The text is not recorded.
                errors.add(null, "Amount must be greater than or equal to 0", "transactions");
            }
            transactions.add(new TransactionRow(orders.nextPart(), "REFUND", "SUCCESS", parent.get().gateway(), amount,
                    row.currency, now, OrderCheck.past(input.text("processedAt"), now), row.test, parent.get()));
        }
        if (errors.none() && !input.flag("allowOverRefunding") && sum.compareTo(row.totals().netPayment()) > 0) {
            // The text is not recorded.
            errors.add(null, "Refund amount $" + sum.toPlainString() + " is greater than net payment received $"
                    + row.totals().netPayment().toPlainString(), "transactions");
        }
    }

    private void lines() {
        Map<LineRow, Integer> wanted = new HashMap<>();
        List<?> given = input.list("refundLineItems");
        for (int i = 0; i < given.size(); i++) {
            Arguments entry = Arguments.of(given.get(i));
            LineRow line = row.lines.stream().filter(each -> each.gid().equals(entry.text("lineItemId"))).findFirst()
                    .orElse(null);
            String type = Objects.requireNonNullElse(entry.text("restockType"), "NO_RESTOCK");
            String place = entry.text("locationId");
            LocationRow location = type.equals("NO_RESTOCK") || place == null
                    ? null
                    : call.catalogue().location(place).orElse(null);
            // The texts of these refusals are not recorded.
            if (line == null) {
                errors.add(null, "Line item does not belong to the order", "refundLineItems", i, "lineItemId");
            } else if (entry.integer("quantity") < 1) {
                errors.add(null, "Quantity must be greater than 0", "refundLineItems", i, "quantity");
            } else if (wanted.merge(line, entry.integer("quantity"), Integer::sum) > line.current()) {
                errors.add(null, "Quantity cannot refund more items than were purchased", "refundLineItems", i, "quantity");
            } else if (location == null && place != null && !type.equals("NO_RESTOCK")) {
                errors.add(null, "Location does not exist", "refundLineItems", i, "locationId");
            } else {
                lines.add(new RefundRow.Line(orders.nextPart(), line, entry.integer("quantity"), type, location));
            }
        }
    }

    private void shipping() {
        Arguments given = input.object("shipping");
        BigDecimal left = row.totals().shipping().subtract(row.totals().shippingRefunded());
        shipping = given.flag("fullRefund")
                ? left
                : given.text("amount") == null ? BigDecimal.ZERO : Amounts.parse(given.text("amount"));
        if (shipping.compareTo(left) > 0) {
            // The text is not recorded.
            errors.add(null, "Shipping refund amount is greater than the refundable shipping amount", "shipping", "amount");
        }
    }

    private RefundRow apply() {
        long now = call.shop().now();
        List<RefundRow.Line> done = new ArrayList<>(lines.size());
        RefundRow refund = new RefundRow(orders.nextPart(), row, now, OrderCheck.past(input.text("processedAt"), now),
                input.text("note"), done, shipping, List.copyOf(transactions));
        orders.change(row, () -> {
            for (RefundRow.Line each : lines) {
                LineRow line = each.line();
                int unsent = Math.min(each.quantity(), line.unfulfilled());
                line.refunded += each.quantity();
                call.book().orderStock().release(line, unsent);
                LocationRow put = each.restockType().equals("NO_RESTOCK")
                        ? null
                        : call.book().orderStock().restock(line, each.quantity(), each.location());
                done.add(new RefundRow.Line(each.id(), line, each.quantity(), each.restockType(), put));
                new Shipments(call.book()).remove(row, line);
            }
            row.transactions.addAll(transactions);
            row.refunds.add(refund);
            row.givenFinancial = transactions.isEmpty() ? row.givenFinancial : null;
        });
        return refund;
    }
}
