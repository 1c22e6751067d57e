package dev.tillbridge.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tillbridge.sandbox.EmbeddedDatabase;
import dev.tillbridge.testing.JsonClient;
import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.ServiceApi;
import dev.tillbridge.testing.ServiceProcess;

/** How fast sales of the past become orders; what was made is counted in the simulated shop. */
final class OrderRate {

    private static final Duration LONGEST = Duration.ofMinutes(60);
    private static final int DAYS = 30;

    private final int sales;
    private final boolean limits;

    /** @param limits whether the vendors' limits hold */
    OrderRate(int sales, boolean limits) {
        this.sales = sales;
        this.limits = limits;
    }

    private record Sample(long at, int imported, int others, int open) {}

    void measure() throws IOException, InterruptedException, SQLException {
        String name = "bench-orders-" + sales;
        List<String> options = new ArrayList<>(List.of("-Xmx4g", "-Dsandbox.database=true"));
        if (!limits) {
            options.addAll(List.of("-Dsandbox.clover-limits=false", "-Dsandbox.shopify-limits=false"));
        }
        try (SandboxProcess sandbox = SandboxProcess.start(name + "-sandbox", options.toArray(String[]::new))) {
            sandbox.seed("{\"seed\":3,\"variants\":2000}");
            sandbox.control("POST", "/clover/history", "{\"count\":" + sales + ",\"days\":" + DAYS + ",\"seed\":7}");
            Map<String, String> config = ServiceProcess.config(sandbox.jdbcUrl(), sandbox);
            if (!limits) {
                config.put("tillbridge.clover.rate.per-second", "1000");
            }
            try (ServiceProcess service = ServiceProcess.start(name, config, "-Xmx256m");
                    Connection database = DriverManager.getConnection(sandbox.jdbcUrl(), EmbeddedDatabase.USER,
                            EmbeddedDatabase.PASSWORD)) {
                ServiceApi api = service.api();
                String channel = api.connectDemoChannel(api.connectDemoStore());
                long began = System.nanoTime();
                turnOn(api, channel);
                tell(watch(database, began), began, sandbox);
            }
        }
    }

    private static void turnOn(ServiceApi api, String channelId) throws IOException, InterruptedException {
        String path = ServiceApi.path(channelId) + "/settings";
        JsonClient.Answer present = api.http().send("GET", path, null);
        ObjectNode settings = (ObjectNode) present.json();
        settings.withObject("/orderSync").put("enabled", true)
                .put("importFrom", Instant.now().minus(Duration.ofDays(DAYS + 1)).toString());
        JsonNode saved = api.http().call("PUT", path, settings.toString(), "If-Match",
                present.headers().firstValue("ETag").orElseThrow());
        if (!saved.isObject()) {
            throw new IOException("The settings were answered with " + saved);
        }
    }

    private List<Sample> watch(Connection database, long began) throws SQLException, InterruptedException {
        List<Sample> samples = new ArrayList<>();
        Sample last;
        do {
            Thread.sleep(1_000);
            last = sample(database);
            samples.add(last);
            if (System.nanoTime() - began > LONGEST.toNanos()) {
                throw new IllegalStateException("After " + LONGEST + " only this is done: " + last);
            }
        } while (last.imported() + last.others() < sales || last.open() > 0);
        return samples;
    }

    private static Sample sample(Connection database) throws SQLException {
        try (var statement = database.createStatement();
                ResultSet row = statement.executeQuery("""
                        select count(*) filter (where status = 'IMPORTED'),
                          count(*) filter (where status in ('HELD', 'SKIPPED')),
                          count(*) filter (where status not in ('IMPORTED', 'HELD', 'SKIPPED')) from sale
                        """)) {
            row.next();
            return new Sample(System.nanoTime(), row.getInt(1), row.getInt(2), row.getInt(3));
        }
    }

    private void tell(List<Sample> samples, long began, SandboxProcess sandbox) {
        Sample end = samples.get(samples.size() - 1);
        // Neither the first page nor the last batch: the steady state.
        List<Sample> steady = samples.stream().filter(sample -> sample.imported() >= end.imported() / 10
                && sample.imported() <= end.imported() * 9 / 10).toList();
        Sample from = steady.get(0);
        Sample to = steady.get(steady.size() - 1);
        double minutes = (to.at() - from.at()) / 60e9;
        Set<String> identities = new HashSet<>();
        int orders = 0;
        for (JsonNode order : sandbox.control("GET", "/state", null).path("shopifyOrders")) {
            orders++;
            identities.add(order.path("sourceIdentifier").asText());
        }
        JsonNode requests = sandbox.control("GET", "/requests", null);
        SyncBenchmark.tell(String.format(Locale.ROOT,
                "orders-%d: %.0f orders/min over %.1f min, all in %.0f s; %d imported, %d held or skipped; %d orders of %d sales in the"
                        + " shop; Clover answered %d with 429; Shopify: %s",
                sales, (to.imported() - from.imported()) / minutes, minutes, (end.at() - began) / 1e9, end.imported(),
                end.others(),
                orders, identities.size(), requests.path("clover").path("tooManyRequests").asLong(), requests.path("shopify")));
    }
}
