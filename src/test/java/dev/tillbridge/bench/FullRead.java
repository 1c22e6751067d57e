package dev.tillbridge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.testing.HeapPeak;
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

    void measure() throws IOException, InterruptedException {
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
                JsonNode run = awaitFirstRun(api, channel);
                Duration took = Duration.between(Instant.parse(run.path("startedAt").asText()),
                        Instant.parse(run.path("finishedAt").asText()));
                tell(run, took, thrownAway, cold, service);
            }
        }
    }

    private static JsonNode awaitFirstRun(ServiceApi api, String channel) throws InterruptedException {
        long began = System.nanoTime();
        JsonNode run = api.firstRun(channel);
        while (!run.hasNonNull("finishedAt")) {
            if (System.nanoTime() - began > LONGEST.toNanos()) {
                throw new IllegalStateException("Not over: " + run);
            }
            Thread.sleep(500);
            run = api.firstRun(channel);
        }
        return run;
    }

    private void tell(JsonNode run, Duration took, ThrownAway.Took thrownAway, Duration cold, ServiceProcess service)
            throws IOException {
        HeapPeak heap = service.heapPeak();
        SyncBenchmark.tell(String.format(Locale.ROOT,
                "read-%d: %s in %.1f s; counts %s", variants,
                run.path("status").asText(), seconds(took),
                run.path("counts")));
        SyncBenchmark.tell(String.format(Locale.ROOT,
                "read-%d: same pages read and thrown away in %.1f s (%.1f s cold; till %.1f s, shop %.1f s, %.1f MB): ratio %.2f",
                variants, seconds(thrownAway.all()), seconds(cold), seconds(thrownAway.till()), seconds(thrownAway.shop()),
                thrownAway.bytes() / 1e6, seconds(took) / seconds(thrownAway.all())));
        SyncBenchmark.tell(String.format(Locale.ROOT,
                "read-%d: heap at most %d MB in use, %d MB after a collection; resident set at most %s", variants,
                heap.used(), heap.kept(), residentPeak(service.pid())));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** Linux tells it; elsewhere it is not known. */
    private static String residentPeak(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.exists(status)) {
            return "unknown";
        }
        return Files.readAllLines(status).stream().filter(line -> line.startsWith("VmHWM:"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MB").findFirst().orElse("unknown");
    }
}
