package dev.tillbridge.order;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The lines of the store's order that a refund of the till names. */
final class RefundedLines {

    private RefundedLines() {}

    /** Never more than the store would still refund; empty where the refund is by amount. */
    static List<RefundDraft.Line> of(SaleRefund refund, StoreOrder order, List<LineOrigin> origins) {
        Set<String> named = new HashSet<>(refund.lineIds());
        var lines = new ArrayList<RefundDraft.Line>();
        for (LineOrigin origin : origins) {
            int units = (int) origin.lineIds().stream().filter(named::contains).count();
            for (StoreOrder.Line line : order.lines()) {
                int quantity = Math.min(units, line.refundableQuantity());
                if (origin.key().equals(line.key()) && quantity > 0) {
                    lines.add(new RefundDraft.Line(line.id(), quantity));
                }
            }
        }
        return lines;
    }
}
