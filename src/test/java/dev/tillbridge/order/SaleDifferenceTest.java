package dev.tillbridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SaleDifferenceTest {

    private static final Sales SALE = Sales.of(1000, Sales.item("L1", "I1", 500, Sales.STATE), Sales.item("L2", "I2", 500));

    @Test
    void notes_refunds_and_late_tips_that_are_left_out_are_no_difference() {
        assertSame(SALE, false, SALE);
        assertThat(SaleDifference.between(SALE.sale(), SALE.sale("Extra napkins", Sales.NOON.plusSeconds(5)), true)).isEmpty();
        assertSame(SALE, true, SALE.states("locked", "REFUNDED").refunded(Sales.refund("R1", "P1", 1000, 0, "L1")));
        assertSame(SALE, false, SALE.paid(Sales.card("P1", 1000, 200)));
        assertSame(Sales.of(500, Sales.marked("L1", "I1", false, false, false)), true,
                Sales.of(500, Sales.marked("L1", "I1", true, false, false)));
    }

    @Test
    void a_change_is_told_in_words() {
        assertChange(
                Sales.of(1500, Sales.item("L1", "I1", 700, Sales.STATE), Sales.item("L3", "I2", 500),
                        Sales.item("L4", "I2", 500)),
                "2 lines were added", "1 line was removed", "1 line was changed", "the total was 10.00 and is now 15.00",
                "the payments changed, from 10.00 to 15.00");
        assertChange(SALE.off(Sales.percent("Late", 10)), "the discounts changed");
        assertChange(SALE.charged(100_000), "the service charge changed");
        assertChange(SALE.withoutTaxes(), "the taxes changed");
        assertChange(SALE.paid(Sales.cash("P2", 1000)), "the payments changed");
        assertChange(SALE.paid(Sales.card("P1", 1000, 200)), "the payments changed, from 10.00 to 12.00");
    }

    @Test
    void a_hash_differs_where_content_does_and_not_by_notes_or_order() {
        String hash = SaleHash.of(SALE.sale());
        assertThat(hash).matches("[0-9a-f]{64}");
        assertThat(SaleHash.of(SALE.sale("Note", Sales.NOON.plusSeconds(9)))).isEqualTo(hash);
        var turned = Sales.of(1000, Sales.item("L2", "I2", 500), Sales.item("L1", "I1", 500, Sales.STATE));
        assertThat(SaleHash.of(turned.sale())).isEqualTo(hash);
        var open = SALE.states("open", "PAID");
        assertThat(SaleHash.of(open.sale())).isNotEqualTo(hash);
        var refunded = SALE.refunded(Sales.refund("R1", "P1", 100, 0));
        assertThat(SaleHash.of(refunded.sale())).isNotEqualTo(hash);
        assertThat(SaleHash.of(SALE.paid(Sales.card("P1", 1000, 5)).sale())).isNotEqualTo(hash);
    }

    private static void assertSame(Sales imported, boolean tips, Sales now) {
        assertThat(SaleDifference.between(imported.sale(), now.sale(), tips)).isEmpty();
    }

    private static void assertChange(Sales now, String... words) {
        assertThat(SaleDifference.between(SALE.sale(), now.sale(), true)).get()
                .isEqualTo("Changed at the till after import: " + String.join("; ", words) + ".");
    }
}
