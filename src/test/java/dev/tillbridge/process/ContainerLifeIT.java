package dev.tillbridge.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.tillbridge.sandbox.EmbeddedDatabase;
import dev.tillbridge.testing.JsonClient;
import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.SandboxResource;
import dev.tillbridge.testing.ServiceApi;
import dev.tillbridge.testing.ServiceProcess;

/** The packaged service as the manifests in {@code k8s/} run it: migrating and ending, serving and draining, rotating and ending. */
class ContainerLifeIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String OLD_KEY = "old:" + ServiceProcess.ENCRYPTION_KEY;
    private static final String NEW_KEY = "new:YW5vdGhlci10aGlydHktdHdvLWJ5dGUta2V5LWhlcmU=";

    @Test
    void itMigratesThenServesThenDrainsThenRotates() throws Exception {
        String jdbc = SandboxResource.freshDatabase();
        try (SandboxProcess sandbox = SandboxProcess.start("container-life-sandbox", "-Dsandbox.clover-limits=false")) {
            sandbox.seed("{\"seed\":5,\"variants\":20}");
            migrates(jdbc);
            servesAndDrains(jdbc, sandbox);
            rotates(jdbc, sandbox);
        }
    }

    /** As the init container: without any key. */
    private static void migrates(String jdbc) throws SQLException {
        Map<String, String> config = new LinkedHashMap<>(ServiceProcess.databaseWithTls(jdbc));
        config.put("quarkus.init-and-exit", "true");
        config.put("quarkus.flyway.migrate-at-start", "true");
        for (String time : new String[]{ "first", "again"}) {
            try (ServiceProcess job = ServiceProcess.begin("container-migrate-" + time, config)) {
                assertThat(job.exitCode(SOON)).as(job.printed()).isZero();
            }
        }
        assertThat(count(jdbc, "select count(*) from flyway_schema_history where success")).isGreaterThan(5);
    }

    private static void servesAndDrains(String jdbc, SandboxProcess sandbox) throws Exception {
        Map<String, String> config = ServiceProcess.configWithTls(jdbc, sandbox);
        config.put("tillbridge.access.encryption-key", OLD_KEY);
        config.put("quarkus.flyway.migrate-at-start", "false");
        config.put("quarkus.shutdown.delay", "6S");
        config.put("quarkus.shutdown.timeout", "10S");
        try (ServiceProcess service = ServiceProcess.start("container-service", config, "-Xmx256m")) {
            ServiceApi api = service.api();
            String runs = ServiceApi.path(api.connectDemoChannel(api.connectDemoStore())) + "/runs";
            // A store in the midst of a turn would rightly keep its lease: a write of it may still be on the wire.
            await().atMost(SOON).until(() -> api.http().get(runs).findValuesAsText("status").contains("SUCCEEDED"));
            assertThat(count(jdbc, "select count(*) from store_lease where owner is not null")).isEqualTo(1);

            long asked = System.nanoTime();
            ProcessHandle.of(service.pid()).orElseThrow().destroy();

            JsonClient http = api.http();
            await().atMost(Duration.ofSeconds(5)).pollInterval(Duration.ofMillis(50))
                    .until(() -> http.send("GET", "/q/health/ready", null).status() == 503);
            assertThat(http.send("GET", "/api/v1/channels", null).status()).as("while proxies still send").isEqualTo(200);
            service.exitCode(Duration.ofSeconds(20));
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(20));
        }
        assertThat(count(jdbc, "select count(*) from store_lease where owner is not null")).as("leases held").isZero();
    }

    /** As the job: with the environment of its manifest. */
    private static void rotates(String jdbc, SandboxProcess sandbox) throws SQLException {
        Map<String, String> config = ServiceProcess.configWithTls(jdbc, sandbox);
        config.put("tillbridge.access.rotate-and-exit", "true");
        config.put("tillbridge.sync.enabled", "false");
        config.put("quarkus.scheduler.enabled", "false");
        config.put("quarkus.http.host-enabled", "false");
        config.put("quarkus.flyway.migrate-at-start", "false");
        config.put("tillbridge.access.encryption-key", NEW_KEY);
        try (ServiceProcess job = ServiceProcess.begin("container-rotate-without", config)) {
            assertThat(job.exitCode(SOON)).as("without the older key").isEqualTo(1);
            assertThat(job.printed()).contains("older-encryption-keys", "keep those keys");
        }
        config.put("tillbridge.access.older-encryption-keys", OLD_KEY);
        try (ServiceProcess job = ServiceProcess.begin("container-rotate", config)) {
            assertThat(job.exitCode(SOON)).as(job.printed()).isZero();
            assertThat(job.printed()).contains("older keys may be taken away");
        }
        assertThat(count(jdbc, "select count(*) from credential where key_id = 'new'")).isGreaterThanOrEqualTo(2);
        assertThat(count(jdbc, "select count(*) from credential where key_id <> 'new'")).isZero();
    }

    private static long count(String jdbc, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc, EmbeddedDatabase.USER, EmbeddedDatabase.PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
