package dev.tillbridge.clover;

import java.util.List;
import java.util.Map;

/**
 * An order with all that belongs to it, as Clover sends it; the lists are complete.
 *
 * @param order its own fields
 * @param opening the same order as it was read first, with service charge and customers
 */
record WholeOrder(OrderWire.Order order, OrderWire.Order opening, List<OrderWire.Discount> discounts,
        List<OrderWire.LineItem> lines, List<OrderWire.Payment> payments, List<OrderWire.Refund> refunds,
        List<OrderWire.Credit> credits) {

    /** What the till calls what the order names by id; what is not known is not in. */
    record Names(Map<String, OrderWire.Tender> tenders, Map<String, OrderWire.OrderType> orderTypes,
            Map<String, OrderWire.Employee> employees) {}
}
