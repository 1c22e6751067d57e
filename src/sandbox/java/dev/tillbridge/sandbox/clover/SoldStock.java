package dev.tillbridge.sandbox.clover;

import java.math.BigDecimal;
import java.util.List;

import dev.tillbridge.sandbox.behaviour.Behaviour;
import dev.tillbridge.sandbox.behaviour.Switch;

/**
 * Lowers and raises items' stock for what is sold and given back, where the merchant has trackStock and updateStock on. Items
 * without a quantity are left alone. When, and whether at all, is not documented: docs.clover.com/docs/managing-item-availability
 * says only that point-of-sale and online orders lower stock.
 */
final class SoldStock {

    private final Behaviour behaviour;

    SoldStock(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    /** After any change of an order's lines, state or payments: what is due is taken. */
    void take(Order order) {
        if (!counts(order.merchant) || behaviour.is(Switch.SALE_DECREMENTS, "never")
                || (order.api && behaviour.is(Switch.API_ORDERS_DECREMENT, "no"))
                || (behaviour.is(Switch.SALE_DECREMENTS, "paid") && !order.settled())) {
            return;
        }
        for (OrderLine line : order.lines) {
            if (!line.takenFromStock && !line.exchanged && !line.givenBack) {
                line.takenFromStock = change(order.merchant, line, units(line).negate());
            }
        }
    }

    /** These lines were given back. */
    void giveBack(Merchant merchant, List<OrderLine> lines) {
        if (!counts(merchant) || behaviour.is(Switch.REFUNDS_RESTOCK, "no")) {
            return;
        }
        for (OrderLine line : lines) {
            if (line.takenFromStock) {
                line.givenBack = change(merchant, line, units(line));
                line.takenFromStock = !line.givenBack;
            }
        }
    }

    private static boolean counts(Merchant merchant) {
        return merchant.trackStock && merchant.updateStock;
    }

    private boolean change(Merchant merchant, OrderLine line, BigDecimal by) {
        if (line.item == null || line.item.quantity == null || line.item.deleted()) {
            return false;
        }
        BigDecimal quantity = line.item.quantity.add(by).stripTrailingZeros();
        merchant.items.sold(line.item, quantity.scale() < 0 ? quantity.setScale(0) : quantity,
                behaviour.is(Switch.STOCK_WRITE_TOUCHES_ITEM, "yes"));
        return true;
    }

    /** Of a PER_UNIT item what was measured, else one. */
    static BigDecimal units(OrderLine line) {
        boolean measured = line.unitQty != null && line.item != null && line.item.priceType.equals("PER_UNIT");
        return measured ? BigDecimal.valueOf(line.unitQty, 3) : BigDecimal.ONE;
    }
}
