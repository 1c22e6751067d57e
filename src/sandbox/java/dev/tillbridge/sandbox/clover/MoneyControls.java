package dev.tillbridge.sandbox.clover;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sandbox.control.BadControlInput;
import dev.tillbridge.sandbox.control.ControlRequest;
import dev.tillbridge.sandbox.control.ControlRoutes;

/** Payments, tips, refunds, credits and voids at a till, through {@code /_sandbox/clover/*}. */
final class MoneyControls {

    private static final List<String> RESULTS = List.of("SUCCESS", "FAIL", "INITIATED", "VOIDED", "VOIDING", "VOID_FAILED",
            "AUTH", "AUTH_COMPLETED", "DISCOUNT", "OFFLINE_RETRYING", "PENDING");

    private final CloverBook book;
    private final Till till;

    MoneyControls(CloverBook book, Till till) {
        this.book = book;
        this.till = till;
    }

    void addTo(ControlRoutes routes) {
        routes.add("POST", "/clover/payments",
                "A payment of an order, of what is due where no amount is given; or, with paymentId, a tip put on a payment"
                        + " later. result: " + String.join(", ", RESULTS) + ".",
                "{\"merchantId\":\"3D19QN31ANYR5\",\"orderId\":\"…\",\"amount\":500,\"tip\":50,\"tender\":\"credit_card\"}",
                this::payment);
        routes.add("POST", "/clover/refunds",
                "Money given back: for lines (their share of the total), an amount without tip, or all that is left. tip is"
                        + " given back besides.",
                "{\"merchantId\":\"3D19QN31ANYR5\",\"orderId\":\"…\",\"lineIds\":[\"…\"]}", this::refund);
        routes.add("POST", "/clover/credits", "A manual refund, of no payment; with or without an order.",
                "{\"merchantId\":\"3D19QN31ANYR5\",\"orderId\":\"…\",\"amount\":500}", this::credit);
        routes.add("POST", "/clover/voids", "Voids all payments of an order; it is open again, or deleted.",
                "{\"merchantId\":\"3D19QN31ANYR5\",\"orderId\":\"…\",\"delete\":true}", this::voids);
    }

    /** A payment as the call has it, with its tender, tip and result. */
    static Payment payment(Till till, Order order, ControlRequest request, SaleInput input, long amount, long made) {
        String tender = request.text("tender", "cash");
        String result = request.text("result", "SUCCESS");
        if (!RESULTS.contains(result)) {
            throw new BadControlInput("\"result\" is one of " + String.join(", ", RESULTS) + ".");
        }
        if (amount < 0) {
            throw new BadControlInput("\"amount\" must not be negative.");
        }
        Payment payment = new Payment(order.merchant.sales.newId(), till.moment(order.merchant, order.device, made), order,
                input.named("tenders", tender, "labelKey", "label", "id"), amount);
        payment.tip = SaleInput.amount(request, "tip", 0);
        payment.cash = tender.equals("cash");
        payment.result = result;
        return payment;
    }

    private Object payment(ControlRequest request) {
        request.only("merchantId", "orderId", "paymentId", "amount", "tip", "tender", "result");
        if (request.has("paymentId")) {
            Payment payment = SaleControls.merchant(book, request).sales.payments.find(request.text("paymentId"));
            if (payment == null) {
                throw new BadControlInput(404, "There is no such payment.");
            }
            till.tip(payment, SaleInput.amount(request, "tip"));
            return Map.of("paymentId", payment.id, "orderId", payment.order.id);
        }
        Order order = SaleControls.order(book, request);
        long due = (order.total == null ? 0 : order.total) - order.paid() - order.underWay;
        Payment payment = payment(till, order, request, new SaleInput(order.merchant),
                SaleInput.amount(request, "amount", Math.max(0, due)), order.merchant.sales.now());
        till.payOpen(payment);
        return Map.of("paymentId", payment.id, "orderId", order.id, "amount", payment.amount);
    }

    private Object refund(ControlRequest request) {
        request.only("merchantId", "orderId", "paymentId", "lineIds", "amount", "tip");
        if (request.has("lineIds") && request.has("amount")) {
            throw new BadControlInput("Give \"lineIds\" or \"amount\", not both.");
        }
        Order order = SaleControls.order(book, request);
        String paymentId = request.text("paymentId", null);
        List<Payment> payments = order.payments.stream().filter(Payment::received)
                .filter(payment -> paymentId == null || payment.id.equals(paymentId)).toList();
        long left = payments.stream().mapToLong(payment -> payment.amount - payment.givenBack()).sum();
        List<OrderLine> lines = request.has("amount") ? List.of() : lines(order, request);
        long amount = request.has("amount")
                ? SaleInput.amount(request, "amount", 0)
                : request.has("lineIds") ? Math.min(left, share(order, lines, left)) : left;
        List<Refund> refunds = till.refund(order, payments, amount, SaleInput.amount(request, "tip", 0), lines);
        return Map.of("refundIds", refunds.stream().map(refund -> refund.id).toList(), "orderId", order.id, "amount",
                refunds.stream().mapToLong(refund -> refund.amount).sum());
    }

    /** The lines named, or all that were not given back yet. */
    private static List<OrderLine> lines(Order order, ControlRequest request) {
        List<OrderLine> open = order.lines.stream().filter(line -> !line.exchanged && !line.refunded).toList();
        if (!request.has("lineIds")) {
            return open;
        }
        List<OrderLine> lines = new ArrayList<>();
        for (JsonNode id : request.body().get("lineIds")) {
            lines.add(open.stream().filter(line -> line.id.equals(id.asText())).findFirst().orElseThrow(
                    () -> new BadControlInput("The order has no line " + id.asText() + " that can be given back.")));
        }
        return lines;
    }

    /** The lines' part of the total in proportion; all that is left with the last of them. */
    private long share(Order order, List<OrderLine> lines, long left) {
        boolean last = order.lines.stream().filter(line -> !line.exchanged && !line.refunded).allMatch(lines::contains);
        long all = till.total(order).lines();
        if (last || all == 0 || order.total == null) {
            return left;
        }
        return BigDecimal.valueOf(lines.stream().mapToLong(TillTotal::net).sum()).multiply(BigDecimal.valueOf(order.total))
                .divide(BigDecimal.valueOf(all), 0, RoundingMode.HALF_UP).longValueExact();
    }

    private Object credit(ControlRequest request) {
        request.only("merchantId", "orderId", "amount", "tender");
        Merchant merchant = SaleControls.merchant(book, request);
        Order order = request.has("orderId") ? SaleControls.order(book, request) : null;
        String device = order == null ? merchant.sales.devices.get(0) : order.device;
        long amount = SaleInput.amount(request, "amount");
        if (amount <= 0) {
            throw new BadControlInput("\"amount\" must be 1 or more.");
        }
        Credit credit = new Credit(merchant.sales.newId(), till.moment(merchant, device, merchant.sales.now()), order, amount,
                new SaleInput(merchant).named("tenders", request.text("tender", "cash"), "labelKey", "label", "id"));
        credit.device = device;
        till.credit(merchant, credit);
        return Map.of("creditId", credit.id);
    }

    private Object voids(ControlRequest request) {
        request.only("merchantId", "orderId", "delete");
        Order order = SaleControls.order(book, request);
        List<Payment> voided = till.voidPayments(order);
        if (request.flag("delete", false)) {
            till.delete(order);
        }
        return Map.of("orderId", order.id, "paymentIds", voided.stream().map(payment -> payment.id).toList());
    }
}
