package dev.tillbridge.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.tillbridge.sandbox.EmbeddedDatabase;
import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.ServiceApi;
import dev.tillbridge.testing.ServiceProcess;
import dev.tillbridge.testing.StockPair;

/** How long after a till sale its units are off the shop's stock: in a quiet hour, and while all of the till's stock is written. */
final class SaleLatency {

    private static final int ITEMS = 20_000;
    private static final int SALES = 120;
    private static final Duration EVERY = Duration.ofSeconds(1);

    void measure() throws IOException, InterruptedException, SQLException {
        try (SandboxProcess sandbox = SandboxProcess.start("bench-sales-sandbox", "-Xmx2g", "-Dsandbox.database=true")) {
            // Over ten locations every item has plenty of stock.
            sandbox.seed("{\"seed\":3,\"variants\":" + ITEMS + ",\"locations\":10}");
            Map<String, String> config = ServiceProcess.config(sandbox.jdbcUrl(), sandbox);
            try (ServiceProcess service = ServiceProcess.start("bench-sales", config, "-Xmx256m");
                    Connection database = DriverManager.getConnection(sandbox.jdbcUrl(), EmbeddedDatabase.USER,
                            EmbeddedDatabase.PASSWORD)) {
                ServiceApi api = service.api();
                String channel = api.connectDemoChannel(api.connectDemoStore());
                Counted.await(database, "select count(*) from link", ITEMS * 9 / 10);
                api.turnOnOrderSync(channel);
                // The first of a quiet till wait for longer; what counts is a till that sells.
                sales(sandbox, database, 20);
                SyncBenchmark.tell("sale-latency: orders alone: " + sales(sandbox, database, SALES));
                api.turnOnInventorySync(channel, 2);
                Counted.await(database, "select count(*) from journal where kind = 'stock-written'", 100);
                long before = writes(sandbox);
                Latencies meanwhile = sales(sandbox, database, SALES);
                long written = writes(sandbox) - before;
                SyncBenchmark.tell("sale-latency: while stock is written (" + written + " writes meanwhile, " + writes(sandbox)
                        + " of " + ITEMS + " by then): " + meanwhile);
            }
        }
    }

    private static long writes(SandboxProcess sandbox) {
        return sandbox.control("GET", "/requests", null).at("/clover/operations").path("item_stocks.post").asLong();
    }

    /** One a second, each of another item; answers how long each took until the database knew that it is off the shop's stock. */
    private static Latencies sales(SandboxProcess sandbox, Connection database, int count)
            throws InterruptedException, SQLException {
        List<String> skus = sandbox.stock().stream().filter(pair -> pair.follows() && pair.shop().intValue() > 20)
                .map(StockPair::sku).toList();
        Map<String, Long> sold = new HashMap<>();
        for (int number = 0; number < count; number++) {
            long began = System.nanoTime();
            String order = sandbox.control("POST", "/clover/sales", "{\"lines\":[{\"sku\":\""
                    + skus.get((number * 131) % skus.size()) + "\",\"units\":1}]}").path("orderId").asText();
            sold.put(order, System.currentTimeMillis());
            Thread.sleep(Math.max(0, EVERY.toMillis() - (System.nanoTime() - began) / 1_000_000));
        }
        return Counted.latencies(database, """
                select substr(subject, 7) as what, min(at) as at from journal
                where kind = 'stock-posted' and subject like 'order:%' group by subject
                """, sold);
    }
}
