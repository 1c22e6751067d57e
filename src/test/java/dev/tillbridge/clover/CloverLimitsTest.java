package dev.tillbridge.clover;

import static dev.tillbridge.clover.CloverConnectorTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;

import dev.tillbridge.catalog.Item;
import dev.tillbridge.channel.PointOfSale.Pace;
import dev.tillbridge.channel.TillConnection;
import dev.tillbridge.sandbox.http.RequestLog;
import dev.tillbridge.testing.ControlApi;
import dev.tillbridge.testing.SandboxResource;

/** Against Clover's real limits, with the configuration's defaults. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class CloverLimitsTest {

    private static final TillConnection TILL = CloverConnectorTest.till("us", SandboxResource.CLOVER_TOKEN);

    @Inject
    CloverConnector clover;

    @BeforeEach
    void startAnew() {
        SandboxResource.sandbox().reset();
        clover.forget(TILL);
        ControlApi.post("/limits", "{\"clover\":true,\"latencyMs\":{\"clover\":40}}");
        ControlApi.post("/seed", "{\"sides\":[\"clover\"],\"variants\":200}");
    }

    @AfterEach
    void leaveClean() {
        SandboxResource.sandbox().reset();
    }

    /**
     * Whatever else runs on the machine can only disturb, so one undisturbed time of three shows what the governor does. How much
     * of the limit it uses on a machine of its own is measured by the benchmark {@code write-rate}.
     */
    @Test
    void writesUseMostOfTheLimitWithoutA429() {
        List<Item> items = await(clover.items(TILL, null, Pace.FULL).collect().asList()).get(0).items();
        List<AssertionError> disturbed = new ArrayList<>();
        for (int time = 1; time <= 3; time++) {
            try {
                assertMostIsUsed(items);
                return;
            } catch (AssertionError e) {
                disturbed.add(e);
            }
        }
        assertThat(disturbed).isEmpty();
    }

    private void assertMostIsUsed(List<Item> items) {
        write(items.subList(0, 20));
        ControlApi.delete("/requests");
        long begin = System.nanoTime();

        write(items.subList(20, 200));

        double seconds = (System.nanoTime() - begin) / 1e9;
        RequestLog.Summary log = SandboxResource.sandbox().requests("clover");
        assertThat(log.largestConcurrency()).isLessThanOrEqualTo(5);
        assertThat(log.peakPerSecond()).isLessThanOrEqualTo(16);
        assertThat(log.tooManyRequests()).isZero();
        assertThat(log.total()).isEqualTo(180);
        assertThat(180 / seconds).as("requests per second").isGreaterThanOrEqualTo(14);
    }

    private void write(List<Item> items) {
        assertThat(await(Multi.createFrom().iterable(items)
                .onItem().transformToUni(item -> clover.writeStock(TILL, item.id(), BigDecimal.valueOf(77))).merge(8)
                .collect().asList())).hasSize(items.size());
    }
}
