package dev.tillbridge.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

import dev.tillbridge.stock.StockDecision.Verdict;

class StockRulesTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    // --- Target ---

    @Property
    void a_tracked_variant_never_shows_more_than_the_store_may_sell_nor_less_than_nothing(
            @ForAll @LongRange(min = -1000, max = 1000) long available, @ForAll @LongRange(min = 0, max = 100) long safety,
            @ForAll @LongRange(min = 0, max = 100) long unposted) {
        long target = TargetQuantity.of(true, false, available, safety, unposted, 7L).orElseThrow();

        assertThat(target).isGreaterThanOrEqualTo(0);
        assertThat(target == 0 || target + safety + unposted == available).isTrue();
        assertThat(target).isLessThanOrEqualTo(Math.max(0, available));
    }

    @Property
    void a_larger_safety_stock_never_shows_more(@ForAll @LongRange(min = -50, max = 1000) long available,
            @ForAll @LongRange(min = 0, max = 100) long safety, @ForAll @LongRange(min = 0, max = 100) long more) {
        assertThat(TargetQuantity.of(true, false, available, safety + more, 0, null).orElseThrow())
                .isLessThanOrEqualTo(TargetQuantity.of(true, false, available, safety, 0, null).orElseThrow());
    }

    @Example
    void a_gone_variant_is_sold_out_and_an_untracked_one_shows_its_default_or_is_left_alone() {
        assertThat(TargetQuantity.of(true, true, 10L, 0, 0, 5L)).hasValue(0);
        assertThat(TargetQuantity.of(false, false, 10L, 3, 0, 5L)).hasValue(5);
        assertThat(TargetQuantity.of(false, false, 10L, 3, 0, null)).isEqualTo(OptionalLong.empty());
        assertThat(TargetQuantity.of(true, false, null, 3, 0, 5L)).as("never read").isEmpty();
    }

    // --- Explanation ---

    @Property
    void a_reading_is_explained_by_sales_in_the_range_and_by_nothing_beyond(@ForAll @IntRange(min = 0, max = 100) int before,
            @ForAll @IntRange(min = 0, max = 20) int certain, @ForAll @IntRange(min = 0, max = 20) int perhaps,
            @ForAll @IntRange(min = 0, max = 5) int returned, @ForAll @IntRange(min = -60, max = 130) int now) {
        UnitsSold sold = new UnitsSold(of(certain), of(certain + perhaps), of(returned));

        assertThat(sold.explain(of(before), of(now)))
                .isEqualTo(now >= before - certain - perhaps && now <= before - certain + returned);
    }

    @Example
    void units_that_contradict_each_other_are_refused() {
        assertThatThrownBy(() -> new UnitsSold(of(2), of(1), of(0))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("certain <= possible");
    }

    // --- Decision ---

    @Example
    void the_first_reading_is_taken_as_it_is_and_written_over() {
        StockDecision decision = decide(KnownStock.NOTHING, of(7), 12);

        assertThat(decision.verdict()).isEqualTo(Verdict.BASELINE);
        assertThat(decision.write()).isEqualByComparingTo("12");
        assertThat(decision.meanwhile()).isEqualTo(new KnownStock(of(7), of(12), null, null, false));
    }

    @Example
    void an_absent_quantity_is_written() {
        assertThat(decide(KnownStock.settled(of(3)), null, 12).write()).isEqualByComparingTo("12");
    }

    @Example
    void what_is_right_is_not_written() {
        assertThat(decide(KnownStock.settled(of(12)), of(12), 12).write()).isNull();
        assertThat(decide(KnownStock.settled(of(12)), new BigDecimal("12.000"), 12).write()).isNull();
    }

    @Example
    void a_lost_answer_is_found_done_and_not_written_again() {
        StockDecision decision = decide(new KnownStock(of(7), of(12), null, null, false), of(12), 12);

        assertThat(decision.foundDone()).isTrue();
        assertThat(decision.write()).isNull();
        assertThat(decision.after()).isEqualTo(KnownStock.settled(of(12)));
    }

    @Property
    void an_unexplained_reading_is_never_raised(@ForAll("known") KnownStock known,
            @ForAll @IntRange(min = -20, max = 60) int reading,
            @ForAll @IntRange(min = 0, max = 60) int target) {
        StockDecision decision = decide(known, of(reading), target);

        if (decision.verdict() == Verdict.UNEXPLAINED || decision.verdict() == Verdict.RECOUNT
                || decision.verdict() == Verdict.UNDER_RECOUNT) {
            assertThat(decision.write() == null || decision.write().compareTo(of(reading)) < 0).isTrue();
            assertThat(decision.write() == null || decision.write().signum() >= 0).isTrue();
        }
    }

    @Property
    void a_written_value_is_explained_by_itself_afterwards(@ForAll("known") KnownStock known,
            @ForAll @IntRange(min = -20, max = 60) int reading, @ForAll @IntRange(min = 0, max = 60) int target) {
        StockDecision first = decide(known, of(reading), target);
        BigDecimal shown = first.write() == null ? of(reading) : first.write();

        StockDecision again = decide(first.after(), shown, target);

        assertThat(again.write()).isNull();
        assertThat(again.after().recount() || again.after().unexplainedSince() != null)
                .isEqualTo(first.after().recount() || first.after().unexplainedSince() != null);
    }

    @Property
    void whether_the_answer_to_a_write_came_or_was_lost_makes_no_difference(@ForAll("known") KnownStock known,
            @ForAll @IntRange(min = 0, max = 60) int reading, @ForAll @IntRange(min = 0, max = 60) int target,
            @ForAll @IntRange(min = 0, max = 60) int later) {
        StockDecision decision = decide(known, of(reading), target);
        if (decision.write() == null) {
            return;
        }
        StockDecision confirmed = decide(decision.after(), decision.write(), later);
        StockDecision lost = decide(decision.meanwhile(), decision.write(), later);

        assertThat(lost.foundDone()).isTrue();
        assertThat(lost.write()).isEqualTo(confirmed.write());
        assertThat(lost.after()).isEqualTo(confirmed.after());
    }

    /**
     * A till whose figure a person changed by {@code recount} units, while the target moves: it follows each fall, never
     * rises, and the difference the person made is still the same when the recount is settled.
     */
    @Property
    void under_a_recount_the_till_follows_falls_and_keeps_the_difference(@ForAll @IntRange(min = 30, max = 60) int start,
            @ForAll @IntRange(min = -9, max = 20) int recount,
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 10, max = 60) Integer> targets) {
        if (recount == 0) {
            return;
        }
        KnownStock known = KnownStock.settled(of(start));
        BigDecimal till = of(start + recount);
        int lowest = start;
        Instant now = NOON;
        for (int target : targets) {
            StockDecision decision = StockDecision.of(known, till, target, UnitsSold.NONE, now, TWO_MINUTES);
            assertThat(decision.verdict()).isIn(Verdict.UNEXPLAINED, Verdict.RECOUNT, Verdict.UNDER_RECOUNT);
            BigDecimal before = till;
            till = decision.write() == null ? till : decision.write();
            known = decision.after();
            lowest = Math.min(lowest, target);
            assertThat(till).isLessThanOrEqualTo(before);
            assertThat(till).isEqualByComparingTo(of(lowest + recount));
            assertThat(till.subtract(known.settled())).isEqualByComparingTo(of(recount));
            now = now.plusSeconds(50);
        }
    }

    @Example
    void an_unexplained_reading_becomes_a_recount_after_two_minutes_and_not_before() {
        StockDecision first = StockDecision.of(KnownStock.settled(of(10)), of(4), 10, UnitsSold.NONE, NOON, TWO_MINUTES);
        assertThat(first.verdict()).isEqualTo(Verdict.UNEXPLAINED);
        assertThat(first.write()).isNull();

        StockDecision early = StockDecision.of(first.after(), of(4), 10, UnitsSold.NONE, NOON.plusSeconds(119), TWO_MINUTES);
        assertThat(early.verdict()).isEqualTo(Verdict.UNEXPLAINED);
        StockDecision late = StockDecision.of(early.after(), of(4), 10, UnitsSold.NONE, NOON.plusSeconds(120), TWO_MINUTES);
        assertThat(late.verdict()).isEqualTo(Verdict.RECOUNT);
        assertThat(late.after().recount()).isTrue();
        assertThat(late.write()).isNull();
    }

    @Example
    void sales_found_within_the_two_minutes_explain_the_reading_after_all() {
        StockDecision first = decide(KnownStock.settled(of(10)), of(8), 10);
        StockDecision second = StockDecision.of(first.after(), of(8), 8, new UnitsSold(of(2), of(2), of(0)), NOON, TWO_MINUTES);

        assertThat(second.verdict()).isEqualTo(Verdict.EXPLAINED);
        assertThat(second.after()).isEqualTo(KnownStock.settled(of(8)));
    }

    @Example
    void a_recount_vanishes_when_the_till_shows_again_what_was_expected() {
        KnownStock open = new KnownStock(of(10), null, of(4), NOON, true);

        StockDecision decision = decide(open, of(10), 12);

        assertThat(decision.verdict()).isEqualTo(Verdict.RECOUNT_VANISHED);
        assertThat(decision.write()).isEqualByComparingTo("12");
    }

    @Example
    void a_recount_is_overwritten_where_that_is_the_choice() {
        assertThat(StockDecision.overwrite(of(4), 10).write()).isEqualByComparingTo("10");
        assertThat(StockDecision.overwrite(of(10), 10).write()).isNull();
    }

    @Provide
    Arbitrary<KnownStock> known() {
        Arbitrary<BigDecimal> units = Arbitraries.integers().between(-5, 60).map(StockRulesTest::of);
        Arbitrary<KnownStock> calm = Combinators.combine(units.injectNull(0.1), units.injectNull(0.6))
                .as((settled, sent) -> new KnownStock(settled, sent, null, null, false));
        Arbitrary<KnownStock> doubtful = Combinators.combine(units, units, Arbitraries.of(true, false))
                .as((settled, seen, recount) -> new KnownStock(settled, null, seen, NOON.minusSeconds(30), recount));
        return Arbitraries.oneOf(calm, doubtful);
    }

    private static StockDecision decide(KnownStock known, BigDecimal reading, long target) {
        return StockDecision.of(known, reading, target, UnitsSold.NONE, NOON, TWO_MINUTES);
    }

    private static BigDecimal of(long units) {
        return BigDecimal.valueOf(units);
    }
}
