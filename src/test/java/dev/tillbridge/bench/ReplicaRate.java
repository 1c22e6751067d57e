package dev.tillbridge.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.testing.JsonClient;
import dev.tillbridge.testing.Replicas;
import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.ServiceDatabase;
import dev.tillbridge.testing.ServiceProcess;

/**
 * How many turns of the engine's streams 1, 2 and 4 replicas make a second while both vendors take 100 ms for each answer, and how long a
 * killed replica's stores take to move. The same stores, always due; CPU seconds tell which limit shows first.
 */
final class ReplicaRate {

    private static final int STORES = 40;
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Duration MEASURED = Duration.ofSeconds(60);
    private static final Duration LEASE = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofMinutes(3);

    /** Sums over all replicas, since they started. */
    private record Work(double passes, double cpu, double sandboxCpu) {}

    void measure() throws IOException, InterruptedException {
        for (int count : List.of(1, 2, 4)) {
            measure(count);
        }
    }

    private void measure(int count) throws IOException, InterruptedException {
        String name = "bench-replicas-" + count;
        try (SandboxProcess sandbox = SandboxProcess.start(name + "-sandbox", "-Xmx2g", "-Dsandbox.database=true",
                "-Dsandbox.clover-limits=false", "-Dsandbox.shopify-limits=false", "-Dsandbox.latency=PT0.1S")) {
            JsonNode fleet = sandbox.control("POST", "/fleet",
                    "{\"shops\":" + STORES + ",\"merchants\":" + STORES + ",\"variants\":50,\"locations\":1,\"seed\":7}");
            Map<String, String> config = ServiceProcess.config(sandbox.jdbcUrl(), sandbox);
            config.put("tillbridge.shopify.url", sandbox.shopifyUrl() + "/{shop}");
            config.put("tillbridge.clover.rate.per-second", "1000");
            config.put("tillbridge.sync.lease", LEASE.toString());
            config.put("tillbridge.sync.renew", "PT4S");
            config.put("tillbridge.sync.claim", "1");
            for (String poll : List.of("order-poll", "stock-poll", "quiet-poll", "till-scan")) {
                config.put("tillbridge.sync." + poll, "PT0.1S");
            }
            for (String feature : List.of("order", "stock", "price", "product", "shipment")) {
                config.put("tillbridge." + feature + ".lease-reserve", "PT10S");
            }
            ServiceDatabase database = new ServiceDatabase(sandbox.jdbcUrl());
            try (Replicas replicas = Replicas.start(name, count, config, "-Xmx512m")) {
                connect(fleet, replicas);
                awaitAllHeld(database);
                Thread.sleep(WARM_UP.toMillis());
                Work before = work(replicas, sandbox);
                Thread.sleep(MEASURED.toMillis());
                Work after = work(replicas, sandbox);
                double seconds = MEASURED.toSeconds();
                SyncBenchmark.tell(String.format(Locale.ROOT,
                        "replicas-%d: %.0f passes/s over %d stores; CPU: %.2f cores the replicas, %.2f the sandbox, of %d; %s",
                        count,
                        (after.passes() - before.passes()) / seconds, STORES, (after.cpu() - before.cpu()) / seconds,
                        (after.sandboxCpu() - before.sandboxCpu()) / seconds, Runtime.getRuntime().availableProcessors(),
                        count > 1 ? moved(replicas, database) : "nobody to take over"));
            }
        }
    }

    private static void connect(JsonNode fleet, Replicas replicas) {
        JsonClient api = replicas.api(0).http();
        for (JsonNode shop : fleet.path("shops")) {
            String store = api.call("POST", "/api/v1/stores", "{\"shopDomain\":\"" + shop.path("shop").asText()
                    + "\",\"accessToken\":\"" + shop.path("token").asText() + "\"}").path("id").asText();
            for (JsonNode till : shop.path("merchants")) {
                String channel = api.call("POST", "/api/v1/channels", "{\"storeId\":\"" + store
                        + "\",\"name\":\"Till\",\"integration\":\"clover\",\"region\":\"us\",\"merchantId\":\""
                        + till.path("merchantId").asText() + "\",\"token\":\"" + till.path("token").asText() + "\"}").path("id")
                        .asText();
                if (channel.isEmpty()) {
                    throw new IllegalStateException("The channel of " + till + " was not made");
                }
            }
        }
    }

    private static void awaitAllHeld(ServiceDatabase database) throws InterruptedException {
        long began = System.nanoTime();
        while (database.number(
                "select count(*) from store_lease where owner is not null and held_until > clock_timestamp()") < STORES) {
            if (System.nanoTime() - began > LONGEST.toNanos()) {
                throw new IllegalStateException("Not all stores are held after " + LONGEST);
            }
            Thread.sleep(200);
        }
    }

    private static Work work(Replicas replicas, SandboxProcess sandbox) throws IOException, InterruptedException {
        double passes = 0;
        double cpu = 0;
        for (int number : IntStream.range(0, replicas.count()).toArray()) {
            passes += new JsonClient(replicas.get(number).base(), null).send("GET", "/q/metrics", null).body().lines()
                    .filter(line -> line.startsWith("tillbridge_pass_seconds_count"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
            cpu += cpu(replicas.get(number).pid());
        }
        return new Work(passes, cpu, cpu(sandbox.pid()));
    }

    private static double cpu(long pid) {
        return ProcessHandle.of(pid).flatMap(process -> process.info().totalCpuDuration()).map(Duration::toMillis).orElseThrow()
                / 1000.0;
    }

    /** Kills the replica that holds the first store, and looks how long it takes until others hold all that it held. */
    private static String moved(Replicas replicas, ServiceDatabase database) throws InterruptedException {
        Map<String, Object> first = database.rows("select store_id::text as store, owner, fence from store_lease limit 1")
                .get(0);
        String owner = (String) first.get("owner");
        int holder = replicas.holder((String) first.get("store"), ((Number) first.get("fence")).longValue());
        long had = database.number("select count(*) from store_lease where owner = ?", owner);
        long killed = System.nanoTime();
        replicas.get(holder).kill();
        while (database.number("select count(*) from store_lease where owner = ?", owner) > 0) {
            if (System.nanoTime() - killed > LONGEST.toNanos()) {
                throw new IllegalStateException("The stores of a killed replica do not move");
            }
            Thread.sleep(50);
        }
        return String.format(Locale.ROOT, "%d stores of a killed replica moved in %.1f s (lease %d s)", had,
                (System.nanoTime() - killed) / 1e9, LEASE.toSeconds());
    }
}
