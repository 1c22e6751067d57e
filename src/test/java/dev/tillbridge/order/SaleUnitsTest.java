package dev.tillbridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class SaleUnitsTest {

    private static final Sales TWO_APPLES = Sales.of(1350, Sales.marked("L1", "I1", false, false, false),
            Sales.marked("L2", "I1", false, false, false), Sales.kilos("L3", "I2", 1000, 350));

    @Test
    void units_are_counted_by_item_and_measured_ones_are_decimals() {
        var units = SaleUnits.of(TWO_APPLES.sale(), Restock.LINES, false);
        assertThat(units.keySet()).containsExactly("I1", "I2");
        assertThat(units.get("I1").wanted()).isEqualByComparingTo("2");
        assertThat(units.get("I1").name()).isEqualTo("Item I1");
        assertThat(units.get("I2").wanted()).isEqualByComparingTo("0.350");
    }

    @Test
    void lines_without_an_item_fees_and_exchanged_lines_are_no_goods() {
        var sale = Sales.of(500, Sales.marked("L1", null, false, false, false), Sales.marked("L2", "I1", false, true, false),
                Sales.marked("L3", "I1", false, false, true)).sale();
        assertThat(SaleUnits.of(sale, Restock.ALL, false)).isEmpty();
    }

    @Test
    void an_unpaid_sale_takes_nothing() {
        var units = SaleUnits.of(TWO_APPLES.states("open", "OPEN").paid().sale(), Restock.LINES, false).get("I1");
        assertThat(units.sold()).isEqualByComparingTo("2");
        assertThat(units.wanted()).isEqualByComparingTo("0");
        assertThat(SaleUnits.of(TWO_APPLES.gone().paid().sale(), Restock.LINES, false).get("I1").wanted())
                .isEqualByComparingTo("0");
    }

    @Test
    void refunded_lines_come_back_by_the_merchants_choice() {
        var named = TWO_APPLES.refunded(Sales.refund("R1", "P1", 500, 0, "L1"));
        assertWanted(named, "1", "2", "1");
        assertWanted(Sales.of(500, Sales.marked("L1", "I1", true, false, false)), "0", "1", "0");
        // By amount: part of the sale, then all of it.
        assertWanted(TWO_APPLES.refunded(Sales.refund("R1", "P1", 500, 0)), "2", "2", "2");
        assertWanted(TWO_APPLES.refunded(Sales.refund("R1", "P1", 850, 0), Sales.refund("R2", "P1", 600, 100)), "2", "2", "0");
        var failed = new SaleRefund("R1", SaleRefund.Kind.REFUND, "P1", 1350, 0, 0, List.of("L1"), "FAIL", false, null,
                Sales.NOON);
        assertWanted(TWO_APPLES.refunded(failed), "2", "2", "2");
    }

    @Test
    void a_voided_or_deleted_sale_comes_back_whole() {
        assertWanted(TWO_APPLES.paid(Sales.voidedCard("P1", 1350)).states("open", "OPEN"), "0", "2", "0");
    }

    @Test
    void goods_of_a_sale_that_was_paid_once_stay_off_the_stock_until_they_are_given_back() {
        Sales unpaid = TWO_APPLES.paid(Sales.card("P1", 700, 0), Sales.voidedCard("P2", 650)).states("open", "PARTIALLY_PAID");
        assertThat(SaleUnits.of(unpaid.sale(), Restock.LINES, true).get("I1").wanted()).isEqualByComparingTo("2");
        assertThat(SaleUnits.of(unpaid.sale(), Restock.LINES, false).get("I1").wanted()).isEqualByComparingTo("0");

        Sales named = unpaid.refunded(Sales.refund("R1", "P1", 500, 0, "L1"));
        assertThat(SaleUnits.of(named.sale(), Restock.LINES, true).get("I1").wanted()).isEqualByComparingTo("1");
        assertThat(SaleUnits.of(named.sale(), Restock.NONE, true).get("I1").wanted()).isEqualByComparingTo("2");
        Sales voided = unpaid.paid(Sales.voidedCard("P1", 700), Sales.voidedCard("P2", 650)).states("open", "OPEN");
        assertThat(SaleUnits.of(voided.sale(), Restock.LINES, true).get("I1").wanted()).isEqualByComparingTo("0");
        assertThat(SaleUnits.of(voided.sale(), Restock.NONE, true).get("I1").wanted()).isEqualByComparingTo("2");
        assertThat(SaleUnits.of(unpaid.gone().sale(), Restock.LINES, true).get("I1").wanted()).isEqualByComparingTo("0");
    }

    private static void assertWanted(Sales sale, String lines, String none, String all) {
        assertThat(SaleUnits.of(sale.sale(), Restock.LINES, false).get("I1").wanted()).isEqualByComparingTo(lines);
        assertThat(SaleUnits.of(sale.sale(), Restock.NONE, false).get("I1").wanted()).isEqualByComparingTo(none);
        assertThat(SaleUnits.of(sale.sale(), Restock.ALL, false).get("I1").wanted()).isEqualByComparingTo(all);
    }
}
