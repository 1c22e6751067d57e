package dev.tillbridge.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An alert on what no service tells is found, however it is misspelt. */
class ExposedMetricsTest {

    private static final ExposedMetrics EXPOSED = new ExposedMetrics("""
            # HELP calls_total Calls, with {braces}
            # TYPE calls_total counter
            calls_total{status="200",what="a \\"quoted\\" word, and a comma"} 3.0
            calls_total{status="429",what="other"} 0.0
            held 1.0
            until_seconds NaN
            """);

    @ParameterizedTest
    @ValueSource(strings = { "held > 0", "sum by (namespace, status) (rate(calls_total{status=\"429\"}[15m])) > 0.02",
            "sum(rate(calls_total{namespace=\"$namespace\", status!=\"500\"}[5m])) / sum (rate(calls_total[5m]))",
            "min by (pod) (until_seconds) - time() < 1209600", "absent(held)", "sum(held) + max(until_seconds{})",
            "sum by (what) (increase(calls_total[1h])) >= 1 and held", "calls_total{status=~\"4..\"}"})
    void whatIsToldMayBeAskedFor(String expression) {
        assertThat(EXPOSED.problems("x", expression)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "helt > 0", "rate(calls[5m])", "sum by (state) (calls_total)", "calls_total{state=\"429\"}",
            "calls_total{status=\"503\"}", "summ(held)", "sum(held", "sum(held))", "time()", "held # comment",
            "calls_total{status}", "held / helt"})
    void whatIsNotToldOrNotUnderstoodIsFound(String expression) {
        assertThat(EXPOSED.problems("x", expression)).isNotEmpty();
    }

    @Test
    void theProblemNamesWhatIsMissing() {
        assertThat(EXPOSED.problems("alert Held", "max(helt) > 0"))
                .containsExactly("alert Held: the service has no metric helt");
    }
}
