package dev.tillbridge.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.sandbox.EmbeddedDatabase;
import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.ServiceApi;
import dev.tillbridge.testing.ServiceProcess;
import dev.tillbridge.web.ScrolledList;

/**
 * How long the list of links takes to answer, one call after another as one person asks: from the first page to the last by cursor,
 * anywhere by position as a scroll bar jumps, each filter, and searches that find nearly all, some, one and none; and how the
 * list scrolls in a browser. The service goes on with its ordinary turns meanwhile.
 */
final class LinkListLatency {

    private static final int PAGE = 100;
    private static final int CALLS = 300;
    private static final long SEED = 5;

    private final int variants;

    LinkListLatency(int variants) {
        this.variants = variants;
    }

    void measure() throws IOException, InterruptedException, SQLException {
        String name = "bench-links-" + variants;
        try (SandboxProcess sandbox = SandboxProcess.start(name + "-sandbox", "-Xmx3g", "-Dsandbox.database=true",
                "-Dsandbox.clover-limits=false", "-Dsandbox.shopify-limits=false")) {
            sandbox.seed("{\"seed\":3,\"variants\":" + variants
                    + ",\"missingIdentifiers\":0.02,\"duplicates\":0.01,\"untracked\":0.01,\"tillOnly\":500}");
            Map<String, String> config = ServiceProcess.config(sandbox.jdbcUrl(), sandbox);
            // Clover's pace would be what is waited for.
            config.put("tillbridge.clover.rate.per-second", "1000");
            try (ServiceProcess service = ServiceProcess.start(name, config, "-Xmx256m");
                    Connection database = DriverManager.getConnection(sandbox.jdbcUrl(), EmbeddedDatabase.USER,
                            EmbeddedDatabase.PASSWORD)) {
                ServiceApi api = service.api();
                String path = ServiceApi.path(api.connectDemoChannel(api.connectDemoStore())) + "/links";
                Counted.await(database, "select count(*) from run where status in ('SUCCEEDED', 'WARNING')", 1);
                JsonNode counts = api.http().get(path + "/counts");
                SyncBenchmark.tell("links-" + variants + ": " + counts);
                // The first calls compile the service.
                scroll(api, path);
                tell("scrolled from the first page to the last", scroll(api, path));
                Random random = new Random(SEED);
                tell("a page anywhere", repeatedly(api,
                        () -> path + "?limit=" + PAGE + "&offset=" + random.nextInt(variants - PAGE)));
                for (String status : List.of("linked", "unlinked", "ambiguous", "drifted", "blocked", "till-only")) {
                    tell("filter " + status, repeatedly(api, () -> path + "?limit=" + PAGE + "&status=" + status));
                }
                JsonNode some = api.http().get(path + "?status=linked&limit=1&offset=" + variants / 2).path("items").path(0);
                String sku = some.path("variant").path("sku").asText();
                for (String q : List.of("e", some.path("variant").path("title").asText().split(" ", 2)[0], sku,
                        "nothing has this")) {
                    tell("search \"" + q + "\"", repeatedly(api,
                            () -> path + "?limit=" + PAGE + "&q=" + URLEncoder.encode(q, StandardCharsets.UTF_8)));
                }
                tell("counts by status", repeatedly(api, () -> path + "/counts"));
                ScrolledList.measure(service, path.replaceFirst("^/api/v1", "").replaceFirst("/links$", "/items"), sku)
                        .forEach(line -> SyncBenchmark.tell("links-" + variants + ": in Chromium, " + line));
            }
        }
    }

    private static Latencies scroll(ServiceApi api, String path) {
        List<Long> took = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            long began = System.nanoTime();
            JsonNode page = api.http().get(path + "?limit=" + PAGE + "&cursor=" + cursor);
            took.add((System.nanoTime() - began) / 1_000_000);
            cursor = page.path("nextCursor").textValue();
        }
        return new Latencies(took);
    }

    private static Latencies repeatedly(ServiceApi api, Supplier<String> path) {
        List<Long> took = new ArrayList<>();
        for (int call = 0; call < CALLS; call++) {
            String asked = path.get();
            long began = System.nanoTime();
            api.http().get(asked);
            took.add((System.nanoTime() - began) / 1_000_000);
        }
        return new Latencies(took);
    }

    private void tell(String what, Latencies latencies) {
        SyncBenchmark.tell(String.format(Locale.ROOT, "links-%d: %s, %d a page: %s", variants, what, PAGE, latencies));
    }
}
