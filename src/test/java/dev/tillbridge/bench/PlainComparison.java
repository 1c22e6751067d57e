package dev.tillbridge.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tillbridge.testing.ProcessUsage;
import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.SandboxResource;
import dev.tillbridge.testing.ServiceApi;
import dev.tillbridge.testing.ServiceProcess;
import dev.tillbridge.testing.StockPair;

/**
 * The same work done by {@link PlainProgram} and by Tillbridge, one after the other: a shop's stock brought to a till that has
 * none of it, then ten changes. The vendors' limits are on, and each answer takes its time.
 */
final class PlainComparison {

    private static final int ITEMS = 2_000;
    private static final int LATENCY = 50;
    private static final int SAFETY = 2;
    private static final int CHANGES = 10;
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private record Work(double seconds, long requests, double cpuSeconds, long residentMb) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.1f s, %d requests, %.1f CPU seconds, at most %d MB resident", seconds,
                    requests,
                    cpuSeconds, residentMb);
        }
    }

    void measure() throws IOException, InterruptedException {
        try (SandboxProcess sandbox = sandbox("bench-plain-sandbox")) {
            SyncBenchmark.tell("plain-" + ITEMS + ": plain program, all: " + plain(sandbox));
            change(sandbox);
            SyncBenchmark.tell("plain-" + ITEMS + ": plain program, ten changes: " + plain(sandbox));
            check(sandbox);
        }
        try (SandboxProcess sandbox = sandbox("bench-plain-service-sandbox");
                ServiceProcess service = ServiceProcess.start("bench-plain-service",
                        ServiceProcess.config(sandbox.jdbcUrl(), sandbox), "-Xmx256m")) {
            ServiceApi api = service.api();
            long began = System.nanoTime();
            sandbox.forgetRequests();
            api.turnOnInventorySync(api.connectDemoChannel(api.connectDemoStore()), SAFETY);
            SyncBenchmark.tell("plain-" + ITEMS + ": Tillbridge, all: " + inStep(sandbox, service, began, Duration.ZERO));
            // The scan that follows a long write is not what ten changes cost.
            Thread.sleep(20_000);
            Duration before = ProcessUsage.of(service.pid()).cpu();
            sandbox.forgetRequests();
            began = System.nanoTime();
            change(sandbox);
            SyncBenchmark.tell("plain-" + ITEMS + ": Tillbridge, ten changes: " + inStep(sandbox, service, began, before));
        }
    }

    private static SandboxProcess sandbox(String name) {
        SandboxProcess sandbox = SandboxProcess.start(name, "-Xmx2g", "-Dsandbox.database=true");
        sandbox.seed("{\"seed\":3,\"variants\":" + ITEMS + ",\"locations\":10}");
        sandbox.control("POST", "/limits", "{\"latencyMs\":{\"clover\":" + LATENCY + ",\"shopify\":" + LATENCY + "}}");
        return sandbox;
    }

    private static Work plain(SandboxProcess sandbox) throws IOException, InterruptedException {
        sandbox.forgetRequests();
        Process program = new ProcessBuilder(List.of(ProcessHandle.current().info().command().orElseThrow(), "-Xmx256m",
                "-Dplain.clover=" + sandbox.cloverUrl() + "/v3/merchants/" + SandboxResource.MERCHANT,
                "-Dplain.clover-token=" + SandboxResource.CLOVER_TOKEN, "-Dplain.shopify=" + sandbox.shopifyUrl(),
                "-Dplain.shopify-token=shpat_demo", "-Dplain.safety-stock=" + SAFETY, "-cp",
                System.getProperty("java.class.path"),
                PlainProgram.class.getName())).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        JsonNode told = new ObjectMapper().readTree(program.getInputStream());
        if (program.waitFor() != 0) {
            throw new IllegalStateException("The plain program ended early");
        }
        return new Work(told.path("seconds").asDouble(), sandbox.requests(), told.path("cpuSeconds").asDouble(),
                told.path("residentMb").asLong());
    }

    private static Work inStep(SandboxProcess sandbox, ServiceProcess service, long began, Duration cpuBefore)
            throws IOException, InterruptedException {
        while (sandbox.stock().stream().filter(StockPair::follows).anyMatch(pair -> !pair.inStep(SAFETY))) {
            if (System.nanoTime() - began > LONGEST.toNanos()) {
                throw new IllegalStateException("Not in step after " + LONGEST);
            }
            Thread.sleep(100);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        ProcessUsage usage = ProcessUsage.of(service.pid());
        return new Work(seconds, sandbox.requests(), usage.cpu().minus(cpuBefore).toMillis() / 1e3, usage.residentPeakMb());
    }

    private static void change(SandboxProcess sandbox) {
        List<StockPair> pairs = sandbox.stock().stream().filter(StockPair::follows).toList();
        for (int number = 0; number < CHANGES; number++) {
            sandbox.control("POST", "/shopify/levels", "{\"sku\":\"" + pairs.get(number * 100).sku() + "\",\"available\":"
                    + (500 + number) + "}");
        }
    }

    private static void check(SandboxProcess sandbox) {
        long left = sandbox.stock().stream().filter(StockPair::follows).filter(pair -> !pair.inStep(SAFETY)).count();
        if (left > 0) {
            throw new IllegalStateException("The plain program left " + left + " items out of step");
        }
    }
}
