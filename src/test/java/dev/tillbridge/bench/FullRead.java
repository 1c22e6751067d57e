package dev.tillbridge.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sandbox.EmbeddedDatabase;
import dev.tillbridge.testing.HeapPeak;
import dev.tillbridge.testing.ProcessUsage;
import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.ServiceApi;
import dev.tillbridge.testing.ServiceProcess;

/**
 * The first full read of both sides by a service with a heap of 256 MB: read, store, match; nothing is written. Beside it,
 * what it takes to read the same pages and throw them away.
 */
final class FullRead {

    private static final Duration LONGEST = Duration.ofMinutes(20);

    private final int variants;

    FullRead(int variants) {
        this.variants = variants;
    }

    void measure() throws IOException, InterruptedException, SQLException {
        try (SandboxProcess sandbox = SandboxProcess.start("bench-read-" + variants + "-sandbox", "-Xmx3g",
                "-Dsandbox.database=true", "-Dsandbox.clover-limits=false", "-Dsandbox.shopify-limits=false")) {
            sandbox.seed("{\"seed\":3,\"variants\":" + variants + "}");
            ThrownAway reader = new ThrownAway(sandbox);
            // Twice, and the first one not counted: it warms up the sandbox.
            Duration cold = reader.readAll();
            ThrownAway.Took thrownAway = reader.timed();
            Map<String, String> config = ServiceProcess.config(sandbox.jdbcUrl(), sandbox);
            // Clover's pace would be what is measured.
            config.put("tillbridge.clover.rate.per-second", "1000");
            try (ServiceProcess service = ServiceProcess.start("bench-read-" + variants, config, "-Xmx256m",
                    "-XX:+ExitOnOutOfMemoryError", "-XX:+HeapDumpOnOutOfMemoryError", "-XX:HeapDumpPath=target")) {
                ServiceApi api = service.api();
                String channel = api.connectDemoChannel(api.connectDemoStore());
                JsonNode first = awaitRun(api, ServiceApi.path(channel) + "/runs?limit=500");
                tellFirst(first, matchingBegan(sandbox.jdbcUrl()), thrownAway, cold);
                String again = api.http().call("POST", ServiceApi.path(channel) + "/runs",
                        "{\"streams\":[\"stock\"],\"full\":true}").path("id").asText();
                tellAgain(awaitRun(api, ServiceApi.path(channel) + "/runs/" + again), thrownAway);
                tellMemory(service);
            }
        }
    }

    /** @param path of a run, or of all, where the oldest is meant */
    private static JsonNode awaitRun(ServiceApi api, String path) throws InterruptedException {
        long began = System.nanoTime();
        while (true) {
            JsonNode answer = api.http().get(path);
            JsonNode runs = answer.path("items");
            JsonNode run = runs.isArray() ? runs.path(runs.size() - 1) : answer;
            if (run.hasNonNull("finishedAt")) {
                return run;
            }
            if (System.nanoTime() - began > LONGEST.toNanos()) {
                throw new IllegalStateException("Not over: " + run);
            }
            Thread.sleep(500);
        }
    }

    /** When the first chunk of links was made. */
    private static Instant matchingBegan(String jdbc) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc, EmbeddedDatabase.USER, EmbeddedDatabase.PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select min(created_at) from link")) {
            if (!row.next() || row.getTimestamp(1) == null) {
                throw new IllegalStateException("No link was made");
            }
            return row.getTimestamp(1).toInstant();
        }
    }

    private void tellFirst(JsonNode run, Instant matching, ThrownAway.Took thrownAway, Duration cold) {
        Duration took = took(run);
        SyncBenchmark.tell(String.format(Locale.ROOT,
                "read-%d: first full read %s in %.1f s: reading and storing %.1f s, matching %.1f s; %s", variants,
                run.path("status").asText(), seconds(took),
                seconds(Duration.between(Instant.parse(run.path("startedAt").asText()), matching)),
                seconds(Duration.between(matching, Instant.parse(run.path("finishedAt").asText()))), run.path("counts")));
        SyncBenchmark.tell(String.format(Locale.ROOT,
                "read-%d: same pages read and thrown away in %.1f s (%.1f s cold; till %.1f s, shop %.1f s, %.1f MB): ratio %.1f",
                variants, seconds(thrownAway.all()), seconds(cold), seconds(thrownAway.till()), seconds(thrownAway.shop()),
                thrownAway.bytes() / 1e6, seconds(took) / seconds(thrownAway.all())));
    }

    private void tellAgain(JsonNode run, ThrownAway.Took thrownAway) {
        Duration took = took(run);
        SyncBenchmark.tell(String.format(Locale.ROOT, "read-%d: full read again, nothing changed, %s in %.1f s: ratio %.1f",
                variants, run.path("status").asText(), seconds(took), seconds(took) / seconds(thrownAway.all())));
    }

    private void tellMemory(ServiceProcess service) throws IOException {
        HeapPeak heap = service.heapPeak();
        SyncBenchmark.tell(String.format(Locale.ROOT,
                "read-%d: heap at most %d MB in use, %d MB after a collection; resident set at most %d MB", variants,
                heap.used(), heap.kept(), ProcessUsage.of(service.pid()).residentPeakMb()));
    }

    private static Duration took(JsonNode run) {
        return Duration.between(Instant.parse(run.path("startedAt").asText()),
                Instant.parse(run.path("finishedAt").asText()));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
