package dev.tillbridge.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.testing.ProcessUsage;
import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.ServiceApi;
import dev.tillbridge.testing.ServiceProcess;

/**
 * From the start of the process until it says that it is ready, and what it needs of memory then and after a first read of
 * 20,000 variants: as a native binary (where {@code target} holds one), in a JVM, and in a JVM with what the JDK keeps of an
 * earlier start.
 */
final class StartUp {

    private static final String NATIVE = "tillbridge.native.binary";
    private static final String NAME = "bench-start";
    private static final int STARTS = 7;
    private static final int VARIANTS = 20_000;
    private static final Duration IDLE = Duration.ofSeconds(15);
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private static final String HEAP = "-Xmx256m";

    private SandboxProcess sandbox;

    void measure() throws IOException, InterruptedException {
        try (SandboxProcess started = SandboxProcess.start(NAME + "-sandbox", "-Xmx2g", "-Dsandbox.database=true",
                "-Dsandbox.clover-limits=false", "-Dsandbox.shopify-limits=false")) {
            sandbox = started;
            sandbox.seed("{\"seed\":3,\"variants\":" + VARIANTS + "}");
            start().close();
            Path binary = binary();
            if (binary == null) {
                SyncBenchmark.tell("start: there is no native binary in target; ./mvnw package -DskipTests -Dnative makes one");
            } else {
                System.setProperty(NATIVE, binary.toString());
                measure(String.format(Locale.ROOT, "native (binary of %.0f MB)", Files.size(binary) / 1e6), HEAP);
                System.clearProperty(NATIVE);
            }
            measure("JVM " + Runtime.version().feature(), HEAP);
            Path kept = Files.createTempDirectory("tillbridge-start").resolve("kept");
            boolean aot = Runtime.version().feature() >= 25;
            start(HEAP, aot ? "-XX:AOTCacheOutput=" + kept : "-XX:ArchiveClassesAtExit=" + kept).close();
            measure("JVM " + Runtime.version().feature() + (aot ? " with its AOT cache" : " with an archive of its classes"),
                    HEAP,
                    aot ? "-XX:AOTCache=" + kept : "-XX:SharedArchiveFile=" + kept);
        }
    }

    private static Path binary() throws IOException {
        try (var files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().endsWith("-runner") && Files.isExecutable(file))
                    .findFirst()
                    .orElse(null);
        }
    }

    private void measure(String how, String... options) throws IOException, InterruptedException {
        List<Double> ready = new ArrayList<>();
        for (int start = 0; start < STARTS; start++) {
            long began = System.nanoTime();
            try (ServiceProcess service = begin(options)) {
                awaitReady(service);
                ready.add((System.nanoTime() - began) / 1e6);
            }
        }
        Collections.sort(ready);
        try (ServiceProcess service = start(options)) {
            Thread.sleep(IDLE.toMillis());
            long idle = ProcessUsage.residentMb(service.pid());
            ServiceApi api = service.api();
            String store = api.connectDemoStore();
            String channel = api.connectDemoChannel(store);
            double read = awaitFirstRun(api, channel);
            SyncBenchmark.tell(String.format(Locale.ROOT,
                    "start: %s: ready after %.0f ms (median of %d; %.0f to %.0f); resident %d MB idle, %d MB after %d variants"
                            + " (at most %d MB), which took %.1f s",
                    how, ready.get(STARTS / 2), STARTS, ready.get(0), ready.get(STARTS - 1), idle,
                    ProcessUsage.residentMb(service.pid()), VARIANTS, ProcessUsage.of(service.pid()).residentPeakMb(), read));
            api.http().call("DELETE", ServiceApi.path(channel), null);
            api.http().call("DELETE", "/api/v1/stores/" + store, null);
        }
    }

    private ServiceProcess start(String... options) {
        ServiceProcess service = begin(options);
        service.awaitReady();
        return service;
    }

    private ServiceProcess begin(String... options) {
        var config = ServiceProcess.config(sandbox.jdbcUrl(), sandbox);
        config.put("tillbridge.clover.rate.per-second", "1000");
        return ServiceProcess.begin(NAME, config, options);
    }

    /** Asks more often than a test needs to. */
    private static void awaitReady(ServiceProcess service) throws InterruptedException {
        long began = System.nanoTime();
        while (!ready(service)) {
            if (!service.alive() || System.nanoTime() - began > READY_WITHIN.toNanos()) {
                throw new IllegalStateException("Not ready: " + service.printed());
            }
            Thread.sleep(1);
        }
    }

    private static boolean ready(ServiceProcess service) {
        try {
            HttpURLConnection asked = (HttpURLConnection) URI.create(service.base() + "/q/health/ready").toURL()
                    .openConnection();
            return asked.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static double awaitFirstRun(ServiceApi api, String channel) throws InterruptedException {
        while (true) {
            JsonNode runs = api.http().get(ServiceApi.path(channel) + "/runs").path("items");
            JsonNode first = runs.path(runs.size() - 1);
            if (first.hasNonNull("finishedAt")) {
                return Duration.between(Instant.parse(first.path("startedAt").asText()),
                        Instant.parse(first.path("finishedAt").asText())).toMillis() / 1e3;
            }
            Thread.sleep(200);
        }
    }
}
