package dev.tillbridge.clover;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.tillbridge.clover.CloverWire.Ref;
import dev.tillbridge.order.SaleMention;
import dev.tillbridge.order.SalePage;

class SaleMentionsTest {

    @Test
    void aRowOfNoOrderOrWithAnIdOfAnotherFormIsLeftOut() {
        SalePage page = SaleMentions.page(new RowPage<>(
                List.of(payment("P1", "O1", "125", "0"), payment("P2", null, "1", "0"), payment("P'3", "O1", "1", "0"),
                        payment("P4", "O/4", "1", "0"), payment("P5", "O1", "1.5", "0")),
                Instant.EPOCH, Instant.MAX), SaleMentions::payment);

        assertThat(page.mentions()).extracting(SaleMention::id).containsExactly("P1", "P5");
        assertThat(page.mentions()).extracting(SaleMention::amount).containsExactly(125L, null);
        assertThat(page.mentions()).extracting(SaleMention::saleId).containsOnly("O1");
        assertThat(page.asOf()).isEqualTo(Instant.EPOCH);
        assertThat(page.vendorTime()).isEqualTo(Instant.MAX);
    }

    @Test
    void aLateTipChangesTheStampOfItsPayment() {
        assertThat(SaleMentions.payment(payment("P1", "O1", "125", "20")).stamp())
                .isNotEqualTo(SaleMentions.payment(payment("P1", "O1", "125", "0")).stamp());
    }

    @Test
    void whatChangedInTheSecondOfTheAnswerIsNewsOnceMoreWhenThatIsOver() {
        String early = stampAt(2);
        assertThat(stampAt(3)).as("an answer may be a little older than it says").isEqualTo(early);
        assertThat(stampAt(4)).isNotEqualTo(early).isEqualTo(stampAt(60));
    }

    /** Of a payment that was changed at second 2, in a list that was answered at this second. */
    private static String stampAt(long second) {
        return SaleMentions.page(new RowPage<>(List.of(payment("P1", "O1", "125", "0")), null, Instant.ofEpochSecond(second)),
                SaleMentions::payment).mentions().get(0).stamp();
    }

    @Test
    void aRefundTakenBackHasAnotherStamp() {
        assertThat(SaleMentions.refund(refund(true)).stamp()).isNotEqualTo(SaleMentions.refund(refund(false)).stamp());
    }

    @Test
    void aCreditMayBeOfNoSale() {
        SaleMention credit = SaleMentions.credit(new OrderWire.Credit("K1", null, BigDecimal.TEN, null, null, 5000L));

        assertThat(credit).isEqualTo(new SaleMention(SaleMention.Kind.CREDIT, "K1", null, 10L, Instant.ofEpochMilli(5000),
                credit.stamp(), SaleMention.Money.RETURNED));
    }

    @Test
    void aMentionTellsWhetherMoneyWasReallyGivenBack() {
        assertThat(SaleMentions.refund(refund(false, "SUCCESS")).money()).isEqualTo(SaleMention.Money.RETURNED);
        assertThat(SaleMentions.refund(refund(false, null)).money()).isEqualTo(SaleMention.Money.RETURNED);
        assertThat(SaleMentions.refund(refund(false, "PENDING")).money()).isEqualTo(SaleMention.Money.PENDING);
        assertThat(SaleMentions.refund(refund(false, "FAIL")).money()).isEqualTo(SaleMention.Money.NOT_RETURNED);
        assertThat(SaleMentions.refund(refund(true, "SUCCESS")).money()).isEqualTo(SaleMention.Money.NOT_RETURNED);
        assertThat(SaleMentions.credit(new OrderWire.Credit("K1", null, BigDecimal.TEN, null, true, 5000L)).money())
                .isEqualTo(SaleMention.Money.NOT_RETURNED);
        assertThat(SaleMentions.payment(payment("P1", "O1", "125", "0")).money()).isNull();
    }

    private static OrderWire.Payment payment(String id, String order, String amount, String tip) {
        return new OrderWire.Payment(id, order == null ? null : new Ref(order), null, new BigDecimal(amount),
                new BigDecimal(tip), null, "SUCCESS", 1000L, 2000L);
    }

    private static OrderWire.Refund refund(boolean voided) {
        return refund(voided, "SUCCESS");
    }

    private static OrderWire.Refund refund(boolean voided, String status) {
        return new OrderWire.Refund("R1", new Ref("O1"), null, BigDecimal.ONE, null, null, null, voided, null, status,
                1000L);
    }
}
