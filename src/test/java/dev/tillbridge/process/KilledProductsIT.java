package dev.tillbridge.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.tillbridge.sandbox.EmbeddedDatabase;
import dev.tillbridge.testing.RandomProducts;
import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.SandboxResource;
import dev.tillbridge.testing.ServiceApi;
import dev.tillbridge.testing.ServiceProcess;
import dev.tillbridge.testing.TillShelf;

/**
 * {@code kill -9} five times at random while a catalogue is published to an empty till and answers are lost: in the end each
 * thing is there once. {@code -Dproducts.count} and {@code -Dproducts.seed} play another catalogue.
 */
class KilledProductsIT {

    private static final int PRODUCTS = Integer.getInteger("products.count", 200);
    private static final long SEED = Long.getLong("products.seed", 6L);
    private static final int KILLS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    @Test
    void killedFiveTimesTheCatalogueIsOnTheTillAndNothingTwice() throws Exception {
        Random random = new Random(SEED);
        String jdbc = SandboxResource.freshDatabase();
        try (SandboxProcess sandbox = SandboxProcess.start("killed-products-sandbox", "-Dsandbox.clover-limits=false");
                Connection database = DriverManager.getConnection(jdbc, EmbeddedDatabase.USER, EmbeddedDatabase.PASSWORD)) {
            // Given
            sandbox.seed("{\"seed\":1,\"variants\":0,\"locations\":1}");
            RandomProducts catalogue = RandomProducts.of(random, PRODUCTS);
            catalogue.bodies().forEach(product -> sandbox.control("POST", "/shopify/products", product));
            for (String kind : new String[]{ "RESET_AFTER", "RESET_BEFORE", "SERVER_ERROR_AFTER", "TRUNCATED_JSON"}) {
                sandbox.control("POST", "/faults", "{\"side\":\"clover\",\"operation\":\"*.create\",\"kind\":\"" + kind
                        + "\",\"probability\":0.002}");
            }
            Map<String, String> config = ServiceProcess.configWithTls(jdbc, sandbox);
            config.put("tillbridge.clover.rate.per-second", "200");
            config.put("tillbridge.clover.timeout.call", "PT2S");
            config.put("tillbridge.product.concurrency", "5");
            config.put("tillbridge.product.look-after", "PT0.1S");
            config.put("tillbridge.product.absent-after", "PT4S");
            config.put("tillbridge.sync.stock-poll", "PT1S");

            try (ServiceProcess service = ServiceProcess.start("killed-products", config)) {
                ServiceApi api = service.api();
                api.turnOnProductSync(api.connectDemoChannel(api.connectDemoStore()));

                // When
                int variants = catalogue.variants();
                for (int kill = 1; kill <= KILLS; kill++) {
                    int reached = variants * (kill - 1) / KILLS + random.nextInt(Math.max(1, variants / KILLS));
                    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50))
                            .until(() -> count(database, "select count(*) from link") >= reached);
                    service.kill();
                    // What was under way reaches the till all the same; that a lease runs out in its time another test shows.
                    Thread.sleep(1_000);
                    run(database, "update store_lease set held_until = clock_timestamp()");
                    service.restart();
                }
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500))
                        .until(() -> count(database, "select count(*) from link") == variants
                                && count(database, "select count(*) from product_publication where status <> 'DONE'") == 0);
            }

            // Then
            catalogue.isOn(TillShelf.read(sandbox.cloverUrl()));
            assertThat(count(database, "select count(*) from till_creation where till_id is null")).isZero();
        }
    }

    private static long count(Connection database, String sql) throws SQLException {
        try (var statement = database.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void run(Connection database, String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
