package dev.tillbridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.tillbridge.order.SaleJudge.Known;

class SaleJudgeTest {

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final SaleJudge JUDGE = new SaleJudge(new SaleJudge.Rules(Sales.NOON.plusSeconds(60), true,
            Duration.ofMinutes(10), FIRST, Duration.ofHours(6), Duration.ofDays(30)));
    private static final Sales TEA = Sales.of(500, Sales.item("L1", "tea", 500));
    private static final Sales OPEN = TEA.paid().states("open", "OPEN");

    @Test
    void theStartIsForSalesNotYetBegun() {
        assertThat(JUDGE.judge(TEA.sale(), known(SaleStatus.SEEN, false, false, 0)).reasonCode()).isEqualTo("before-start");
        assertThat(JUDGE.judge(TEA.sale(), known(SaleStatus.HELD, true, false, 0)).status()).isEqualTo(SaleStatus.HELD);
        assertThat(JUDGE.judge(TEA.sale(), known(SaleStatus.WAITING, true, false, 0)).status()).isEqualTo(SaleStatus.READY);
    }

    @Test
    void whatWasTakenBackStillCountsAndWhatIsLeftOutByARuleDoesNot() {
        Known begun = known(SaleStatus.WAITING, true, false, 0);
        assertThat(JUDGE.judge(TEA.gone().sale(), begun).leftOut()).isFalse();
        assertThat(JUDGE.judge(OPEN.sale(), known(SaleStatus.WAITING, true, false, 31)).leftOut()).isFalse();
        assertThat(JUDGE.judge(TEA.sale(), known(SaleStatus.SEEN, false, false, 0)).leftOut()).isTrue();
    }

    @Test
    void looksEndWhereNothingHasChangedForLong() {
        Sale voided = TEA.paid(Sales.voidedCard("P1", 500)).states("open", "OPEN").sale();
        for (Sale sale : List.of(OPEN.sale(), voided, TEA.gone().sale())) {
            assertThat(JUDGE.judge(sale, known(SaleStatus.IMPORTED, true, true, 29)).lookIn()).isEqualTo(FIRST);
            assertThat(JUDGE.judge(sale, known(SaleStatus.IMPORTED, true, true, 30)).lookIn()).isNull();
        }
        assertThat(JUDGE.judge(OPEN.sale(), known(SaleStatus.WAITING, true, false, 29)).lookIn()).isEqualTo(FIRST);
        assertThat(JUDGE.judge(OPEN.sale(), known(SaleStatus.WAITING, true, false, 30)).lookIn()).isNull();
        assertThat(JUDGE.judge(TEA.sale(), known(SaleStatus.IMPORTED, true, true, 0)).lookIn()).isNull();
    }

    @Test
    void aSaleWithARefundThatMayStillFailIsLookedAtForAWhile() {
        var pending = new SaleRefund("R1", SaleRefund.Kind.REFUND, "P1", 500, 0, 0, List.of(), "PENDING", false, null,
                Sales.NOON);
        Sale sale = TEA.refunded(pending).sale();
        assertThat(JUDGE.judge(sale, known(SaleStatus.IMPORTED, true, true, 0)).lookIn()).isEqualTo(FIRST);
        assertThat(JUDGE.judge(sale, known(SaleStatus.READY, true, false, 0)).lookIn()).isEqualTo(FIRST);
        assertThat(JUDGE.judge(sale, known(SaleStatus.CREATING, true, false, 0)).lookIn()).isEqualTo(FIRST);
        assertThat(JUDGE.judge(sale, known(SaleStatus.IMPORTED, true, true, 30)).lookIn()).isNull();
        assertThat(JUDGE.judge(TEA.refunded(Sales.refund("R1", "P1", 500, 0)).sale(),
                known(SaleStatus.IMPORTED, true, true, 0)).lookIn()).isNull();
    }

    @Test
    void anOpenSaleThatIsImportedAsPendingIsLookedAtBecauseNoListTellsOfItsDeletion() {
        var pending = new SaleJudge(new SaleJudge.Rules(Sales.NOON, false, Duration.ofMinutes(10), FIRST, Duration.ofHours(6),
                Duration.ofDays(30)));
        SaleJudge.Verdict verdict = pending.judge(OPEN.sale(), known(SaleStatus.WAITING, true, false, 1));
        assertThat(verdict.status()).isEqualTo(SaleStatus.READY);
        assertThat(verdict.actIn()).isEqualTo(Duration.ZERO);
        assertThat(verdict.lookIn()).isEqualTo(FIRST);
    }

    @Test
    void anOpenSaleThatIsReadWhileItsOrderIsAskedForIsLookedAtAfterwardsToo() {
        assertThat(JUDGE.judge(OPEN.sale(), known(SaleStatus.CREATING, true, false, 0)).lookIn()).isEqualTo(FIRST);
        assertThat(JUDGE.judge(TEA.sale(), known(SaleStatus.CREATING, true, false, 0)).lookIn()).isNull();
    }

    private static Known known(SaleStatus status, boolean begun, boolean inStore, int unchangedForDays) {
        return new Known(status, null, null, false, inStore, begun, false, Duration.ofDays(unchangedForDays), 0);
    }
}
