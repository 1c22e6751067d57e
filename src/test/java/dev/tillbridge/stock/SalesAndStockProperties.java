package dev.tillbridge.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

import dev.tillbridge.stock.SimulatedTill.Lowers;
import dev.tillbridge.stock.StockDecision.Verdict;

/**
 * The rules against a till that sells: sales opened, paid or never paid, found at once or late, refunds that restock or not, a
 * clock that is off, sales between our reading and our write, answers that are lost.
 */
class SalesAndStockProperties {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    enum Kind {
        OPEN,
        PAY,
        REFUND,
        SOLD_IN_THE_SHOP,
        LOOK,
        LOOK_AND_LOSE_THE_ANSWER,
        LOOK_AND_LOSE_THE_WRITE,
        LOOK_WHILE_SELLING
    }

    record Step(Kind kind, int units, int seconds, int hiddenFor) {}

    private KnownStock known;
    private Instant sentAt;
    private boolean lowers;

    @Property(tries = 3000)
    void nothing_is_raised_over_the_rule_and_what_sales_alone_did_ends_explained(@ForAll Lowers when, @ForAll boolean restocks,
            @ForAll @IntRange(min = -110, max = 110) int clockOff, @ForAll boolean answersAreLost,
            @ForAll("steps") List<Step> steps) {
        SimulatedTill till = new SimulatedTill(when, restocks, Duration.ofSeconds(clockOff), NOON, 40);
        known = KnownStock.settled(BigDecimal.valueOf(40), NOON);
        sentAt = null;
        lowers = false;

        for (Step step : steps) {
            till.pass(Duration.ofSeconds(step.seconds()));
            take(till, step, answersAreLost);
        }
        till.pass(Duration.ofMinutes(20));
        assertThat(till.allFound()).isTrue();
        // What was learnt wrongly of the till is unlearnt by a look, and the next one decides by it.
        for (int i = 0; i < 3; i++) {
            till.pass(Duration.ofSeconds(10));
            look(till, Kind.LOOK);
        }

        assertThat(known.recount()).isFalse();
        assertThat(known.doubtful()).isFalse();
        assertThat(till.quantity).isEqualTo(till.target().intValueExact());
    }

    private void take(SimulatedTill till, Step step, boolean answersAreLost) {
        Duration hidden = Duration.ofSeconds(step.hiddenFor());
        switch (step.kind()) {
            case OPEN -> till.open(step.units(), hidden);
            case PAY -> till.pay(hidden);
            // Of a quantity that rose it cannot be told from which of two values, so the two are not mixed here.
            case REFUND -> till.refund(answersAreLost ? Duration.ZERO : hidden);
            case SOLD_IN_THE_SHOP -> till.available -= step.units();
            case LOOK, LOOK_WHILE_SELLING -> look(till, step.kind());
            case LOOK_AND_LOSE_THE_ANSWER, LOOK_AND_LOSE_THE_WRITE -> look(till, answersAreLost ? step.kind() : Kind.LOOK);
        }
    }

    private void look(SimulatedTill till, Kind kind) {
        Instant asOf = till.now;
        BigDecimal reading = BigDecimal.valueOf(till.quantity);
        till.pass(Duration.ofSeconds(1));
        BigDecimal target = till.target();
        Instant untouched = sentAt != null && sentAt.isAfter(known.settledAsOf()) ? sentAt : known.settledAsOf();
        SoldSince sold = till.soldSince(known.settledAsOf(), untouched, asOf);
        StockDecision decision = StockDecision.of(known, reading, target, sold.range(lowers), asOf, TWO_MINUTES);
        lowers = sold.lowers(known, reading).orElse(lowers);
        assertThat(decision.write()).satisfiesAnyOf(write -> assertThat(write).isNull(),
                write -> assertThat(write).isEqualByComparingTo(target),
                write -> assertThat(write).isLessThan(reading));
        if (decision.write() == null) {
            known = decision.meanwhile();
            return;
        }
        boolean doubtful = decision.after().doubtful();
        assertThat(doubtful).isEqualTo(decision.verdict() == Verdict.UNEXPLAINED || decision.verdict() == Verdict.RECOUNT
                || decision.verdict() == Verdict.UNDER_RECOUNT);
        assertThat(doubtful && decision.write().compareTo(reading) >= 0).as("raised in doubt").isFalse();
        sentAt = till.now;
        if (kind == Kind.LOOK_WHILE_SELLING) {
            till.open(1, Duration.ofSeconds(3));
            till.pay(Duration.ofSeconds(3));
            till.pass(Duration.ofSeconds(1));
        }
        Instant writtenAt = till.now;
        if (kind != Kind.LOOK_AND_LOSE_THE_WRITE) {
            till.quantity = decision.write().intValueExact();
        }
        boolean confirmed = kind == Kind.LOOK || kind == Kind.LOOK_WHILE_SELLING;
        known = confirmed ? decision.after().confirmed(writtenAt) : decision.meanwhile();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> seconds = Arbitraries.of(1, 2, 3, 10, 60, 150, 400);
        Arbitrary<Integer> hidden = Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.of(0, 1, 4)),
                Tuple.of(1, Arbitraries.of(30, 130, 600)));
        Arbitrary<Step> step = Combinators
                .combine(Arbitraries.of(Kind.class), Arbitraries.integers().between(1, 4), seconds, hidden).as(Step::new);
        return step.list().ofMinSize(1).ofMaxSize(40);
    }
}
