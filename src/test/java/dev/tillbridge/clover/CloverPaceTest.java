package dev.tillbridge.clover;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CloverPaceTest {

    @Test
    void whatA429ToldDownStaysSoWhenTheShareIsRenewedOrChanges() {
        CloverPace pace = new CloverPace(40, 10, 0);
        pace.throttled(2, 1, 0, true);
        assertThat(pace.concurrent()).isEqualTo(9);

        pace.limits(40, 10);
        assertThat(pace.concurrent()).isEqualTo(9);
        pace.limits(20, 5);
        assertThat(pace.concurrent()).isEqualTo(4);
        pace.limits(40, 10);
        assertThat(pace.concurrent()).isEqualTo(9);
        pace.limits(4, 1);
        assertThat(pace.concurrent()).as("never nothing").isEqualTo(1);
    }
}
