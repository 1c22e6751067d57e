package dev.tillbridge.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;

import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.ServiceApi;
import dev.tillbridge.testing.ServiceProcess;

/** How fast a till is written to at Clover's real limits, told by the sandbox's request log. */
final class WriteRate {

    private static final int ITEMS = 2_000;
    // The steady state: neither the first reads nor the last, shorter chunk.
    private static final int FROM = ITEMS / 10;
    private static final int TO = ITEMS - FROM;

    private record Sample(long at, long requests, long writes, long tooMany, int atOnce) {}

    void measure() throws IOException, InterruptedException {
        try (SandboxProcess sandbox = SandboxProcess.start("bench-write-sandbox", "-Dsandbox.database=true");
                ServiceProcess service = ServiceProcess.start("bench-write",
                        ServiceProcess.config(sandbox.jdbcUrl(), sandbox), "-Xmx256m")) {
            // Over ten locations every item has plenty of stock.
            sandbox.seed("{\"seed\":3,\"variants\":" + ITEMS + ",\"locations\":10}");
            ServiceApi api = service.api();
            String channel = api.connectDemoChannel(api.connectDemoStore());
            api.turnOnInventorySync(channel, 2);
            List<Sample> steady = new ArrayList<>();
            Sample last;
            do {
                Thread.sleep(500);
                last = sample(sandbox);
                if (last.writes() >= FROM && last.writes() <= TO) {
                    steady.add(last);
                }
            } while (last.writes() < ITEMS);
            Thread.sleep(5_000);
            last = sample(sandbox);
            tell(steady.get(0), steady.get(steady.size() - 1), last,
                    sandbox.stock().stream().filter(pair -> pair.inStep(2)).count());
        }
    }

    private static Sample sample(SandboxProcess sandbox) {
        long at = System.nanoTime();
        JsonNode clover = sandbox.control("GET", "/requests", null).path("clover");
        return new Sample(at, clover.path("total").asLong(), clover.path("operations").path("item_stocks.post").asLong(),
                clover.path("tooManyRequests").asLong(), clover.path("largestConcurrency").asInt());
    }

    private static void tell(Sample from, Sample to, Sample end, long inStep) {
        double seconds = (to.at() - from.at()) / 1e9;
        long requests = to.requests() - from.requests();
        long writes = to.writes() - from.writes();
        SyncBenchmark.tell(String.format(Locale.ROOT,
                "write-rate: %d items: %.2f requests/s over %.0f s, %.1f %% of them writes, %.2f writes/s; in all %d writes,"
                        + " %d answers 429, at most %d at once, %d items in step",
                ITEMS, requests / seconds, seconds, 100.0 * writes / requests, writes / seconds, end.writes(), end.tooMany(),
                end.atOnce(), inStep));
    }
}
