package dev.tillbridge.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceRuleTest {

    @ParameterizedTest(name = "{0} by {1} % and {2}, {3}, is {5}")
    @CsvSource(textBlock = """
            12.50,    0,      0,      NONE,  2, 1250
            12.5,     0,      0,      NONE,  2, 1250
            1250,     0,      0,      NONE,  0, 1250
            1.250,    0,      0,      NONE,  3, 1250
            10.00,    10,     0.50,   NONE,  2, 1150
            10.00,    -12.5,  0,      NONE,  2, 875
            10.01,    50,     0,      NONE,  2, 1502
            7.90,     10,     0.50,   TO_99, 2, 899
            12.49,    0,      0,      TO_99, 2, 1299
            12.48,    0,      0,      TO_99, 2, 1199
            0.20,     0,      0,      TO_99, 2, 99
            12.45,    0,      0,      TO_95, 2, 1295
            12.44,    0,      0,      TO_95, 2, 1195
            12.97,    0,      0,      TO_05, 2, 1295
            12.975,   0,      0,      TO_05, 2, 1300
            0.02,     0,      0,      TO_05, 2, 5
            12.50,    0,      0,      WHOLE, 2, 1300
            12.49,    0,      0,      WHOLE, 2, 1200
            0.30,     0,      0,      WHOLE, 2, 100
            0.001,    0,      0,      NONE,  2, 1
            1249,     0,      0.4,    WHOLE, 0, 1249
            1249,     10,     0,      NONE,  0, 1374
            1249,     10,     0,      TO_99, 0, 1374
            12.485,   0,      0,      TO_99, 3, 11990
            12.490,   0,      0,      TO_99, 3, 12990
            12.972,   0,      0,      TO_05, 3, 12950
            12.975,   0,      0,      TO_05, 3, 13000
            0,        10,     5,      TO_99, 2, 0
            """)
    void a_price_is_made_by_percent_amount_and_rounding(BigDecimal store, BigDecimal percent, BigDecimal amount,
            PriceRounding rounding, int decimals, long result) {
        assertThat(new PriceRule(percent, amount, rounding).result(store, decimals)).hasValue(result);
    }

    @ParameterizedTest
    @CsvSource({ "5.00, 0, -5.00", "5.00, 0, -7.00", "0.01, -50, -0.01", "9999999999.99, 100, 0"})
    void where_nothing_or_too_much_would_be_charged_there_is_no_price(BigDecimal store, BigDecimal percent, BigDecimal amount) {
        assertThat(new PriceRule(percent, amount, PriceRounding.TO_99).result(store, 2)).isEmpty();
    }

    @Test
    void a_rule_says_what_it_does() {
        assertThat(PriceRule.COPY.words()).isEmpty();
        assertThat(new PriceRule(BigDecimal.TEN, new BigDecimal("-0.50"), PriceRounding.TO_99).words())
                .isEqualTo("+10 %, -0.50, to .99");
        assertThat(new PriceRule(new BigDecimal("-2.5"), BigDecimal.ZERO, PriceRounding.WHOLE).words())
                .isEqualTo("-2.5 %, to whole");
    }

    @Test
    void prices_are_copied_only_where_they_mean_the_same() {
        assertThat(new PriceTerms("USD", "USD", false, false).refusal()).isEmpty();
        assertThat(new PriceTerms("EUR", "EUR", true, true).refusal()).isEmpty();
        assertThat(new PriceTerms("EUR", "EUR", true, false).refusal()).isEqualTo(Optional.of(LeftAlone.TAX_BASIS_DIFFERS));
        assertThat(new PriceTerms("EUR", "EUR", false, true).refusal()).isEqualTo(Optional.of(LeftAlone.TAX_BASIS_DIFFERS));
        assertThat(new PriceTerms("EUR", "USD", true, false).refusal()).isEqualTo(Optional.of(LeftAlone.CURRENCY_DIFFERS));
        assertThat(new PriceTerms("EUR", "USD", true, false).reason()).contains("EUR", "USD");
        assertThat(LeftAlone.TAX_BASIS_DIFFERS.code()).isEqualTo("tax-basis-differs");
    }
}
