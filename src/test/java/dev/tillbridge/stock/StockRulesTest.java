package dev.tillbridge.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

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
        long target = target(available, safety, of(unposted)).longValueExact();

        assertThat(target).isGreaterThanOrEqualTo(0);
        assertThat(target == 0 || target + safety + unposted == available).isTrue();
        assertThat(target).isLessThanOrEqualTo(Math.max(0, available));
    }

    @Property
    void a_larger_safety_stock_never_shows_more(@ForAll @LongRange(min = -50, max = 1000) long available,
            @ForAll @LongRange(min = 0, max = 100) long safety, @ForAll @LongRange(min = 0, max = 100) long more) {
        assertThat(target(available, safety + more, of(0))).isLessThanOrEqualTo(target(available, safety, of(0)));
    }

    @Example
    void fractions_of_measured_goods_come_off_the_target_and_units_given_back_go_on_it() {
        assertThat(target(10, 2, new BigDecimal("1.25"))).isEqualByComparingTo("6.75");
        assertThat(target(10, 2, of(-3))).isEqualByComparingTo("11");
        assertThat(target(1, 0, new BigDecimal("1.001"))).isEqualByComparingTo("0");
    }

    @Example
    void the_journal_says_what_the_target_was_made_of() {
        assertThat(basis("1.250").inWords()).isEqualTo("The store has 12 available, 3 held back as safety stock,"
                + " 1.25 sold on tills and not posted yet");
        assertThat(basis("0.000").inWords()).isEqualTo("The store has 12 available, 3 held back as safety stock");
        assertThat(basis("-2.000").inWords()).endsWith(", 2 given back on tills and not posted yet");
    }

    @Example
    void a_gone_variant_is_sold_out_and_an_untracked_one_shows_its_default_or_is_left_alone() {
        assertThat(TargetQuantity.of(true, true, 10L, 0, of(0), 5L)).hasValue(of(0));
        assertThat(TargetQuantity.of(false, false, 10L, 3, of(2), 5L)).hasValue(of(5));
        assertThat(TargetQuantity.of(false, false, 10L, 3, of(0), null)).isEmpty();
        assertThat(TargetQuantity.of(true, false, null, 3, of(0), 5L)).as("never read").isEmpty();
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
        assertThat(decision.meanwhile()).isEqualTo(new KnownStock(of(7), NOON, of(12), null, null, false));
    }

    @Example
    void an_absent_quantity_is_written() {
        assertThat(decide(settled(3), null, 12).write()).isEqualByComparingTo("12");
    }

    @Example
    void what_is_right_is_not_written() {
        assertThat(decide(settled(12), of(12), 12).write()).isNull();
        assertThat(decide(settled(12), new BigDecimal("12.000"), 12).write()).isNull();
    }

    @Example
    void a_lost_answer_is_found_done_and_not_written_again() {
        StockDecision decision = decide(new KnownStock(of(7), NOON, of(12), null, null, false), of(12), 12);

        assertThat(decision.foundDone()).isTrue();
        assertThat(decision.write()).isNull();
        assertThat(decision.after()).isEqualTo(settled(12));
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
        KnownStock known = settled(start);
        BigDecimal till = of(start + recount);
        int lowest = start;
        Instant now = NOON;
        for (int target : targets) {
            StockDecision decision = StockDecision.of(known, till, of(target), UnitsSold.NONE, now, TWO_MINUTES);
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
        StockDecision first = StockDecision.of(settled(10), of(4), of(10), UnitsSold.NONE, NOON, TWO_MINUTES);
        assertThat(first.verdict()).isEqualTo(Verdict.UNEXPLAINED);
        assertThat(first.write()).isNull();

        StockDecision early = StockDecision.of(first.after(), of(4), of(10), UnitsSold.NONE, NOON.plusSeconds(119),
                TWO_MINUTES);
        assertThat(early.verdict()).isEqualTo(Verdict.UNEXPLAINED);
        StockDecision late = StockDecision.of(early.after(), of(4), of(10), UnitsSold.NONE, NOON.plusSeconds(120), TWO_MINUTES);
        assertThat(late.verdict()).isEqualTo(Verdict.RECOUNT);
        assertThat(late.after().recount()).isTrue();
        assertThat(late.write()).isNull();
    }

    @Example
    void sales_found_within_the_two_minutes_explain_the_reading_after_all() {
        StockDecision first = decide(settled(10), of(8), 10);
        StockDecision second = StockDecision.of(first.after(), of(8), of(8), new UnitsSold(of(2), of(2), of(0)), NOON,
                TWO_MINUTES);

        assertThat(second.verdict()).isEqualTo(Verdict.EXPLAINED);
        assertThat(second.after()).isEqualTo(settled(8));
    }

    @Example
    void what_a_value_rests_on_is_its_reading_or_its_write_and_is_kept_in_doubt() {
        Instant later = NOON.plusSeconds(60);
        StockDecision raise = StockDecision.of(settled(10), of(10), of(12), UnitsSold.NONE, later, TWO_MINUTES);
        assertThat(raise.meanwhile().settledAsOf()).isEqualTo(later);
        assertThat(raise.after().confirmed(later.plusSeconds(3)).settledAsOf()).isEqualTo(later.plusSeconds(3));

        StockDecision doubt = StockDecision.of(settled(10), of(7), of(9), UnitsSold.NONE, later, TWO_MINUTES);
        assertThat(doubt.write()).isEqualByComparingTo("6");
        assertThat(doubt.meanwhile().settledAsOf()).isEqualTo(NOON);
        assertThat(doubt.after().confirmed(later.plusSeconds(3)).settledAsOf()).isEqualTo(NOON);
    }

    @Example
    void a_sale_found_under_an_open_recount_settles_it() {
        KnownStock open = new KnownStock(of(10), NOON, null, of(8), NOON, true);

        StockDecision decision = StockDecision.of(open, of(8), of(8), new UnitsSold(of(0), of(2), of(0)),
                NOON.plusSeconds(400), TWO_MINUTES);

        assertThat(decision.verdict()).isEqualTo(Verdict.RECOUNT_VANISHED);
        assertThat(decision.write()).isNull();
        assertThat(decision.after()).isEqualTo(KnownStock.settled(of(8), NOON.plusSeconds(400)));
    }

    @Example
    void under_a_write_of_unknown_outcome_sales_count_from_either_value() {
        KnownStock sent = new KnownStock(of(5), NOON, of(20), null, null, false);
        UnitsSold two = new UnitsSold(of(0), of(2), of(0));

        assertThat(StockDecision.of(sent, of(19), of(18), two, NOON, TWO_MINUTES).verdict()).isEqualTo(Verdict.EXPLAINED);
        assertThat(StockDecision.of(sent, of(4), of(18), two, NOON, TWO_MINUTES).verdict()).isEqualTo(Verdict.EXPLAINED);
        assertThat(StockDecision.of(sent, of(12), of(18), two, NOON, TWO_MINUTES).verdict()).isEqualTo(Verdict.UNEXPLAINED);
    }

    // --- Whether sales lower the till ---

    @Property
    void sold_units_become_certain_only_on_a_till_known_to_lower_its_stock(@ForAll @IntRange(min = 0, max = 20) int paid,
            @ForAll @IntRange(min = 0, max = 20) int open, @ForAll @IntRange(min = 0, max = 5) int returned) {
        SoldSince sold = new SoldSince(of(paid + open), of(paid), of(returned));

        assertThat(sold.range(true)).isEqualTo(new UnitsSold(of(paid), of(paid + open), of(returned)));
        assertThat(sold.range(false)).isEqualTo(new UnitsSold(of(0), of(paid + open), of(returned)));
    }

    @Example
    void whether_sales_lower_the_till_is_learnt_from_what_it_shows() {
        SoldSince sold = new SoldSince(of(5), of(3), of(0));

        assertThat(sold.lowers(settled(10), of(7))).hasValue(true);
        assertThat(sold.lowers(settled(10), of(5))).hasValue(true);
        assertThat(sold.lowers(settled(10), of(4))).as("more than was sold: somebody else, too").isEmpty();
        assertThat(sold.lowers(settled(10), of(8))).isEmpty();
        assertThat(sold.lowers(settled(10), of(10))).hasValue(false);
        assertThat(new SoldSince(of(5), of(3), of(3)).lowers(settled(10), of(10))).as("given back").isEmpty();
        assertThat(new SoldSince(of(5), of(0), of(0)).lowers(settled(10), of(7))).as("none for sure").isEmpty();
        assertThat(sold.lowers(new KnownStock(of(10), NOON, of(7), null, null, false), of(7))).as("our own write").isEmpty();
    }

    @Example
    void a_recount_vanishes_when_the_till_shows_again_what_was_expected() {
        KnownStock open = new KnownStock(of(10), NOON, null, of(4), NOON, true);

        StockDecision decision = decide(open, of(10), 12);

        assertThat(decision.verdict()).isEqualTo(Verdict.RECOUNT_VANISHED);
        assertThat(decision.write()).isEqualByComparingTo("12");
    }

    @Example
    void a_recount_is_overwritten_where_that_is_the_choice() {
        assertThat(StockDecision.overwrite(of(4), of(10), NOON).write()).isEqualByComparingTo("10");
        assertThat(StockDecision.overwrite(of(10), of(10), NOON).write()).isNull();
    }

    @Provide
    Arbitrary<KnownStock> known() {
        Arbitrary<BigDecimal> units = Arbitraries.integers().between(-5, 60).map(StockRulesTest::of);
        Arbitrary<KnownStock> calm = Combinators.combine(units.injectNull(0.1), units.injectNull(0.6))
                .as((settled, sent) -> new KnownStock(settled, NOON.minusSeconds(60), sent, null, null, false));
        Arbitrary<KnownStock> doubtful = Combinators.combine(units, units, Arbitraries.of(true, false))
                .as((settled, seen, recount) -> new KnownStock(settled, NOON.minusSeconds(60), null, seen,
                        NOON.minusSeconds(30), recount));
        return Arbitraries.oneOf(calm, doubtful);
    }

    private static StockDecision decide(KnownStock known, BigDecimal reading, long target) {
        return StockDecision.of(known, reading, of(target), UnitsSold.NONE, NOON, TWO_MINUTES);
    }

    private static BigDecimal target(long available, long safety, BigDecimal unposted) {
        return TargetQuantity.of(true, false, available, safety, unposted, 7L).orElseThrow();
    }

    private static DueItem.Basis basis(String unposted) {
        return new DueItem.Basis(false, true, 12, 3, new BigDecimal(unposted));
    }

    private static KnownStock settled(long units) {
        return KnownStock.settled(of(units), NOON);
    }

    private static BigDecimal of(long units) {
        return BigDecimal.valueOf(units);
    }
}
