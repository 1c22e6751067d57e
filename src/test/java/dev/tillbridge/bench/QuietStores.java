package dev.tillbridge.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

import dev.tillbridge.sandbox.EmbeddedDatabase;
import dev.tillbridge.testing.ProcessUsage;
import dev.tillbridge.testing.SandboxProcess;
import dev.tillbridge.testing.ServiceProcess;

/** What a replica costs that holds many stores in which nothing happens: its polls have backed off. */
final class QuietStores {

    private static final Duration SETTLE = Duration.ofMinutes(4);
    private static final Duration MEASURED = Duration.ofMinutes(2);

    private final int stores;

    QuietStores(int stores) {
        this.stores = stores;
    }

    void measure() throws IOException, InterruptedException, SQLException {
        String name = "bench-quiet-" + stores;
        try (SandboxProcess sandbox = SandboxProcess.start(name + "-sandbox", "-Xmx4g", "-Dsandbox.database=true")) {
            Map<String, String> config = ServiceProcess.config(sandbox.jdbcUrl(), sandbox);
            config.put("tillbridge.shopify.url", sandbox.shopifyUrl() + "/{shop}");
            try (ServiceProcess service = ServiceProcess.start(name, config, "-Xmx256m");
                    Connection database = DriverManager.getConnection(sandbox.jdbcUrl(), EmbeddedDatabase.USER,
                            EmbeddedDatabase.PASSWORD)) {
                FleetOfService.connect(sandbox, service.api(), stores, 5);
                Counted.await(database, "select count(distinct channel_id) from link", stores);
                Thread.sleep(SETTLE.toMillis());
                long before = sandbox.requests();
                Duration cpu = ProcessUsage.of(service.pid()).cpu();
                long began = System.nanoTime();
                Thread.sleep(MEASURED.toMillis());
                double seconds = (System.nanoTime() - began) / 1e9;
                double used = ProcessUsage.of(service.pid()).cpu().minus(cpu).toMillis() / 1e3;
                SyncBenchmark.tell(String.format(Locale.ROOT,
                        "quiet-%d: %.1f %% of a core, %d MB resident (at most %d MB), %.1f requests/s, over %.0f s", stores,
                        100 * used / seconds, ProcessUsage.residentMb(service.pid()),
                        ProcessUsage.of(service.pid()).residentPeakMb(), (sandbox.requests() - before) / seconds, seconds));
            }
        }
    }
}
