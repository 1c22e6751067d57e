package dev.tillbridge.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.tillbridge.sandbox.EmbeddedDatabase;
import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.ServiceProcess;

/** How long after a change in the shop, told by webhook, the till has confirmed its new stock: ten changes a second over five tills. */
final class ChangeLatency {

    private static final int TILLS = 5;
    private static final int VARIANTS = 200;
    private static final int WARM_UP = 100;
    private static final int CHANGES = 600;
    private static final Duration EVERY = Duration.ofMillis(100);
    /** No stock in the catalogue is that high, so that each change has a figure of its own. */
    private static final int FIRST = 100_000;

    void measure() throws IOException, InterruptedException, SQLException {
        try (SandboxProcess sandbox = SandboxProcess.start("bench-changes-sandbox", "-Xmx2g", "-Dsandbox.database=true")) {
            sandbox.control("PUT", "/webhooks/settings", "{\"local\":true}");
            Map<String, String> config = ServiceProcess.config(sandbox.jdbcUrl(), sandbox);
            config.put("tillbridge.shopify.url", sandbox.shopifyUrl() + "/{shop}");
            config.put("tillbridge.webhook.public-url", "http://localhost:${quarkus.http.port}");
            try (ServiceProcess service = ServiceProcess.start("bench-changes", config, "-Xmx256m");
                    Connection database = DriverManager.getConnection(sandbox.jdbcUrl(), EmbeddedDatabase.USER,
                            EmbeddedDatabase.PASSWORD)) {
                List<FleetOfService.Connected> tills = FleetOfService.connect(sandbox, service.api(), TILLS, VARIANTS);
                Counted.await(database, "select count(*) from webhook_status where subscriptions = 'ACTIVE'", TILLS);
                Counted.await(database, "select count(*) from journal where kind = 'stock-written'", TILLS * VARIANTS * 8 / 10);
                changes(sandbox, database, tills, FIRST, WARM_UP);
                SyncBenchmark.tell("change-latency: webhooks, ten changes/s over " + TILLS + " tills: "
                        + changes(sandbox, database, tills, FIRST * 2, CHANGES));
                SyncBenchmark.tell("change-latency: Clover answered " + sandbox.control("GET", "/requests", null)
                        .at("/clover/tooManyRequests").asLong() + " with 429; webhooks "
                        + sandbox.control("GET", "/webhooks", null));
            }
        }
    }

    private static Latencies changes(SandboxProcess sandbox, Connection database, List<FleetOfService.Connected> tills,
            int first,
            int count) throws InterruptedException, SQLException {
        Map<String, List<String>> skus = new HashMap<>();
        for (FleetOfService.Connected till : tills) {
            List<String> known = new ArrayList<>();
            sandbox.control("GET", "/state?shop=" + till.shop() + "&merchantId=" + till.merchantId(), null).path("stock")
                    .forEach(row -> {
                        if (row.hasNonNull("shopify") && row.hasNonNull("itemId") && row.hasNonNull("sku")) {
                            known.add(row.path("sku").asText());
                        }
                    });
            skus.put(till.shop(), known);
        }
        Map<String, Long> made = new HashMap<>();
        long next = System.nanoTime();
        for (int number = 0; number < count; number++) {
            FleetOfService.Connected till = tills.get(number % tills.size());
            List<String> known = skus.get(till.shop());
            made.put(String.valueOf(first + number), System.currentTimeMillis());
            sandbox.control("POST", "/shopify/levels", "{\"shop\":\"" + till.shop() + "\",\"sku\":\""
                    + known.get(number / tills.size() % known.size()) + "\",\"available\":" + (first + number) + "}");
            next += EVERY.toNanos();
            Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
        }
        // A change that another of the same variant overtook would never be seen at the till; the variants are many enough.
        return Counted.latencies(database,
                "select after as what, at from journal where kind = 'stock-written' and length(after) >= 6", made);
    }
}
