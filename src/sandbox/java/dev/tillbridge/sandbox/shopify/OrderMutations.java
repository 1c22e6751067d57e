package dev.tillbridge.sandbox.shopify;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** orderUpdate, orderMarkAsPaid and orderCancel; texts as recorded. */
final class OrderMutations {

    private static final int LONGEST_NOTE = 255;

    private OrderMutations() {}

    static void add(FieldTable table) {
        table.type("Mutation", FieldTable.Root.class)
                .scoped("write_orders", "orderUpdate", (root, arguments, call) -> update(arguments.object("input"), call))
                .scoped("write_orders", "orderMarkAsPaid",
                        (root, arguments, call) -> markAsPaid(arguments.object("input").text("id"), call))
                .scoped("write_orders", "orderCancel", (root, arguments, call) -> cancel(arguments, call));
    }

    /** What is given overwrites what was there, lists too. */
    private static Map<String, Object> update(Arguments input, Call call) {
        UserErrors errors = new UserErrors();
        OrderRow row = call.book().orders().find(input.text("id"), call).orElse(null);
        if (row == null) {
            return errors.add(null, "Order does not exist", "id").payload("order", null);
        }
        call.book().orders().change(row, () -> {
            row.note = input.given("note") ? input.text("note") : row.note;
            row.poNumber = input.given("poNumber") ? input.text("poNumber") : row.poNumber;
            row.email = input.given("email") ? input.text("email") : row.email;
            row.phone = input.given("phone") ? input.text("phone") : row.phone;
            row.tags = input.given("tags") ? OrderCreation.tags(input.list("tags")) : row.tags;
            row.attributes = input.given("customAttributes")
                    ? OrderCreation.attributes(input.list("customAttributes"), "key")
                    : row.attributes;
        });
        return errors.payload("order", row);
    }

    static boolean canMarkAsPaid(OrderRow row) {
        String status = row.financialStatus();
        return !row.cancelled() && row.totals().currentTotal().subtract(row.totals().netPayment()).signum() > 0
                && (status == null || List.of("PENDING", "AUTHORIZED", "PARTIALLY_PAID", "EXPIRED").contains(status));
    }

    private static Map<String, Object> markAsPaid(String id, Call call) {
        UserErrors errors = new UserErrors();
        OrderBook orders = call.book().orders();
        OrderRow row = orders.find(id, call).orElse(null);
        if (row == null) {
            return errors.add(null, "Order does not exist", "id").payload("order", null);
        }
        if (!canMarkAsPaid(row)) {
            return errors.add(null, "Order cannot be marked as paid.", "id").payload("order", row);
        }
        orders.change(row, () -> {
            BigDecimal open = row.totals().currentTotal().subtract(row.totals().netPayment());
            long now = call.shop().now();
            row.transactions.add(new TransactionRow(orders.nextPart(), "SALE", "SUCCESS", "manual", open, row.currency, now,
                    now, row.test, null));
            row.givenFinancial = null;
        });
        return errors.payload("order", row);
    }

    private static Map<String, Object> cancel(Arguments arguments, Call call) {
        OrderBook orders = call.book().orders();
        OrderRow row = orders.find(arguments.text("orderId"), call).orElse(null);
        UserErrors errors = new UserErrors();
        String note = arguments.text("staffNote");
        if (note != null && note.length() > LONGEST_NOTE) {
            errors.add("INVALID", "Staff note is too long. Maximum length is 255 characters.", "staffNote");
        } else if (arguments.value("refund") != null && arguments.value("refundMethod") != null) {
            errors.add("INVALID", "Only one of the arguments `refund` or `refund_method` is allowed.", "refund");
        } else if (row == null) {
            errors.add("NOT_FOUND", "Order does not exist", "orderId");
        } else {
            refuse(row, errors);
        }
        CancelJob job = null;
        if (errors.none()) {
            job = new CancelJob(UUID.randomUUID().toString(), row);
            orders.add(job);
            CancelJob begun = job;
            boolean money = arguments.flag("refund") || arguments.object("refundMethod").flag("originalPaymentMethodsRefund");
            call.shop().later(() -> finish(begun, row, arguments.text("reason"), arguments.flag("restock"), money,
                    call.book()));
        }
        Map<String, Object> payload = new LinkedHashMap<>(errors.payload("job", job == null ? null : job.job()));
        payload.put("jobResult", job == null ? null : job.result());
        payload.put("orderCancelUserErrors", errors.all());
        return payload;
    }

    private static void refuse(OrderRow row, UserErrors errors) {
        if (row.cancelled()) {
            errors.add("INVALID", "Cannot cancel an order that has already been canceled", "orderId");
        } else if (row.fulfillments.stream().anyMatch(each -> !each.cancelled)) {
            errors.add("INVALID", "Cannot cancel an order that has outstanding fulfillments", "orderId");
        }
    }

    private static void finish(CancelJob job, OrderRow row, String reason, boolean restock, boolean money, ShopifyBook book) {
        if (book.orders().find(row.gid()).orElse(null) != row) {
            return;
        }
        UserErrors errors = new UserErrors();
        refuse(row, errors);
        if (errors.none()) {
            cancel(row, reason, restock, money, book);
        }
        job.ended(errors);
    }

    /**
     * Cancels an order. Its lines stay as they are, and without a refund it stays paid (rec: fulfillment-create-preconditions);
     * authorized payments are voided.
     */
    static void cancel(OrderRow row, String reason, boolean restock, boolean money, ShopifyBook book) {
        OrderBook orders = book.orders();
        orders.change(row, () -> {
            long now = book.now();
            row.cancelledAt = now;
            row.cancelReason = reason;
            if (row.totals().netPayment().signum() == 0) {
                row.closedAt = now;
            }
            if (row.totals().capturable().signum() > 0) {
                row.transactions.add(new TransactionRow(orders.nextPart(), "VOID", "SUCCESS", row.transactions.get(0).gateway(),
                        row.totals().capturable(), row.currency, now, now, row.test, row.transactions.get(0)));
                row.givenFinancial = null;
            }
            new Shipments(book).close(row);
            for (LineRow line : row.lines) {
                int open = line.unfulfilled();
                book.orderStock().release(line, open);
                if (restock) {
                    book.orderStock().restock(line, open, null);
                }
            }
            if (money) {
                List<TransactionRow> given = payBack(row, now, orders);
                if (!given.isEmpty()) {
                    row.refunds.add(new RefundRow(orders.nextPart(), row, now, now, null, List.of(), BigDecimal.ZERO, given));
                    row.givenFinancial = null;
                }
            }
        });
    }

    /** Gives back what is left of each payment. */
    private static List<TransactionRow> payBack(OrderRow row, long now, OrderBook orders) {
        List<TransactionRow> given = new ArrayList<>();
        for (TransactionRow paid : List.copyOf(row.transactions)) {
            if (paid.succeeded("SALE") || paid.succeeded("CAPTURE")) {
                BigDecimal left = row.transactions.stream().filter(each -> each.refunds(paid))
                        .map(TransactionRow::amount).reduce(paid.amount(), BigDecimal::subtract);
                if (left.signum() > 0) {
                    given.add(
                            new TransactionRow(orders.nextPart(), "REFUND", "SUCCESS", paid.gateway(), left, row.currency, now,
                                    now, row.test, paid));
                }
            }
        }
        row.transactions.addAll(given);
        return given;
    }
}
