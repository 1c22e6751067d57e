package dev.tillbridge.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds of a rule whatever the price, in currencies of 0 to 3 decimals. */
class PriceRuleProperties {

    @Property
    void copying_keeps_the_value(@ForAll @IntRange(max = 3) int decimals, @ForAll @IntRange(max = 100_000_000) int minorUnits) {
        assertThat(PriceRule.COPY.result(BigDecimal.valueOf(minorUnits, decimals), decimals)).hasValue(minorUnits);
    }

    @Property
    void a_result_has_the_wanted_form_and_none_of_the_form_is_nearer(@ForAll("rules") PriceRule rule,
            @ForAll("prices") BigDecimal store, @ForAll @IntRange(max = 3) int decimals) {
        rule.result(store, decimals).ifPresent(charged -> {
            if (store.signum() == 0) {
                assertThat(charged).isZero();
                return;
            }
            long step = rule.rounding().step(decimals);
            assertThat(charged).isPositive();
            assertThat((charged - rule.rounding().offset(decimals)) % step).isZero();
            BigDecimal away = BigDecimal.valueOf(charged).subtract(exact(rule, store).movePointRight(decimals));
            // Down by less than half a step, up by half a step at most; the first amount of the form may be further up.
            assertThat(away.doubleValue()).isGreaterThan(-step / 2.0 - 1e-9);
            boolean first = charged <= step;
            assertThat(first || away.doubleValue() <= step / 2.0 + 1e-9).isTrue();
        });
    }

    @Property
    void what_costs_more_in_the_store_never_costs_less_at_the_till(@ForAll("rules") PriceRule rule,
            @ForAll("prices") BigDecimal one, @ForAll("prices") BigDecimal other, @ForAll @IntRange(max = 3) int decimals) {
        var cheap = rule.result(one.min(other), decimals);
        var dear = rule.result(one.max(other), decimals);
        if (cheap.isPresent() && dear.isPresent()) {
            assertThat(dear.getAsLong()).isGreaterThanOrEqualTo(cheap.getAsLong());
        }
    }

    @Property
    void there_is_a_result_where_something_is_left_to_charge(@ForAll("rules") PriceRule rule,
            @ForAll("prices") BigDecimal store, @ForAll @IntRange(max = 3) int decimals) {
        assertThat(rule.result(store, decimals).isPresent()).isEqualTo(store.signum() == 0 || exact(rule, store).signum() > 0);
    }

    private static BigDecimal exact(PriceRule rule, BigDecimal store) {
        return store.add(store.multiply(rule.percent()).movePointLeft(2)).add(rule.amount());
    }

    @Provide
    static Arbitrary<BigDecimal> prices() {
        return Arbitraries.bigDecimals().between(BigDecimal.ZERO, BigDecimal.valueOf(1_000_000)).ofScale(3);
    }

    @Provide
    static Arbitrary<PriceRule> rules() {
        return Combinators
                .combine(Arbitraries.bigDecimals().between(new BigDecimal("-99.99"), BigDecimal.valueOf(1_000)).ofScale(2),
                        Arbitraries.bigDecimals().between(BigDecimal.valueOf(-50), BigDecimal.valueOf(50)).ofScale(2),
                        Arbitraries.of(PriceRounding.class))
                .as(PriceRule::new);
    }
}
