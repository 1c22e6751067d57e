package dev.tillbridge.sandbox.clover;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Orders of mixed shapes for one merchant, the same for the same seed and items. */
final class RandomSales {

    private static final long SALES_TAX = 825_000;
    private static final int MOST_LINES = 4;

    private final Till till;
    private final Merchant merchant;
    private final Random random;
    private final SaleInput input;
    private final List<Item> items;
    private final OrderLine.Tax tax;
    private final String employee;

    /** @param random of what is sold */
    RandomSales(Till till, Merchant merchant, Random random) {
        this.till = till;
        this.merchant = merchant;
        this.random = random;
        this.input = new SaleInput(merchant);
        this.items = merchant.items.all().stream().filter(item -> !item.deleted()).toList();
        this.tax = input.tax("Sales tax", SALES_TAX, null);
        this.employee = input.named("employees", "Clerk", "name");
    }

    /** An order with its lines, added up, open; neither paid nor in the book yet. */
    Order next(long made) {
        SaleBook book = merchant.sales;
        String device = book.devices.get(random.nextInt(book.devices.size()));
        Order order = new Order(book.newId(), till.moment(merchant, device, made), merchant, false);
        order.device = device;
        order.employee = employee;
        order.state = random.nextInt(8) == 0 ? "OPEN" : "open";
        if (random.nextInt(6) == 0) {
            order.orderType = input.named("order_types", random.nextBoolean() ? "Pick Up" : "Delivery", "label");
        }
        int lines = 1 + random.nextInt(MOST_LINES);
        for (int i = 0; i < lines; i++) {
            order.lines.add(line(order));
        }
        if (random.nextInt(12) == 0) {
            order.discounts.add(random.nextBoolean()
                    ? new Discount(book.newId(), "Loyalty", 10L, null)
                    : new Discount(book.newId(), "Coupon", null, -200L));
        }
        if (random.nextInt(20) == 0) {
            order.serviceCharge = new Charge(book.newId(), "Service Charge", 180_000);
        }
        till.addUp(order);
        return order;
    }

    private OrderLine line(Order order) {
        Item item = items.isEmpty() || random.nextInt(12) == 0 ? null : items.get(random.nextInt(items.size()));
        OrderLine line = new OrderLine(merchant.sales.newId(), item);
        line.name = item == null ? "Custom Item" : item.name;
        line.price = item == null || item.price == 0 ? 100 + random.nextInt(4_900) : item.price;
        if (item != null && item.priceType.equals("PER_UNIT")) {
            line.unitQty = 100L + random.nextInt(2_900);
        }
        line.createdTime = order.createdTime;
        if (random.nextInt(8) == 0) {
            line.modifications = List.of(new OrderLine.Modification(merchant.sales.newId(), "Gift wrap", 150));
        }
        if (random.nextInt(10) == 0) {
            line.discounts = List.of(new Discount(merchant.sales.newId(), "Staff", 15L, null));
        }
        if (random.nextInt(4) > 0) {
            line.taxRates = List.of(tax);
        }
        return line;
    }

    /** What pays it: mostly one payment, sometimes two; some with a tip. Nothing for an order of 0. */
    List<Payment> payments(Order order, long made) {
        List<Payment> payments = new ArrayList<>();
        long left = order.total;
        if (left > 1 && random.nextInt(10) == 0) {
            payments.add(payment(order, left / 2, made));
            left -= left / 2;
        }
        if (left > 0) {
            payments.add(payment(order, left, made));
        }
        return payments;
    }

    private Payment payment(Order order, long amount, long made) {
        boolean cash = random.nextInt(3) == 0;
        Payment payment = new Payment(merchant.sales.newId(), till.moment(merchant, order.device, made), order,
                input.named("tenders", cash ? "cash" : "credit_card", "labelKey"), amount);
        payment.cash = cash;
        payment.tip = !cash && random.nextInt(4) == 0 ? amount / 10 : 0;
        return payment;
    }
}
