package dev.tillbridge.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sandbox.EmbeddedDatabase;
import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.ServiceApi;
import dev.tillbridge.testing.ServiceProcess;

/**
 * A reconciliation that a person asks for, of a store whose linked variants are all in step with the till: both sides are read whole
 * and compared, and nothing is found. The first has the service's code still to be compiled; the second is what the nights are like.
 */
final class ReconciliationTime {

    private static final Duration LONGEST = Duration.ofMinutes(20);

    private static final String IN_STEP = """
            select case when exists (select from link) and exists (select from run where status = 'SUCCEEDED')
              and not exists (select from link_target t join item i on i.channel_id = t.channel_id and i.id = t.item_id
                where t.target is not null and i.quantity is distinct from t.target) then 1 else 0 end
            """;

    private final int variants;

    ReconciliationTime(int variants) {
        this.variants = variants;
    }

    void measure() throws IOException, InterruptedException, SQLException {
        String name = "bench-reconcile-" + variants;
        try (SandboxProcess sandbox = SandboxProcess.start(name + "-sandbox", "-Xmx3g", "-Dsandbox.database=true",
                "-Dsandbox.clover-limits=false", "-Dsandbox.shopify-limits=false")) {
            sandbox.seed("{\"seed\":3,\"variants\":" + variants + "}");
            Map<String, String> config = ServiceProcess.config(sandbox.jdbcUrl(), sandbox);
            // Clover's pace would be what is measured.
            config.put("tillbridge.clover.rate.per-second", "1000");
            config.put("tillbridge.reconcile.nightly", "false");
            try (ServiceProcess service = ServiceProcess.start(name, config, "-Xmx256m");
                    Connection database = DriverManager.getConnection(sandbox.jdbcUrl(), EmbeddedDatabase.USER,
                            EmbeddedDatabase.PASSWORD)) {
                ServiceApi api = service.api();
                String store = api.connectDemoStore();
                String channel = api.connectDemoChannel(store);
                api.turnOnInventorySync(channel, 0);
                Counted.await(database, IN_STEP, 1);
                tell("first", reconcile(api, store));
                tell("second", reconcile(api, store));
            }
        }
    }

    private static JsonNode reconcile(ServiceApi api, String store) throws InterruptedException {
        String path = "/api/v1/stores/" + store + "/reconciliations";
        String id = api.http().call("POST", path, "").path("id").asText();
        long began = System.nanoTime();
        while (true) {
            JsonNode report = api.http().get(path + "/" + id);
            if (report.hasNonNull("finishedAt")) {
                return report;
            }
            if (System.nanoTime() - began > LONGEST.toNanos()) {
                throw new IllegalStateException("Not over: " + report);
            }
            Thread.sleep(200);
        }
    }

    private void tell(String which, JsonNode report) {
        double seconds = Duration.between(Instant.parse(report.path("startedAt").asText()),
                Instant.parse(report.path("finishedAt").asText())).toMillis() / 1000.0;
        SyncBenchmark.tell(String.format(Locale.ROOT,
                "reconcile-%d: %s reconciliation %s in %.1f s; compared %s, differences %s",
                variants, which, report.path("status").asText(), seconds, report.path("compared"), report.path("differences")));
    }
}
