package dev.tillbridge.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.tillbridge.testing.JsonClient;
import dev.tillbridge.testing.ReadyProxy;
import dev.tillbridge.testing.ServiceProcess;

/** Three replicas behind a proxy are restarted one by one, as a new version is rolled out, while tills sell and people look. */
class RollingRestartIT {

    private static final SoakScale SCALE = new SoakScale(List.of(1), 4, 6, 8, Duration.ofSeconds(30), 240, 3,
            Duration.ofSeconds(3));
    /** How the manifests do it, at a quicker pace: not ready for longer than the proxy takes to hear of it, then drained. */
    private static final Map<String, String> DRAINING = Map.of("quarkus.shutdown.delay", "4S", "quarkus.shutdown.timeout",
            "10S");

    @Test
    void noCallFailsAndNoOrderIsLostOrDoubled() throws Exception {
        try (SoakWorld world = SoakWorld.start("rolling", SCALE, DRAINING)) {
            List<FleetStore> stores = new Fleet(world, SCALE, 3).open();
            List<String> channels = stores.stream().flatMap(store -> store.tills().stream()).map(FleetStore.Till::channel)
                    .toList();
            try (ReadyProxy proxy = ReadyProxy.before(world.replicas());
                    ApiLoad load = new ApiLoad(new JsonClient(proxy.base(), ServiceProcess.ADMIN_KEY), channels);
                    FleetTrade trade = new FleetTrade(world.sandbox(), SCALE)) {
                trade.begin(3, stores);
                for (int replica = 0; replica < SCALE.replicas(); replica++) {
                    ServiceProcess restarted = world.replicas().get(replica);
                    restarted.terminate();
                    assertThat(restarted.exitCode(Duration.ofSeconds(20))).isIn(0, 143);
                    restarted.restart();
                }
                trade.end();
                load.end();
                assertThat(load.failures()).isEmpty();
                assertThat(load.calls()).isGreaterThan(200);
                System.out.println("Rolling restart: " + load.calls() + " calls, none failed");
            }
            FleetCheck check = new FleetCheck(world, SCALE, stores);
            assertThat(check.settle()).as("books that differ").isEmpty();
            assertThat(world.audit().writtenByOthers()).as("written without the lease").isEmpty();
            LeftOver left = new LeftOver(world, stores);
            assertThat(left.doubled()).isEmpty();
            assertThat(left.unexplained()).isEmpty();
            assertThat(left.stuckLeases()).isEmpty();
        }
    }
}
