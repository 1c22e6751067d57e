package dev.tillbridge.sandbox.clover;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.tillbridge.sandbox.control.BadControlInput;
import dev.tillbridge.sandbox.control.ControlRequest;
import dev.tillbridge.sandbox.control.ControlRoutes;

/** Sales at a device, and what is changed about them later, through {@code /_sandbox/clover/*}. */
final class SaleControls {

    private final CloverBook book;
    private final Till till;

    SaleControls(CloverBook book, Till till) {
        this.book = book;
        this.till = till;
    }

    void addTo(ControlRoutes routes) {
        routes.add("POST", "/clover/sales",
                "A till sale, paid unless paid is false. units of a FIXED item are as many lines, of a PER_UNIT item a measured"
                        + " amount. Money in minor units, tax rates 10,000,000 = 100 %, percentageDecimal 10,000 = 1 %. The till"
                        + " adds up, unless total is given. cashRounding rounds what is paid to a multiple. createdTime: epoch"
                        + " milliseconds or ISO 8601.",
                "{\"merchantId\":\"3D19QN31ANYR5\",\"lines\":[{\"sku\":\"TB-000001\",\"units\":2,"
                        + "\"modifications\":[{\"name\":\"Gift wrap\",\"amount\":150}],"
                        + "\"discounts\":[{\"name\":\"Staff\",\"percentage\":10}],"
                        + "\"taxRates\":[{\"name\":\"Sales tax\",\"rate\":825000}]},{\"name\":\"Repair\",\"price\":1500}],"
                        + "\"discounts\":[{\"name\":\"Coupon\",\"amount\":-200}],"
                        + "\"serviceCharge\":{\"name\":\"Service\",\"percentageDecimal\":180000},\"tip\":100,"
                        + "\"tender\":\"cash\",\"orderType\":\"Pick Up\",\"customerEmail\":\"ada@example.com\"}",
                this::sale);
        routes.add("POST", "/clover/orders", "Changes an order later; addLines as the lines of a sale.",
                "{\"merchantId\":\"3D19QN31ANYR5\",\"orderId\":\"…\",\"addLines\":[{\"sku\":\"TB-000002\"}],"
                        + "\"note\":\"Window seat\"}",
                this::change);
    }

    private Object sale(ControlRequest request) {
        request.only("merchantId", "lines", "discounts", "serviceCharge", "paid", "payments", "tip", "tender", "orderType",
                "test", "employee", "customerEmail", "customerPhone", "createdTime", "state", "total", "cashRounding", "note",
                "title", "taxRemoved");
        Merchant merchant = merchant(book, request);
        SaleBook sales = merchant.sales;
        SaleInput input = new SaleInput(merchant);
        long made = SaleInput.time(request, "createdTime", sales.now());
        String device = sales.devices.get(sales.orders.all().size() % sales.devices.size());
        Order order = new Order(sales.newId(), till.moment(merchant, device, made), merchant, false);
        order.device = device;
        order.lines.addAll(input.lines(request, "lines", order.createdTime));
        order.discounts.addAll(input.discounts(request));
        order.serviceCharge = input.serviceCharge(request);
        order.employee = input.named("employees", request.text("employee", "Clerk"), "name", "id");
        order.orderType = request.has("orderType")
                ? input.named("order_types", request.text("orderType"), "label", "id")
                : null;
        order.testMode = request.flag("test", false);
        order.taxRemoved = request.flag("taxRemoved", false);
        order.note = request.text("note", null);
        order.title = request.text("title", null);
        if (request.has("customerEmail") || request.has("customerPhone")) {
            order.customers.add(input.customer(request.text("customerEmail", null), request.text("customerPhone", null)));
        }
        total(order, request);
        List<Payment> payments = payments(order, request, input, made);
        order.stateGiven = request.has("state");
        order.state = request.text("state", locked(order, request) ? "locked" : "open");
        till.open(order);
        payments.forEach(till::pay);
        Map<String, Object> answer = answer(order, order.lines);
        answer.put("paymentIds", payments.stream().map(payment -> payment.id).toList());
        return answer;
    }

    private static Map<String, Object> answer(Order order, List<OrderLine> lines) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("orderId", order.id);
        answer.put("total", order.total);
        answer.put("lineIds", lines.stream().map(line -> line.id).toList());
        return answer;
    }

    private void total(Order order, ControlRequest request) {
        order.totalGiven |= request.has("total");
        if (request.has("total")) {
            order.total = SaleInput.amount(request, "total", 0);
        } else {
            till.addUp(order);
        }
    }

    /** Paid orders are locked as the payment comes in; these would not be by themselves. */
    private static boolean locked(Order order, ControlRequest request) {
        return request.flag("paid", true) && !request.has("payments") && (order.total == 0 || request.has("cashRounding"));
    }

    private List<Payment> payments(Order order, ControlRequest request, SaleInput input, long made) {
        List<Payment> payments = new ArrayList<>();
        for (ControlRequest each : SaleInput.each(request, "payments")) {
            each.only("tender", "amount", "tip", "result");
            payments.add(MoneyControls.payment(till, order, each, input, SaleInput.amount(each, "amount"), made));
        }
        if (!request.has("payments") && request.flag("paid", true)) {
            long step = Math.max(1, SaleInput.amount(request, "cashRounding", 1));
            long amount = (order.total + step / 2) / step * step;
            if (amount > 0 || request.has("tip")) {
                payments.add(MoneyControls.payment(till, order, request, input, amount, made));
            }
        }
        return payments;
    }

    private Object change(ControlRequest request) {
        request.only("merchantId", "orderId", "addLines", "state", "note", "title", "total");
        Order order = order(book, request);
        order.note = request.text("note", order.note);
        order.title = request.text("title", order.title);
        order.stateGiven |= request.has("state");
        order.state = request.text("state", order.state);
        List<OrderLine> added = new SaleInput(order.merchant).lines(request, "addLines", order.merchant.sales.serverNow());
        order.lines.addAll(added);
        total(order, request);
        if (added.isEmpty()) {
            till.written(order);
        } else {
            till.linesChanged(order);
        }
        return answer(order, added);
    }

    /** @throws BadControlInput if there is no such order, or it is deleted */
    static Order order(CloverBook book, ControlRequest request) {
        Order order = merchant(book, request).sales.made(request.text("orderId"));
        if (order == null || order.deleted()) {
            throw new BadControlInput(404, "There is no such order.");
        }
        return order;
    }

    static Merchant merchant(CloverBook book, ControlRequest request) {
        Merchant merchant = book.known(request.text("merchantId", CloverBook.DEMO_MERCHANT));
        merchant.sales.settle();
        return merchant;
    }
}
