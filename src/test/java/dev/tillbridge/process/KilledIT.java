package dev.tillbridge.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.SandboxResource;
import dev.tillbridge.testing.ServiceApi;
import dev.tillbridge.testing.ServiceProcess;
import dev.tillbridge.testing.StockPair;

class KilledIT {

    private static final int SAFETY = 3;
    private static final int RIGHT_ALREADY = 20;
    private static final int AT_ONCE = 5;

    @Test
    void killedInTheMiddleOfTheFirstSyncItConvergesAndWritesNothingThatIsRightAgain() throws Exception {
        try (SandboxProcess sandbox = SandboxProcess.start("killed-sandbox", "-Dsandbox.clover-limits=false")) {
            // Given a first sync whose writes take some 12 s
            sandbox.seed("{\"seed\":11,\"variants\":1000,\"untracked\":30,\"quantityAbsent\":40,\"locations\":2}");
            Set<String> right = setSomeRight(sandbox);
            Set<String> wrong = notInStep(sandbox.stock());
            Map<String, String> config = ServiceProcess.configWithTls(SandboxResource.freshDatabase(), sandbox);
            config.put("tillbridge.clover.rate.per-second", "80");
            // The next life has to wait until the lease of the killed one has run out.
            config.put("tillbridge.sync.lease", "PT30S");
            config.put("tillbridge.sync.renew", "PT2S");
            sandbox.forgetRequests();

            List<String> firstLife;
            List<StockPair> between;
            try (ServiceProcess service = ServiceProcess.start("killed", config)) {
                connect(service.api());
                await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(100))
                        .until(() -> sandbox.writtenItems().size() >= 300);

                // When
                service.kill();
                // What was under way reaches the till all the same.
                Thread.sleep(1_000);
                firstLife = sandbox.writtenItems();
                between = sandbox.stock();
                sandbox.forgetRequests();
                service.restart();
                await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofSeconds(1))
                        .untilAsserted(() -> assertThat(notInStep(sandbox.stock())).isEmpty());
                // A write too many would come in the next turns.
                Thread.sleep(5_000);
            }

            // Then
            List<String> secondLife = sandbox.writtenItems();
            assertThat(firstLife).doesNotHaveDuplicates().hasSizeLessThan(wrong.size() - 100);
            assertThat(secondLife).doesNotHaveDuplicates();
            assertThat(notInStep(between)).as("only what the kill left undone is written again")
                    .containsExactlyInAnyOrderElementsOf(secondLife);
            assertThat(right).doesNotContainAnyElementsOf(firstLife).doesNotContainAnyElementsOf(secondLife);
            Set<String> twice = new HashSet<>(firstLife);
            twice.retainAll(secondLife);
            assertThat(twice).as("sent twice: only what was under way").hasSizeLessThanOrEqualTo(AT_ONCE);
            assertThat(notInStep(sandbox.stock())).isEmpty();
        }
    }

    private static void connect(ServiceApi api) throws IOException, InterruptedException {
        String channel = api.connectDemoChannel(api.connectDemoStore());
        api.turnOnInventorySync(channel, SAFETY);
    }

    /** Items that show what they should before anything is connected. */
    private static Set<String> setSomeRight(SandboxProcess sandbox) {
        List<StockPair> chosen = sandbox.stock().stream()
                .filter(pair -> pair.follows() && pair.shop().intValueExact() > SAFETY).limit(RIGHT_ALREADY).toList();
        for (StockPair pair : chosen) {
            assertThat(sandbox.control("POST", "/clover/stock", "{\"itemId\":\"" + pair.itemId() + "\",\"quantity\":"
                    + (pair.shop().intValueExact() - SAFETY) + "}").path("itemIds")).hasSize(1);
        }
        return chosen.stream().map(StockPair::itemId).collect(Collectors.toSet());
    }

    private static Set<String> notInStep(List<StockPair> stock) {
        return stock.stream().filter(pair -> pair.follows() && !pair.inStep(SAFETY)).map(StockPair::itemId)
                .collect(Collectors.toSet());
    }
}
