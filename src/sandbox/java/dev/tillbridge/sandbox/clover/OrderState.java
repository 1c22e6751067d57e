package dev.tillbridge.sandbox.clover;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An order in {@code GET /_sandbox/state}. Money in minor units, times in epoch milliseconds.
 *
 * @param lines goods of the same item and name in one row, neither exchanged ones nor fees
 * @param paid received, without tips
 * @param refunded given back for payments, with tips
 * @param refundedTips how much of that were tips
 * @param credited given back by manual refunds that name the order
 */
record OrderState(String id, String merchantId, Long total, String currency, String state, String paymentState,
        long createdTime, long modifiedTime, List<Goods> lines, long paid, long tips, long refunded, long refundedTips,
        long credited,
        boolean deleted, boolean test, String note) {

    /** @param refundedUnits how many of the units are marked as given back */
    record Goods(String itemId, String sku, String name, BigDecimal units, BigDecimal refundedUnits) {}

    static OrderState of(Order order) {
        return new OrderState(order.id, order.merchant.id, order.total, order.currency, order.state, order.paymentState(),
                order.createdTime, order.modifiedTime, goods(order), order.paid(), order.tips(), order.givenBack(),
                order.refunds.stream().mapToLong(refund -> refund.tip).sum(),
                order.credits.stream().mapToLong(credit -> credit.amount).sum(), order.deleted(), order.testMode, order.note);
    }

    private static List<Goods> goods(Order order) {
        Map<String, Goods> goods = new LinkedHashMap<>();
        for (OrderLine line : order.lines) {
            if (line.exchanged || line.fee) {
                continue;
            }
            BigDecimal units = SoldStock.units(line);
            String itemId = line.item == null ? null : line.item.id;
            goods.merge(itemId + "|" + line.name, new Goods(itemId, line.item == null ? null : line.item.sku, line.name,
                    units, line.refunded ? units : BigDecimal.ZERO),
                    (one, other) -> new Goods(one.itemId, one.sku, one.name, one.units.add(other.units),
                            one.refundedUnits.add(other.refundedUnits)));
        }
        return List.copyOf(goods.values());
    }
}
