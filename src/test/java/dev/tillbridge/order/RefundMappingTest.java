package dev.tillbridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class RefundMappingTest {

    private static final List<LineOrigin> ORIGINS = List.of(new LineOrigin("0", List.of("L1", "L2")),
            new LineOrigin("1", List.of("L3")), new LineOrigin("2", List.of()));
    private static final Sales SALE = Sales.of(1500, Sales.item("L1", "I1", 500), Sales.item("L2", "I1", 500),
            Sales.item("L3", "I2", 500)).paid(Sales.card("P1", 600, 0), Sales.card("P2", 400, 50), Sales.cash("P3", 500));

    @Test
    void named_lines_become_quantities_that_the_store_still_refunds() {
        var draft = draft(SALE, Sales.refund("R1", "P1", 500, 0, "L2", "L3"), order());
        assertThat(draft.lines()).containsExactly(new RefundDraft.Line("SL0", 1), new RefundDraft.Line("SL1", 1));
        assertThat(draft.idempotencyKey()).isEqualTo("KEY");
        assertThat(draft.note()).isEqualTo("Refunded at the till: Broken");
        var once = order(new StoreOrder.Transaction("TR", "REFUND", "SUCCESS", "Credit Card", new BigDecimal("5.00"), "T1"));
        var gone = new StoreOrder("O", "#1", "USD", false, "PAID", once.total(), BigDecimal.ZERO, null,
                List.of(line("SL0", "0", 2, 0)), once.transactions(), List.of());
        assertThat(draft(SALE, Sales.refund("R2", "P1", 100, 0, "L2"), gone).lines()).isEmpty();
    }

    @Test
    void money_goes_back_the_way_it_came_and_on_where_that_is_not_enough() {
        assertMoney(SALE, Sales.refund("R1", "P2", 300, 0), "T2 3.00");
        assertMoney(SALE, Sales.refund("R1", "P3", 500, 0), "T3 5.00");
        assertMoney(SALE, Sales.refund("R1", "P2", 1500, 0), "T2 4.00", "T1 6.00", "T3 5.00");
        assertMoney(SALE, Sales.refund("R1", null, 700, 0), "T1 6.00", "T2 1.00");
        // A tip that is no part of the order stays out.
        assertMoney(SALE, Sales.refund("R1", "P2", 450, 50), "T2 4.00");
    }

    @Test
    void earlier_refunds_leave_less() {
        var order = order(new StoreOrder.Transaction("TR", "REFUND", "SUCCESS", "Credit Card", new BigDecimal("3.00"), "T2"),
                new StoreOrder.Transaction("TF", "REFUND", "FAILURE", "Credit Card", new BigDecimal("6.00"), "T1"));
        assertThat(draft(SALE, Sales.refund("R2", "P2", 300, 0), order).transactions())
                .extracting(part -> part.parentId() + " " + part.amount()).containsExactly("T2 1.00", "T1 2.00");
        assertHeld(Sales.refund("R2", "P2", 1300, 0), order, "refund-exceeds");
    }

    @Test
    void what_was_rounded_is_not_left_behind() {
        var sale = Sales.of(441, Sales.item("L1", "I1", 441)).states("locked", "REFUNDED").paid(Sales.cash("P1", 440));
        var order = new StoreOrder("O", "#1", "USD", false, "PAID", new BigDecimal("4.41"), BigDecimal.ZERO, null, List.of(),
                List.of(new StoreOrder.Transaction("T1", "SALE", "SUCCESS", "Cash", new BigDecimal("4.41"), null)), List.of());
        assertThat(draft(sale, Sales.refund("R1", "P1", 440, 0), order).transactions())
                .extracting(part -> part.amount().toPlainString()).containsExactly("4.41");
    }

    @Test
    void what_the_store_cannot_refund_is_held_with_its_reason() {
        assertHeld(Sales.refund("R1", "P1", 500, 0), null, "order-not-visible");
        assertHeld(Sales.refund("R1", "P2", 50, 50), order(), "tip-only");
        assertHeld(Sales.refund("R1", "P1", 1501, 0), order(), "refund-exceeds");
        var all = order(new StoreOrder.Transaction("TR", "REFUND", "SUCCESS", "Credit Card", new BigDecimal("15.00"), null));
        assertHeld(Sales.refund("R1", "P1", 100, 0), all, "nothing-left");
        var other = new StoreOrder("O", "#1", "CAD", false, "PAID", BigDecimal.TEN, BigDecimal.ZERO, null, List.of(), List.of(),
                List.of());
        assertHeld(Sales.refund("R1", "P1", 100, 0), other, "currency-differs");
    }

    private static void assertMoney(Sales sale, SaleRefund refund, String... parts) {
        assertThat(draft(sale, refund, order()).transactions()).extracting(part -> part.parentId() + " " + part.amount())
                .containsExactly(parts);
    }

    private static void assertHeld(SaleRefund refund, StoreOrder order, String code) {
        var result = RefundMapping.map(SALE.sale(), refund, order, ORIGINS, false, "KEY");
        assertThat(((RefundMapping.Held) result).code()).isEqualTo(code);
    }

    private static RefundDraft draft(Sales sale, SaleRefund refund, StoreOrder order) {
        return ((RefundMapping.Mapped) RefundMapping.map(sale.sale(), refund, order, ORIGINS, false, "KEY")).draft();
    }

    private static StoreOrder order(StoreOrder.Transaction... refunds) {
        var transactions = new ArrayList<StoreOrder.Transaction>();
        transactions.add(new StoreOrder.Transaction("T1", "SALE", "SUCCESS", "Credit Card", new BigDecimal("6.00"), null));
        transactions.add(new StoreOrder.Transaction("T2", "SALE", "SUCCESS", "Credit Card", new BigDecimal("4.00"), null));
        transactions.add(new StoreOrder.Transaction("T3", "SALE", "SUCCESS", "Cash", new BigDecimal("5.00"), null));
        transactions.addAll(List.of(refunds));
        return new StoreOrder("O", "#1", "USD", false, "PAID", new BigDecimal("15.00"), BigDecimal.ZERO, null,
                List.of(line("SL0", "0", 2, 2), line("SL1", "1", 1, 1), line("SLX", null, 1, 1)), transactions, List.of());
    }

    private static StoreOrder.Line line(String id, String key, int quantity, int refundable) {
        return new StoreOrder.Line(id, key, null, "Line", quantity, refundable, new BigDecimal("5.00"));
    }
}
