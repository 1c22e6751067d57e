package dev.tillbridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaidRuleTest {

    @ParameterizedTest
    @CsvSource(nullValues = "null", value = {
            // total, received, cash, currency, order's state, payment state, paid
            "500, 500, false, USD, locked, PAID, true",
            "500, 500, false, USD, open, paid, true",
            "500, 500, false, USD, null, PAID, true",
            "500, 500, false, USD, locked, PARTIALLY_REFUNDED, true",
            "500, 500, false, USD, locked, REFUNDED, true",
            "500, 500, false, USD, locked, CREDITED, true",
            "500, 600, false, USD, locked, PAID, true",
            // A state or a sum alone is not enough.
            "500, 400, false, USD, locked, PAID, false",
            "500, 500, false, USD, locked, OPEN, false",
            "500, 500, false, USD, locked, null, false",
            "500, 400, false, USD, open, PARTIALLY_PAID, false",
            // Cash is rounded, cards are not, and never by a whole step.
            "441, 440, true, CAD, locked, PARTIALLY_PAID, true",
            "441, 440, true, CAD, locked, PAID, true",
            "443, 445, true, CAD, locked, PAID, true",
            "441, 440, false, CAD, open, PARTIALLY_PAID, false",
            "441, 436, true, CAD, open, PARTIALLY_PAID, false",
            "445, 440, true, CAD, open, PARTIALLY_PAID, false",
            "447, 440, true, NZD, locked, PARTIALLY_PAID, true",
            "441, 440, true, JPY, open, PARTIALLY_PAID, false",
            // Nothing is due: closed is done.
            "0, 0, false, USD, LOCKED, null, true",
            "0, 0, false, USD, open, OPEN, false",
            "0, 0, false, USD, null, null, false",
    })
    void a_sale_is_paid_where_money_and_state_say_so(long total, long received, boolean cash, String currency, String state,
            String paymentState, boolean paid) {
        var sale = Sales.of(total, Sales.item("L1", "I1", total)).in(currency).states(state, paymentState)
                .paid(cash ? Sales.cash("P1", received) : Sales.card("P1", received, 0)).sale();
        assertThat(PaidRule.paid(sale)).isEqualTo(paid);
    }

    @Test
    void a_sale_of_nothing_is_empty_and_never_paid() {
        var sale = Sales.of(0).paid().sale();
        assertThat(PaidRule.empty(sale)).isTrue();
        assertThat(PaidRule.paid(sale)).isFalse();
        assertThat(PaidRule.empty(Sales.of(500).sale())).isFalse();
        assertThat(PaidRule.empty(Sales.of(500, Sales.item("L1", "I1", 500)).paid().sale())).isFalse();
    }

    @Test
    void a_sale_is_voided_where_all_its_payments_are_or_it_is_deleted() {
        var sale = Sales.of(500, Sales.item("L1", "I1", 500));
        assertThat(PaidRule.voided(sale.sale())).isFalse();
        assertThat(PaidRule.voided(sale.paid().sale())).isFalse();
        assertThat(PaidRule.voided(sale.paid(Sales.voidedCard("P1", 500)).sale())).isTrue();
        assertThat(PaidRule.voided(sale.paid(Sales.voidedCard("P1", 500), Sales.card("P2", 500, 0)).sale())).isFalse();
        assertThat(PaidRule.voided(sale.gone().sale())).isTrue();
        assertThat(PaidRule.paid(sale.gone().sale())).isFalse();
    }
}
